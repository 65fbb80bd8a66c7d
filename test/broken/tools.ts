import { formData, hugo, louis, type TestBot, type TestPerson, textOf } from '../support/bot.js';
import { all, chatOf, fill, inChannel, postsIn } from '../support/flows.js';

/** What the form of `publishSession` holds. */
const stored = {
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  schools: '',
  school: 'Collège Jean-Fictif, Lyon',
  seats: '2',
  remark: '',
  closesOn: '',
  event: '',
  expected: '',
};

const availability = {
  timing: 'availability',
  kind: 'classroom-talk',
  level: '4e',
  academies: '10,25',
  firstDay: '2026-11-30',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};

/** Short ways to do what these tests do, with the bot of the test. */
export const toolsOf = (bot: () => TestBot) => ({
  meet: async (...people: TestPerson[]) => {
    for (const who of people) await bot().click(who, 'help.open');
  },
  join: (who: TestPerson, id: string) => bot().click(who, 'sessions.join', { id }),
  edit: async (id: string, inputs: object) => {
    const form = (await bot().click(hugo, 'sessions.edit', { id }, inChannel)).value;
    const data = formData(form, 'sessions.save', { ...stored, ...inputs });
    return bot().click(hugo, 'sessions.save', data, inChannel);
  },
  pass: async (minutes: number) => {
    bot().setNow(new Date(Date.parse(bot().now()) + minutes * 60_000).toISOString());
    await bot().app.drain();
  },
  run: async (job: 'reminders' | 'outcomes', now: string) => {
    bot().setNow(now);
    await bot().app.runJob(job, { dryRun: false });
    await bot().app.drain();
  },
  told: async (who: TestPerson) => (await postsIn(bot(), chatOf(who))).map(textOf),
  engagementOf: async (who: TestPerson, id: string) =>
    (await all(bot(), 'engagements')).find((e) => e.actionId === id && e.employeeId === who.aadObjectId),
  actionOf: async (id: string) => (await all(bot(), 'actions')).find((a) => a.id === id),
  /** Offers an availability and has it approved; gives its id. */
  available: async (who: TestPerson): Promise<string> => {
    const { value } = await fill(bot(), who, 'proposer', availability);
    const { id } = formData(value, 'mine.withdraw') as { id: string };
    await bot().click(louis, 'approval.approve', { id }, inChannel);
    return id;
  },
  /** Fixes a date from it; gives the id of the dated action. */
  fixDate: async (id: string, firstDay = '2026-12-08'): Promise<string> => {
    const form = (await bot().click(hugo, 'dates.open', { id }, inChannel)).value;
    const inputs = { firstDay, from: '10:00', until: '11:00', school: 'Collège Fictif, Lyon', schools: '' };
    await bot().click(hugo, 'dates.fix', formData(form, 'dates.fix', { ...inputs, remark: '' }), inChannel);
    await bot().app.drain();
    return (await all(bot(), 'actions')).find((a) => a.availability === id)?.id ?? '';
  },
});
