import { lintCard } from './support/card-lint.js';
import { type SampleCard, sampleCards } from './support/samples.js';

let samples: SampleCard[] = [];
beforeAll(async () => {
  samples = await sampleCards();
}, 60_000);

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
