import type { Lang } from '../../src/records.js';
import { type CardJson, formData, hugo, person, type TestPerson } from './bot.js';
import { fill, idIn, inChannel, lastPostIn, placement, publishSession, startFast } from './flows.js';

/** Cards hold https links only. */
export const publicUrl = { PUBLIC_URL: 'https://passerelle.example.com' };

type Keep = (name: string, card: CardJson | undefined) => void;

/** Reminders before the day, what is put in a calendar, and the messages that people do not want. */
export async function sampleReminders(
  lang: Lang,
  { ines, zoe, long }: Record<'ines' | 'zoe' | 'long', TestPerson>,
  keep: Keep,
): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: publicUrl });
  const chat = (who: TestPerson) => lastPostIn(bot, `a:${who.id}`);
  const runAt = async (now: string) => {
    bot.setNow(now);
    await bot.app.runJob('reminders', { dryRun: false });
  };
  try {
    await bot.setUp([hugo]);
    const session = await publishSession(bot, hugo, { seats: '4', school: '', schools: '0699001J' });
    for (const who of [ines, zoe, long, person('Nour Modèle')])
      await bot.click(who, 'sessions.join', { id: session });
    const { value } = await fill(bot, zoe, 'accueillir', { ...placement, firstDay: '2027-01-18' });
    const hosted = idIn(value, 'mine.withdraw');
    await bot.click(hugo, 'approval.approve', { id: hosted }, inChannel);
    const { store } = bot.app.services;
    await runAt('2026-12-01T09:05:00.000Z');
    keep('reminders-week', await chat(ines));
    await store.transact(async (tx) => {
      const engagements = await tx.list('engagements', 'byAction', session);
      const own = engagements.find((e) => e.employeeId === ines.aadObjectId);
      if (own) await tx.put('engagements', { ...own, confirmBy: '2026-12-07' });
    });
    await runAt('2026-12-07T09:05:00.000Z');
    keep('reminders-confirm', await chat(ines));
    keep('reminders-eve', await chat(zoe));
    keep('reminders-mine', (await bot.click(zoe, 'mine.show', { id: session })).value);
    const calendar = (await bot.click(zoe, 'reminders.calendar', { id: session })).value;
    keep('reminders-calendar', calendar);
    await store.transact(async (tx) => {
      for (const link of await tx.all('links')) await tx.put('links', { ...link, usedAt: bot.now() });
    });
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: session });
    keep('reminders-mine-withdrawn', (await bot.click(zoe, 'mine.show', { id: session })).value);
    keep('reminders-calendar-remove', (await bot.click(zoe, 'reminders.calendar', { id: session })).value);
    await runAt('2027-01-11T09:05:00.000Z');
    keep('reminders-placement', await chat(zoe));
    const [form = {}] = await bot.say(ines, 'préférences');
    const save = async (inputs: object) =>
      (await bot.click(ines, 'preferences.save', formData(form, 'preferences.save', inputs))).value;
    const muted = { language: lang, reminders: 'until', invitations: 'always' };
    keep('preferences-refused', await save({ ...muted, remindersUntil: '' }));
    keep('preferences-muted', await save({ ...muted, remindersUntil: '2027-03-01' }));
  } finally {
    await bot.close();
  }
}
