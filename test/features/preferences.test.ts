import { amy, coordination, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import {
  chatOf,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  says,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

it('the form shows the language in use: the Teams client’s until another is chosen', async () => {
  expect(inputsOf((await bot.say(ines, 'préférences'))[0])).toMatchObject({ language: 'fr' });
  expect(inputsOf((await bot.say(amy, 'preferences'))[0])).toMatchObject({ language: 'en' });
});

it('a chosen language is confirmed in it, and wins over the client’s from the next answer on', async () => {
  const { value } = await bot.click(ines, 'preferences.save', { language: 'en' });
  expect(textOf(value)).toContain(says('en', 'preferences.savedLead'));
  expect(textOf((await bot.say(ines, 'aide'))[0])).toContain(says('en', 'help.help.heading'));
  expect(textOf((await bot.say(ines, 'proposer'))[0])).toContain(says('en', 'volunteer.heading'));
});

it('what is told to them later is in the chosen language, also after a restart', async () => {
  const id = await offerTalk(bot, ines);
  await bot.restart();
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf(await lastPostIn(bot, chatOf(ines)))).toContain(
    says('en', 'approval.told.approve.meet', { count: 1 }),
  );
});

it('the channel keeps its own language', async () => {
  await bot.click(ines, 'preferences.save', { language: 'en' }, inChannel);
  await offerTalk(bot, ines);
  expect(textOf(await lastPostIn(bot, coordination))).toContain('propose une intervention en classe');
});

it('saving twice, or a language that does not exist, changes nothing', async () => {
  await bot.click(ines, 'preferences.save', { language: 'en' });
  const before = await written(bot);
  await bot.click(ines, 'preferences.save', { language: 'en' });
  for (const language of ['de', '', null, ['fr']]) {
    const { value } = await bot.click(ines, 'preferences.save', { language });
    expect(textOf(value)).toContain(says('en', 'refusal.outdated.heading'));
  }
  expect(await written(bot)).toBe(before);
  expect(inputsOf((await bot.say(ines, 'preferences'))[0])).toMatchObject({ language: 'en' });
});
