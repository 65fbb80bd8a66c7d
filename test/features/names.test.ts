import { coordination, hugo, ines, type TestBot, type TestPerson, textOf, zoe } from '../support/bot.js';
import {
  chatOf,
  fill,
  inChannel,
  offerTalk,
  placement,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
} from '../support/flows.js';

/** Some clients send spaces for a name that they do not know. */
const unnamed = (who: TestPerson): TestPerson => ({ ...who, name: ' \u200b' });
const colleague = says('fr', 'request.unnamedColleague');
const atStart = colleague.charAt(0).toUpperCase() + colleague.slice(1);

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([unnamed(hugo), zoe]);
});
afterEach(() => bot.close());

describe('somebody whom Teams has not named yet is a colleague, never a "?":', () => {
  it('in a request, its decision, and its withdrawal', async () => {
    const id = await offerTalk(bot, unnamed(ines));
    expect(textOf((await shownIn(bot, coordination))[0])).toContain(`${atStart} propose`);
    await bot.click(unnamed(hugo), 'approval.approve', { id }, inChannel);
    expect(textOf((await postsIn(bot, chatOf(ines))).at(-1))).toContain(` par ${colleague},`);
    await bot.click(unnamed(ines), 'mine.withdrawConfirmed', { id });
    const told = textOf((await postsIn(bot, coordination)).at(-1));
    expect(told).toContain(says('fr', 'mine.withdrawnHeading', { name: atStart }));
  });

  it('in the list of what waits, and in the weekly message', async () => {
    await offerTalk(bot, unnamed(ines));
    expect(textOf((await bot.say(zoe, 'à valider'))[0])).toContain(`${atStart}, aujourd’hui`);
    bot.setNow('2026-11-30T09:00:00.000Z');
    await bot.app.runJob('weekly', { dryRun: false });
    expect(textOf((await postsIn(bot, coordination)).at(-1))).toContain(`, ${colleague} : `);
  });

  it('in a session: who published it, who takes part, who came', async () => {
    const id = await publishSession(bot, unnamed(hugo));
    for (const who of [unnamed(ines), zoe]) await bot.click(who, 'sessions.join', { id });
    const shown = textOf((await shownIn(bot, coordination))[0]);
    expect(shown).toContain(`${colleague}, ${zoe.name}`);
    expect(shown).toContain(says('fr', 'sessions.note', { name: colleague }));
    bot.setNow('2026-12-09T08:00:00.000Z');
    expect(textOf((await bot.click(unnamed(hugo), 'outcome.open', { id }, inChannel)).value)).toContain(
      atStart,
    );
  });

  it('also when an earlier version has kept a "?" for it, until Teams says the name', async () => {
    await fill(bot, ines, 'accueillir', placement);
    await bot.app.services.store.transact(async (tx) => {
      const person = await tx.get('people', ines.aadObjectId);
      if (person) await tx.put('people', { ...person, name: '?' });
    });
    const list = async () => textOf((await bot.say(zoe, 'à valider'))[0]);
    expect(await list()).toContain(`${atStart}, aujourd’hui`);
    await bot.say(unnamed(ines), 'aide');
    expect(await list()).toContain(`${atStart}, aujourd’hui`);
    await bot.say(ines, 'aide');
    expect(await list()).toContain(`${ines.name}, aujourd’hui`);
  });
});

it('of somebody who is not stored any more is said that they were a colleague, and their offer is decided on all the same', async () => {
  const id = await offerTalk(bot, ines);
  await bot.app.services.store.transact((tx) => tx.remove('people', ines.aadObjectId));
  const list = textOf((await bot.say(zoe, 'à valider'))[0]).toLowerCase();
  expect(list).toContain(says('fr', 'request.formerColleague'));
  const { value } = await bot.click(zoe, 'approval.approve', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'state.approved'));
});
