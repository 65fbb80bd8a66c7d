import { findPersonalData } from '../../../src/domain/personal-data/index.js';
import { words } from '../../../src/domain/personal-data/words.js';
import { measure, parts, textsOf } from './measure.js';

describe('the labelled texts', () => {
  it('are enough of each sort, in both languages, and none twice', () => {
    const all = parts.flatMap((part) => textsOf(part).map((t) => ({ ...t, part })));
    const count = (which: Partial<(typeof all)[number]>) =>
      all.filter((t) => Object.entries(which).every(([k, v]) => t[k as keyof typeof t] === v)).length;
    expect(all.length).toBeGreaterThan(400);
    expect(count({ kind: 'harmless' })).toBeGreaterThan(all.length * 0.48);
    expect(count({ part: 'held-out' })).toBeGreaterThan(120);
    expect(count({ lang: 'fr' })).toBeGreaterThan(all.length * 0.65);
    expect(count({ lang: 'en' })).toBeGreaterThan(all.length * 0.25);
    expect(new Set(all.map((t) => t.text)).size).toBe(all.length);
  });

  test.each(parts)('%s: 99 in 100 of the harmful are refused, and 2 in 100 of the harmless', (part) => {
    const { harmful, harmless, wrong } = measure(textsOf(part), findPersonalData);
    const told = wrong.map((w) => `${w.kind} (${w.found ?? 'let through'}): ${w.text}`).join('\n');
    const held = harmful.refused / harmful.texts >= 0.99 && harmless.refused / harmless.texts <= 0.02;
    expect(held || told).toBe(true);
    expect(harmful.named / harmful.texts).toBeGreaterThan(0.95);
  });

  test.each(parts)('%s: the harmful are refused in the middle of other texts as well', (part) => {
    const harmful = textsOf(part).filter((t) => t.kind !== 'harmless' && findPersonalData(t.text));
    const around = harmful.map(({ text }) => `Salle 204, de 9 h à 17 h. ${text}. Merci !`);
    expect(around.filter((text) => !findPersonalData(text))).toEqual([]);
  });

  test('are looked at from their beginning every time', () => {
    const twice = [1, 2, 3].map(() => findPersonalData('ce.0932030B@ac-creteil.fr, 06 39 98 56 78'));
    expect(twice).toEqual(['phone', 'phone', 'phone']);
  });

  test('are the same in letters made of several characters, and in capitals of another width', () => {
    expect(findPersonalData('Elève diabétique'.normalize('NFD'))).toBe('health');
    expect(findPersonalData('née le 12/03/2011'.normalize('NFD'))).toBe('birth-date');
    expect(findPersonalData('Ｌéa, 14 ans')).toBe('pupil');
  });
});

test('a word of the table is of one kind', () => {
  const said = Object.entries(words).flatMap(([kind, { fr, en }]) =>
    [...new Set(`${fr},${en}`.split(','))].map(
      (word) => [word.trim().replaceAll(/\s+/g, ' '), kind] as const,
    ),
  );
  const kinds = new Map(said);
  expect(said.filter(([word, kind]) => word && kinds.get(word) !== kind)).toEqual([]);
});

describe('a text of 100,000 characters', () => {
  const seeds = [
    ...[
      'a',
      'A',
      '0',
      '1.',
      '.',
      '\n',
      '(',
      '@',
      'a@',
      'a@a.',
      '@a',
      '+',
      '１',
      'é',
      'ﷺ',
      '\u0301',
      '\u200b',
    ],
    ...['06 ', '0 6 ', '12/', '12/03/', '123456789', '2 11 03 75 ', '+33 ', 'tel. 1', 'ref 1', 'x1 ', '3e B'],
    ...[
      'ce.0932030B@ac-creteil.fr@',
      'contact@',
      'a at a ',
      '[at] ',
      'a arobase ',
      'insta a',
      'insta ',
      'secu ',
    ],
    ...[
      'née ',
      'née le 12 ',
      'zéro six ',
      'Léa ',
      'Léa, ',
      'M. ',
      'Mme ',
      'PAI',
      'élève ',
      'handicap ',
      'ma ',
    ],
    ...[
      'collège de ',
      'rue ',
      'prof, ',
      'depuis ',
      'recherche ',
      'habite 1 ',
      'en situation de ',
      'mars ',
      'ans ',
    ],
  ];
  /** The least of some runs, in processor time: other work on the machine is not the guard's. */
  function milliseconds(text: string): number {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 12 && least >= 50; run++) {
      const before = process.cpuUsage();
      findPersonalData(text);
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  }

  test.each(seeds)('that says nothing but %j is read in less than 50 ms', (seed) => {
    expect(milliseconds(seed.repeat(20_000 / seed.length))).toBeLessThan(50);
  });
});
