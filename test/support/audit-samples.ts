import type { Lang } from '../../src/records.js';
import { coordination, formData } from './bot.js';
import { offerTalk, publishSession, startFast } from './flows.js';
import { enter, enterAndFind, note } from './register-flows.js';
import type { Cast, Keep } from './samples.js';

/** The audit trail: nothing yet, then a page of each kind of what people have done. */
export async function auditSamples(lang: Lang, { ines, hugo, louis }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  const fr = lang === 'fr';
  const show = async (data: object) => (await bot.click(hugo, 'audit.show', data)).value;
  try {
    await bot.setUp([hugo, louis]);
    keep('audit-none', await show({ kind: 'erasure' }));
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: coordination });
    await bot.click(hugo, 'setup.stopAnnouncements', {}, { where: coordination });
    const here = { where: coordination };
    const approved = await offerTalk(bot, ines);
    await bot.click(hugo, 'approval.approve', { id: approved }, here);
    const declined = await offerTalk(bot, ines, { firstDay: '2026-12-10' });
    const reason = fr ? 'Le collège a déjà trouvé.' : 'The school has found somebody.';
    await bot.click(louis, 'approval.decline', { id: declined, reason }, here);
    await publishSession(bot, louis, { firstDay: '2027-01-12', seats: '3' });
    await enter(bot, hugo, 'tool');
    const title = fr ? 'Article sur le forum des métiers' : 'Article on the careers fair';
    const id = await enterAndFind(bot, hugo, 'communication', { title });
    await note(bot, louis, id, 'agree');
    const form = (await bot.click(hugo, 'convention.signature')).value;
    await bot.click(hugo, 'convention.sign', formData(form, 'convention.sign', { signedOn: '2024-08-31' }));
    const close = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
    await bot.click(hugo, 'closing.close', formData(close, 'closing.close'));
    await bot.app.services.store.transact(async (tx) => {
      const person = hugo.aadObjectId;
      const at = bot.now();
      await tx.add('exports', {
        id: 'e',
        personId: person,
        file: 'report.workbook',
        about: '2026-09-01',
        at,
      });
    });
    keep('audit-latest', (await bot.say(hugo, fr ? 'historique' : 'history'))[0]);
    keep('audit-earlier', await show({ kind: 'all', before: 5 }));
    keep('audit-requests', await show({ kind: 'request' }));
    await bot.app.services.store.transact(async (tx) => {
      const rows = await tx.list('history', 'byAction', approved);
      const row = rows.find(({ move }) => move === 'approve');
      if (row) await tx.put('history', { ...row, by: louis.aadObjectId });
    });
    keep('audit-doubt', await show({ kind: 'request' }));
  } finally {
    await bot.close();
  }
}
