import type { Lang } from '../../src/records.js';
import { announcements, type CardJson, coordination, formData } from './bot.js';
import { anEntry } from './builders.js';
import { inputsOf, lastPostIn, shownIn, startFast } from './flows.js';
import type { Cast, Keep } from './samples.js';

const industry = 'semaine-industrie:2026';
const entryId = '01EVENTS000000000000000001';

/** The events of the ministry, and a campaign from its proposal to its end. */
export async function eventSamples(lang: Lang, { hugo, ines }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-09-15T08:00:00.000Z' });
  const click = async (verb: string, data: object, who = hugo) =>
    (await bot.click(who, `events.${verb}`, data)).value;
  const save = (form: CardJson, inputs: object) =>
    click('save', formData(form, 'events.save', { ...inputsOf(form), ...inputs }));
  try {
    await bot.setUp([hugo]);
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
    await bot.say(ines, 'aide');
    const { store } = bot.app.services;
    const fr = lang === 'fr';
    await store.transact(async (tx) => {
      for (const id of ['coordinators', 'announcements']) {
        const channel = await tx.get('channels', id);
        if (channel) await tx.put('channels', { ...channel, lang });
      }
      const title = fr
        ? 'Campagne Compétences et métiers d’avenir'
        : 'Campaign on skills and jobs of the future';
      const text = fr
        ? 'France 2030 forme aux métiers de demain. Venez raconter le vôtre dans une classe.'
        : 'France 2030 trains for the jobs of tomorrow. Come and tell a class about yours.';
      await tx.put('entries', anEntry({ id: entryId, title, text, party: 'company', day: '2026-09-10' }));
    });
    const command = fr ? 'temps forts' : 'events';
    keep('events-employee', (await bot.say(ines, command))[0]);
    keep('events-list', (await bot.say(hugo, command))[0]);
    keep('events-event-employee', await click('view', { id: industry }, ines));
    const open = formData(await click('view', { id: industry }, ines), 'volunteer.open');
    keep('events-volunteer', (await bot.click(ines, 'volunteer.open', open)).value);
    keep('events-event', await click('view', { id: industry }));
    const empty = await click('create', {});
    keep('events-new', empty);
    const over = { name: 'Forum Tech', firstDay: '2025-12-10', lastDay: '2025-12-11' };
    keep('events-added-over', await save(empty, over));
    keep('events-past', await click('open', { page: 3 }));
    const form = await click('edit', { id: industry });
    keep('events-edit', form);
    keep('events-mend', await save(form, { name: '', firstDay: '2027-01-11', lastDay: '2027-01-04' }));
    const late = await click('edit', { id: industry });
    keep('events-saved', await save(form, { communication: entryId }));
    keep('events-changed', await save(late, { name: fr ? 'Semaine des usines' : 'Week of factories' }));
    bot.setNow('2026-09-21T08:00:00.000Z');
    await bot.app.runJob('campaigns', { dryRun: false });
    keep('events-proposed', await lastPostIn(bot, coordination));
    keep('events-refused', await click('move', { id: industry, move: 'send' }));
    await store.transact(async (tx) => {
      const entry = await tx.get('entries', entryId);
      if (entry) await tx.put('entries', { ...entry, state: 'agreed' });
    });
    keep('events-held', await click('move', { id: industry, move: 'hold' }));
    await click('move', { id: industry, move: 'release' });
    await bot.app.runJob('campaigns', { dryRun: false });
    keep('events-campaign', await lastPostIn(bot, announcements));
    bot.setNow('2026-09-22T08:00:00.000Z');
    await save(await click('edit', { id: industry }), { firstDay: '2026-11-23', lastDay: '2026-11-27' });
    keep('events-campaign-moved', (await shownIn(bot, announcements)).at(-1));
    await click('move', { id: industry, move: 'aside' });
    keep('events-campaign-aside', (await shownIn(bot, announcements)).at(-1));
    keep('events-aside', await click('view', { id: industry }));
  } finally {
    await bot.close();
  }
}
