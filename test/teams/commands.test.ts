import { features } from '../../src/features/index.js';
import { amy, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const answerTo = async (text: string, who = hugo) => textOf((await bot.say(who, text))[0]);
const form = says('fr', 'volunteer.heading');

it.each([
  'proposer',
  'PROPOSER',
  '  Proposer  ',
  'Proposer !',
  '<at>Passerelle</at> proposer',
  '<at>Passerelle</at>&nbsp;proposer',
  '<at id="0">Passerelle</at> proposer <at>Passerelle</at>',
  '<p>proposer</p>',
  'proposer&nbsp;',
  'proposer\n',
  'pro\u0301poser'.normalize('NFD'),
  'volunteer',
  'proposer une intervention en classe',
])('"%s" is the command « proposer »', async (text) => {
  expect(await answerTo(text)).toContain(form);
});

it.each([
  ['préférences', 'PREFERENCES', 'préferences', 'pre\u0301fe\u0301rences'],
  ['mes engagements', 'Mes   Engagements', 'mes&nbsp;engagements', 'mes-engagements'],
  ['à valider', 'A VALIDER', 'à\u00a0valider', 'a valider'],
  ['séances', 'seances', 'SÉANCES', '<b>séances</b>'],
])('"%s" is understood in each way people type it', async (...texts) => {
  const said: string[] = [];
  for (const text of texts) said.push(await answerTo(text));
  const [first, ...others] = said;
  expect(first).not.toContain(says('fr', 'help.unknown.heading'));
  for (const other of others) expect(other).toBe(first);
});

it.each([
  'proposerai',
  'je voudrais proposer',
  'progressions',
  'a',
  'mes',
  'engagements',
])('"%s" only looks like a command', async (text) =>
  expect(await answerTo(text)).toContain(says('fr', 'help.unknown.heading')));

it('every command of every feature is understood, in both languages whatever the reader’s', async () => {
  for (const { commands, open } of features) {
    if (!open) continue;
    for (const text of [...commands.fr, ...commands.en]) {
      expect([text, (await answerTo(text)).includes(says('fr', 'help.unknown.heading'))]).toEqual([
        text,
        false,
      ]);
      const english = await answerTo(text.toUpperCase(), amy);
      expect([text, english.includes(says('en', 'help.unknown.heading'))]).toEqual([text, false]);
    }
  }
});

it.each([
  '@Passerelle proposer',
  'Passerelle: proposer',
  '<blockquote itemtype="http://schema.skype.com/Reply">mes engagements</blockquote><p>proposer</p>',
  '&#112;roposer',
])('"%s" opens the card of « proposer »', async (text) => expect(await answerTo(text)).toContain(form));

it('a reply is read from the attachment where the text runs it together with the quote', async () => {
  await bot.app.drain();
  const content = '<blockquote><strong>Hugo Témoin</strong><p>aide</p></blockquote><p>proposer</p>';
  const attachments = [{ contentType: 'text/html', content }];
  await bot.raw(activityFrom(bot, hugo, { text: 'Hugo Témoin aide proposer', attachments }));
  expect(textOf(bot.connector.posts.at(-1)?.card)).toContain(form);
});

it('the bot’s name in the place where it is written to is not part of a command', async () => {
  await bot.app.drain();
  const recipient = { id: '28:passerelle', name: 'Stages (recette)' };
  await bot.raw(activityFrom(bot, hugo, { text: '@stages (RECETTE), proposer', recipient }));
  expect(textOf(bot.connector.posts.at(-1)?.card)).toContain(form);
});

it('a command costs the same however long the message is', async () => {
  const began = performance.now();
  expect(await answerTo(`proposer ${'<at>'.repeat(30_000)}`, ines)).toContain(form);
  expect(await answerTo(`<at>${'x'.repeat(150_000)}`, ines)).toContain(says('fr', 'help.welcome.heading'));
  expect(await answerTo('<blockquote>'.repeat(20_000), ines)).toContain(says('fr', 'help.welcome.heading'));
  expect(performance.now() - began).toBeLessThan(3_000);
});
