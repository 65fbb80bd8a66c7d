import { readdirSync, readFileSync } from 'node:fs';
import type { Feature } from '../../src/features/feature.js';
import { features } from '../../src/features/index.js';
import type { Lang } from '../../src/records.js';
import { createCommands } from '../../src/teams/commands.js';
import { typedWords } from '../../src/teams/typed-words.js';
import { langs } from '../../src/text/text.js';
import { amy, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, says, startFast } from '../support/flows.js';

type Tree = { [key: string]: string | Tree };

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const answerTo = async (text: string, who = hugo) => textOf((await bot.say(who, text))[0]);
const form = says('fr', 'volunteer.heading');
const unknown = (lang: Lang) => says(lang, 'help.unknown.heading');

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

it.each(['proposerai', 'je voudrais proposer', 'a', 'mes'])('"%s" only looks like a command', async (text) =>
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

describe('what people read of a command is a command:', () => {
  const opened = features.filter(({ open }) => open);
  /** The texts under a feature that may name it, as they stand in the files. */
  const named = (lang: Lang, name: string): string[] => {
    const all = JSON.parse(readFileSync(`src/text/${lang}.json`, 'utf8')) as Tree;
    const places = [all[name], (all.help as Tree)[name]].filter((tree) => typeof tree === 'object');
    return places.flatMap(({ title, heading, open }) =>
      [title, heading, open].filter((text) => typeof text === 'string'),
    );
  };
  const rows = langs.flatMap((lang) =>
    opened.flatMap((feature) => named(lang, feature.name).map((text) => [lang, text, feature.name] as const)),
  );

  it.each(rows)('in %s, "%s" opens %s', async (lang, text, name) => {
    const who = lang === 'fr' ? hugo : { ...hugo, locale: 'en-GB' };
    const command = features.find((f) => f.name === name)?.commands[lang][0] ?? '';
    const shown = text.replaceAll(/\{\{\w+\}\}/g, '2');
    expect(await answerTo(shown, who)).toEqual(await answerTo(command, who));
  });

  it('there are such texts of every feature that has a command', () => {
    for (const lang of langs)
      expect(opened.map(({ name }) => name).filter((name) => named(lang, name).length === 0)).toEqual([]);
  });

  it.each(langs)('each row and each button of the help, in %s', async (lang) => {
    const who = lang === 'fr' ? hugo : { ...hugo, locale: 'en-GB' };
    const [card] = await bot.say(who, 'aide');
    const titles = (card?.body as { items?: { text: string }[] }[]).flatMap(
      ({ items }) => items?.[0]?.text ?? [],
    );
    const buttons = (card?.actions as { title: string }[]).map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(7);
    for (const title of [...titles, ...buttons])
      expect([title, await answerTo(title, who)]).toEqual([
        title,
        expect.not.stringContaining(unknown(lang)),
      ]);
  });

  it('each button of a card that opens what a command opens', async () => {
    const names = new Set(opened.map(({ name }) => name));
    const buttons = readdirSync('cards').flatMap((file) =>
      [
        ...readFileSync(`cards/${file}`, 'utf8').matchAll(
          /"title": "\$\{t\.([\w.]+)\}",\s*"verb": "(\w+)\.open"/g,
        ),
        // What leads back names nothing.
      ].filter(([, key = '', name = '']) => !['form.cancel', 'list.back'].includes(key) && names.has(name)),
    );
    expect(buttons.length).toBeGreaterThan(5);
    for (const lang of langs) {
      for (const [, key = '', name = ''] of buttons) {
        const command = features.find((f) => f.name === name)?.commands[lang][0] ?? '';
        expect([key, await answerTo(says(lang, key), hugo)]).toEqual([key, await answerTo(command, hugo)]);
      }
    }
  });

  it.each([
    ['mes engagements', 'vos engagements', 'my engagements', 'Your engagements', 'MINE'],
    ['votre progression', 'ma progression'],
  ])('"%s" is what a card says to the person, and the person says of it', async (...texts) => {
    const [first, ...others] = await Promise.all(
      texts.map((text) => createCommands(features)(typedWords(text))),
    );
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('a name that two features have stops the start:', () => {
  const feature = (name: string, fr: string): Feature => ({
    name,
    audience: 'employee',
    scopes: ['personal'],
    commands: { fr: [fr], en: [] },
    open: () => Promise.reject(new Error('not opened')),
    actions: {},
  });

  it.each([
    ['a command that is another’s command', [feature('a', 'bilan'), feature('b', 'Bilan !')], '"Bilan !"'],
    [
      'a command that is on another’s button',
      [feature('publish', 'x'), feature('b', 'publish a session')],
      'publish',
    ],
    [
      'a command that differs by whose it is',
      [feature('a', 'mes offres'), feature('b', 'vos offres')],
      '"vos offres"',
    ],
  ])('%s', (_, both, named) => {
    expect(() => createCommands(both)).toThrow(named);
    expect(() => createCommands(both)).toThrow(/is a command of \w+ and b$/);
  });

  it('the same name twice in one feature is none', () => {
    expect(() =>
      createCommands([{ ...feature('a', 'bilan'), commands: { fr: ['bilan'], en: ['Bilan'] } }]),
    ).not.toThrow();
  });
});
