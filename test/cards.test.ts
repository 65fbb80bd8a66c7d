import { readCard, type Spot } from '../scripts/gallery/card-json.js';
import { lintCard } from './support/card-lint.js';
import { type SampleCard, sampleCards } from './support/samples.js';

let samples: SampleCard[] = [];
beforeAll(async () => {
  samples = await sampleCards();
}, 240_000);

test('every card of the bot, in every state and language, follows the rules of its look', () => {
  const faults = samples.flatMap(({ name, lang, card }) =>
    lintCard(card).map((f) => `${name} (${lang}): ${f}`),
  );
  expect(faults).toEqual([]);
});

test('both languages show the same cards', () => {
  const names = (lang: string) => samples.filter((s) => s.lang === lang).map((s) => s.name);
  expect(names('en')).toEqual(names('fr'));
  expect(names('fr').length).toBeGreaterThan(50);
});

describe('the name of a person that holds Markdown', () => {
  const hostile = '[clic](https://example.test) **x** <at>y</at>';
  let cards: SampleCard[] = [];
  beforeAll(async () => {
    // Names are escaped by code, whatever the language.
    cards = await sampleCards(() => hostile, ['fr']);
  }, 240_000);

  /** The texts of all cards: those in which Markdown works, and the others. */
  function wordsOf(kind: 'markdown' | 'plain'): string[] {
    return cards.flatMap(({ name, lang, card }) => {
      const { spots, words } = readCard(card);
      const isMarkdown = ({ type, under }: Spot) =>
        type === 'TextBlock' || under === 'facts' || under === 'choices';
      const paths = spots.filter(isMarkdown).map(({ path }) => path);
      return words
        .filter(({ path }) => paths.includes(path.replace(/\.\w+$/, '')) === (kind === 'markdown'))
        .map(({ path, text }) => `${name} (${lang}) ${path}: ${text}`);
    });
  }

  it('is read as it is wherever Markdown works', () => {
    const ours = /\[[^\]]+\]\(https:\/\/passerelle\.example\.com\/privacy\?lang=\w+\)/g;
    const said = wordsOf('markdown').map((text) => text.replaceAll(ours, ''));
    expect(said.filter((text) => /(?<!\\)(\[clic|\]\(https|\*\*x|<at)/.test(text))).toEqual([]);
    // Cards that show the name: a check of nothing would hold too.
    expect(said.filter((text) => text.includes('\\[clic')).length).toBeGreaterThan(30);
  });

  it('is shown without a backslash wherever it does not', () => {
    const said = wordsOf('plain');
    expect(said.filter((text) => /\\[[\]()*<>]/.test(text))).toEqual([]);
    expect(said.filter((text) => text.includes('[clic')).length).toBeGreaterThan(30);
  });

  it('has nothing of it left in a choice, which some clients read as Markdown and others do not', () => {
    const said = cards.flatMap(({ card }) => readCard(card).spots.filter(({ under }) => under === 'choices'));
    const titles = said.map(({ node }) => String(node.title)).filter((title) => title.includes('clic'));
    expect(titles.filter((title) => /[[\]*<>\\]/.test(title))).toEqual([]);
    expect(titles.length).toBeGreaterThan(1);
  });
});
