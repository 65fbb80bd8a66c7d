import fc from 'fast-check';
import { findPersonalData } from '../../../src/domain/personal-data/index.js';

/** Sentences that are refused as they are, each with ways to write it that a person still reads without effort. */
const disguises = {
  'letters that look like others': [
    ['L\u0435\u0301\u0430, 14 ans', 'pupil'],
    ['\u041c\u0430\u0445, 14 ans', 'pupil'],
    ['\u0422\u043em, 14 \u0430ns', 'pupil'],
    ['\u039c\u03b1x, 14 \u03b1ns', 'pupil'],
    ['\u0395mm\u03b1 a 14 ans', 'pupil'],
    ['n\u0435\u0301e le 12 mars 2011', 'birth-date'],
    ['un \u0435\u0301l\u0435\u0300v\u0435 a un P\u0410\u0406', 'health'],
    ['\u029f\u1d07\u1d00, 14 ans', 'pupil'],
    ['lea.exemple@gm\u0430il.com', 'email'],
    ['lea.exemple (\u0430t) gmail (d\u043et) com', 'email'],
  ],
  'letters in boxes, circles and other alphabets of symbols': [
    ['🅻éa 14 ans', 'pupil'],
    ['🅛éa 14 ans', 'pupil'],
    ['🇱éa 14 ans', 'pupil'],
    ['🄻éa 14 ans', 'pupil'],
    ['Ⓛⓔⓐ, 14 ans', 'pupil'],
    ['𝓛𝓮𝓪, 14 ans', 'pupil'],
    ['𝕃𝕖𝕒, 𝟙𝟜 ans', 'pupil'],
    ['🅼🅰🆇, ❶❹ ans', 'pupil'],
  ],
  'letters apart': [
    ['L é a, 14 ans', 'pupil'],
    ['L é a , 1 4 a n s', 'pupil'],
    ['L.é.a, 14 ans', 'pupil'],
    ['L-é-a a 14 ans', 'pupil'],
    ['L*é*a, 14 ans', 'pupil'],
    ['L  é  a, 14 ans', 'pupil'],
    ['l · é · a, 14 ans', 'pupil'],
    ['L é a , 3e B', 'pupil'],
    ['u n  é l è v e  a s t h m a t i q u e', 'health'],
    ['d i a b é t i q u e', 'health'],
    ['l e a . e x e m p l e @ g m a i l . c o m', 'email'],
  ],
  'a name behind a colon': [
    ['élève:Xiaoming', 'pupil'],
    ['Élève : Xiaoming', 'pupil'],
    ['élève : Xiaoming, 3e', 'pupil'],
    ['stagiaire:Xiaoming Fictif', 'pupil'],
    ['student: Xiaoming', 'pupil'],
    ['élève=Xiaoming', 'pupil'],
  ],
  'digits with other signs between them': [
    ['06*39*98*56*78', 'phone'],
    ['06 * 39 * 98 * 56 * 78', 'phone'],
    ['06|39|98|56|78', 'phone'],
    ['06:39:98:56:78', 'phone'],
    ['06,39,98,56,78', 'phone'],
    ['06, 39, 98, 56, 78', 'phone'],
    ['06;39;98;56;78', 'phone'],
    ['06~39~98~56~78', 'phone'],
    ['06·39·98·56·78', 'phone'],
    ['06→39→98→56→78', 'phone'],
    ['06🙂39🙂98🙂56🙂78', 'phone'],
    ['(06)(39)(98)(56)(78)', 'phone'],
    ['06x39x98x56x78', 'phone'],
    ['06*39 98.56-78', 'phone'],
    ['06\n39\n98\n56\n78', 'phone'],
    ['06 39 98\n56 78', 'phone'],
    ['+33 6 39 98\n56 78', 'phone'],
    ['+33*6*39*98*56*78', 'phone'],
    ['tél. 06 39\n 98 56 78', 'phone'],
  ],
  'letters for digits': [
    ['O6.l2.34.56.78', 'phone'],
    ['o6 l2 34 56 78', 'phone'],
    ['O6 39 98 S6 7B', 'phone'],
    ['O63998S678', 'phone'],
    ['0б 39 98 56 78', 'phone'],
    ['O6 lO 34 56 78', 'phone'],
  ],
  'numbers in words': [
    ['zero six 12 34 56 78', 'phone'],
    ['zéro six douze trente-quatre cinquante-six soixante-dix-huit', 'phone'],
    ['zéro. six. douze. trente-quatre. cinquante-six', 'phone'],
    ['zéro/six/douze/trente-quatre/cinquante-six', 'phone'],
    ['six one two three four five six seven', 'phone'],
    ['zero six one two three four five six seven eight', 'phone'],
    ['six douze trente-quatre cinquante-six soixante-dix-huit', 'phone'],
    ['06 douze 34 cinquante-six 78', 'phone'],
    ['0 six 12 trente-quatre 56 78', 'phone'],
  ],
  'digits of other scripts': [
    ['०६ ३९ ९८ ५६ ७८', 'phone'],
    ['٠٦ ٣٩ ٩٨ ٥٦ ٧٨', 'phone'],
    ['۰۶۳۹۹۸۵۶۷۸', 'phone'],
    ['๐๖ ๓๙ ๙๘ ๕๖ ๗๘', 'phone'],
    ['০৬ ৩৯ ৯৮ ৫৬ ৭৮', 'phone'],
    ['0️⃣6️⃣3️⃣9️⃣9️⃣8️⃣5️⃣6️⃣7️⃣8️⃣', 'phone'],
    ['⓿❻ ❸❾ ❾❽ ❺❻ ❼❽', 'phone'],
    ['Léa, १४ ans', 'pupil'],
    ['née le १२/०३/२०११', 'birth-date'],
  ],
  'addresses in words': [
    ['lea.martin(a)gmail.com', 'email'],
    ['lea.martin (a) gmail.com', 'email'],
    ['lea.martin chez gmail point com', 'email'],
    ['lea.martin chez gmail.com', 'email'],
    ['lea point martin chez exemple point fr', 'email'],
    ['lea.martin[at]gmail.com', 'email'],
    ['lea.martin {at} gmail {dot} com', 'email'],
    ['lea.martin(arobase)gmail.com', 'email'],
    ['lea.martin_at_gmail.com', 'email'],
    ['lea.martin-at-gmail-dot-com', 'email'],
    ['lea.martin à gmail point com', 'email'],
    ['lea.martin@gmail point com', 'email'],
  ],
  'where somebody lives': [
    ['habite 12 rue des Lilas', 'address'],
    ['Elle habite au 12 bis, rue des Lilas', 'address'],
    ['habite 12 B rue des Lilas', 'address'],
    ['il habite rue des Lilas', 'address'],
    ['les parents habitent 12 résidence des Lilas', 'address'],
    ['he lives at 12 Sample Street', 'address'],
    ['h a b i t e 12 rue des Lilas', 'address'],
  ],
} as const;

const harmless = [
  'Notre adresse : 12 rue des Lilas, 93000 Bobigny',
  'Le collège est au 3 avenue du Général-Fictif, 75012 Paris',
  'Entrée des élèves : 12 rue des Lilas, bâtiment B',
  'Toute l’équipe vous attend sur place, 14 boulevard des Exemples',
  'salle 06.12',
  'salles 01, 02, 03, 04 et 05',
  'salle B12, badge S0012, 1er étage',
  'de 9 h à 12 h',
  'de 9 h à 12 h\n14 h à 16 h\nsalle 204',
  'Groupes A B C, puis D E F',
  'Métiers : ingénieure, comptable, soudeur, technicienne de maintenance, juriste',
  'Élève : prévoir un badge',
  'Élèves : Accueil à 9 h',
  'UAI 0932030B',
  'UAI : 0932030B et 0751234J',
  'ce.0932030b@ac-creteil.fr',
  'Écrire à ce.0932030b@ac-creteil.fr, réponse sous 8 jours',
  'Visite les 07/09, 14/09, 21/09 et 28/09',
  'Visite du 06/07/2027 à 10:30, salle 12',
  'lundi 18 janvier 2027\nmardi 19 janvier 2027\n9 h 30',
  'On apprend à dire « Привет » et « Спасибо »',
  'Le mot « φιλοσοφία » vient du grec, « Ελλάδα » aussi',
  'Речь о профессии инженера',
  'Alphabet grec : α, β, γ, δ, ε',
  'Repas : 11,50 € par élève, 12,30 € par adulte',
  'Devis : 1 250,00 €, TVA 20 %',
  'Venez chez Exemple, point de rendez-vous à l’accueil',
  'Nous travaillons chez exemple.fr, un point com par semaine',
  'un, deux ou trois groupes de douze élèves',
  'Une salle (a) ou deux salles (b)',
  'Option (a) : visite.fr en direct',
  'niveau d’anglais B2, parfois C1',
  '❶ accueil ❷ visite ❸ questions',
  '🙂 à bientôt 🇫🇷',
];

describe.each(Object.entries(disguises))('%s', (_, texts) => {
  it.each(texts)('%j is %s', (text, kind) => {
    expect(findPersonalData(text)).toBe(kind);
    expect(findPersonalData(`Salle 204, de 9 h à 17 h. ${text}. Merci !`)).toBeDefined();
  });
});

it.each(harmless)('%j is harmless', (text) => {
  expect(findPersonalData(text)).toBeUndefined();
});

describe('eight times as much text takes about eight times as long', () => {
  const pieces = [
    ...[
      'a ',
      'a.',
      'a-',
      'A·',
      'é ',
      '1 a ',
      'a  ',
      'ab ',
      '0',
      '0 ',
      '0x',
      'x',
      'O ',
      'lO ',
      'O6',
      '0*',
      '0🙂',
    ],
    ...[
      '06, ',
      '06*',
      '0\n',
      ' \n',
      '1 \n ',
      '+33*',
      '+',
      '(',
      ')(',
      'a(a)a',
      '(a) ',
      'a chez a ',
      'chez ',
      'a au a',
    ],
    ...[
      '-at-',
      '_at_a',
      '-point-',
      ' point ',
      '@',
      'six ',
      'zéro. ',
      'zéro ',
      'un, ',
      '12 ',
      'et ',
      'élève:',
      'Élève : A ',
    ],
    ...['habite le ', 'habite 1 a ', 'rue ', 'л', '\u0435\u0301', '🅻', '🅻 ', '१', '१ ', 'ﷺ', '\u200b', 'é'],
  ];
  const least = (times: number, run: () => void): number => {
    let ms = Number.POSITIVE_INFINITY;
    for (let n = 0; n < times; n++) {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      ms = Math.min(ms, (user + system) / 1000);
    }
    return ms;
  };
  /** 1 for a time in proportion to the length, 8 for one that grows with its square. */
  const growthIn = (times: number, seed: string): number => {
    const text = seed.repeat(Math.ceil(16_000 / seed.length));
    const parts = Array.from({ length: 8 }, (_, i) => text.slice(i * 2_000, (i + 1) * 2_000));
    const inParts = least(times, () => {
      for (const part of parts) findPersonalData(part);
    });
    // Below that, the clock and the collector of garbage are measured.
    return least(times, () => findPersonalData(text)) / Math.max(inParts, 2);
  };
  /** One measurement may be disturbed: what seems to grow too fast is measured again. */
  const growth = (seed: string): number => {
    const once = growthIn(1, seed);
    return once > 4 ? growthIn(5, seed) : once;
  };

  it('with one piece again and again', () => {
    expect(pieces.map((piece) => [piece, growth(piece)] as const).filter(([, ratio]) => ratio > 4)).toEqual(
      [],
    );
  });

  it('with any few of them', () => {
    const seed = fc
      .array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 })
      .map((some) => some.join(''));
    fc.assert(
      fc.property(seed, (text) => growth(text) <= 4),
      { numRuns: 60 },
    );
  });
});
