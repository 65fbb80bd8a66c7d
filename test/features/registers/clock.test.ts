import { coordination, formData, hugo, type TestBot, textOf } from '../../support/bot.js';
import { lintCard } from '../../support/card-lint.js';
import { all, inputsOf, postsIn, says, shownIn, startFast } from '../../support/flows.js';
import { enterAndFind, note } from '../../support/register-flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const fr = (key: string, params = {}) => says('fr', `registers.${key}`, params);

describe('the clock of a formal notice', () => {
  const remind = async (now: string) => {
    bot.setNow(now);
    await bot.app.runJob('reminders', { dryRun: false });
    const posts = await postsIn(bot, coordination);
    return posts.filter((card) => textOf(card).includes('Logo sur une affiche'));
  };
  const lastDay = 'Dernier jour pour régulariser : samedi 28 novembre 2026';

  it('of a notice received on 3 November ends on the 11th, with the risk beside it', async () => {
    bot.setNow('2026-11-04T09:00:00.000Z');
    const id = await enterAndFind(bot, hugo, 'formal-notice', { day: '2026-11-03' });
    const shown = async () => textOf((await bot.click(hugo, 'registers.view', { id })).value);
    expect(await shown()).toContain(
      'Dernier jour pour régulariser : mercredi 11 novembre 2026, dans 7 jours.',
    );
    expect(await shown()).toContain('la convention est caduque (article 6)');
    bot.setNow('2026-11-11T09:00:00.000Z');
    expect(await shown()).toContain('mercredi 11 novembre 2026, aujourd’hui.');
    bot.setNow('2026-11-12T09:00:00.000Z');
    expect(await shown()).toContain(fr('state.running-over'));
    expect(textOf((await bot.say(hugo, 'registres'))[0])).toContain(fr('noticeRuns'));
  });

  it('reminds the coordinators in their channel three days and a day before, once each', async () => {
    await enterAndFind(bot, hugo, 'formal-notice');
    expect(await remind('2026-11-24T16:00:00.000Z')).toHaveLength(0);
    const [first, ...more] = await remind('2026-11-25T08:00:05.000Z');
    expect(more).toEqual([]);
    expect(textOf(first)).toContain(`${fr('clock.days', { count: 3 })} | Logo sur une affiche`);
    expect(textOf(first)).toContain(`${lastDay}, dans 3 jours.`);
    expect(lintCard(first ?? {})).toEqual([]);
    await bot.restart();
    expect(await remind('2026-11-26T16:00:00.000Z')).toHaveLength(1);
    const [, second] = await remind('2026-11-27T08:00:05.000Z');
    expect(textOf(second)).toContain(fr('clock.days', { count: 1 }));
    expect(await remind('2026-11-30T09:00:00.000Z')).toHaveLength(2);
  });

  it('stops once the situation is put right, and the reminder says so', async () => {
    const id = await enterAndFind(bot, hugo, 'formal-notice');
    await remind('2026-11-25T08:00:05.000Z');
    await note(bot, hugo, id, 'remedy', { day: '2026-11-25' });
    await bot.app.drain();
    const shown = (await shownIn(bot, coordination)).filter((card) =>
      textOf(card).includes('Logo sur une affiche'),
    );
    expect(shown.map((card) => textOf(card).includes(fr('state.remedied')))).toEqual([true]);
    expect(textOf(shown[0])).not.toContain(lastDay);
    expect(await remind('2026-11-27T08:00:05.000Z')).toHaveLength(1);
    expect((await all(bot, 'tasks')).filter(({ state }) => state === 'waiting')).toEqual([]);
  });

  it('moves with the day of the receipt, and back', async () => {
    const id = await enterAndFind(bot, hugo, 'formal-notice');
    const receivedOn = async (day: string) => {
      const form = (await bot.click(hugo, 'registers.edit', { id })).value;
      const data = formData(form, 'registers.save', { ...inputsOf(form), day });
      await bot.click(hugo, 'registers.save', data);
      return (await all(bot, 'tasks')).map(({ dueAt }) => dueAt.slice(0, 10)).sort();
    };
    expect(await receivedOn('2026-11-23')).toEqual(['2026-11-27', '2026-11-30']);
    expect(await receivedOn('2026-11-20')).toEqual(['2026-11-25', '2026-11-27']);
  });

  it.each([
    // A notice of eight days ago is over tomorrow, one of nine days ago today.
    ['2026-11-16', '2026-11-24', 1],
    ['2026-11-15', '2026-11-23', 1],
    ['2026-11-14', '2026-11-22', 0],
  ])('of a notice of %s, entered late, reminds of %s as long as there is time', async (day, _, count) => {
    await enterAndFind(bot, hugo, 'formal-notice', { day });
    expect(await remind('2026-11-23T09:00:00.000Z')).toHaveLength(count);
  });

  it('reminds nobody as long as no channel is chosen', async () => {
    const alone = await startFast();
    try {
      // Without credentials, whoever is on this machine is an administrator.
      await enterAndFind(alone, hugo, 'formal-notice');
      alone.setNow('2026-11-25T08:00:05.000Z');
      await alone.app.runJob('reminders', { dryRun: false });
      expect(await all(alone, 'outbox')).toEqual([]);
    } finally {
      await alone.close();
    }
  });
});
