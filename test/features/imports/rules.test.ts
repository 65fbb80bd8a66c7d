import type { Finding } from '../../../src/domain/imports/finding.js';
import { checkFile } from '../../../src/features/imports/check-file.js';
import { amy, ines, person, type TestBot } from '../../support/bot.js';
import { startFast } from '../../support/flows.js';
import { aLine, aPlacementLine, type FileLine, titles, toCsv } from '../../support/import-files.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  for (const who of [ines, amy]) await bot.say(who, 'aide');
  const [first, second] = [
    person('Paul Double'),
    { ...person('Paul Double'), aadObjectId: 'aad-other', id: '29:other' },
  ];
  for (const who of [first, second]) await bot.say(who, 'aide');
});
afterAll(() => bot.close());

const check = (content: string) => checkFile(Buffer.from(content), bot.app.services);
const checkLines = (...lines: FileLine[]) => check(toCsv(lines));
const tell = (found: readonly Finding[]) =>
  found.map(({ line, column = '', rule, blocks }) => `${line} ${column} ${rule}${blocks ? '' : ' (notice)'}`);

/** Faults of the second line, which is otherwise sound: the cells, the column and the rule. */
const faults: [FileLine, string][] = [
  [{ employee: '' }, 'employee missing'],
  [{ kind: '' }, 'kind missing'],
  [{ firstDay: '' }, 'firstDay missing'],
  [{ pupils: '' }, 'pupils missing'],
  [{ employee: '12345' }, 'employee employeeName'],
  ...['=cmd|calc', '+Élise Dupond', '-Élise', '@Élise', "'=Élise", '＝Élise'].map(
    (employee): [FileLine, string] => [{ employee }, 'employee employeeName'],
  ),
  ...[
    'Élise Dupond; Karim Xavier',
    'Élise Dupond / Karim Xavier',
    'Élise Dupond|Karim Xavier',
    'Élise Dupond & Karim Xavier',
    'Élise Dupond + Karim Xavier',
    'Élise Dupond et Karim Xavier',
    'ÉLISE DUPOND ET KARIM XAVIER',
    'Élise Dupond and Karim Xavier',
  ].map((employee): [FileLine, string] => [{ employee }, 'employee onePerson']),
  [{ employee: 'N'.repeat(101) }, 'employee tooLong'],
  [{ employee: 'ines.exemple@gmail.com' }, 'employee personalData'],
  [{ employee: 'Paul Double' }, 'employee namesakes'],
  [{ employee: 'double  PAUL' }, 'employee namesakes'],
  [{ kind: 'Conférence' }, 'kind kindUnknown'],
  [{ kind: '#REF!' }, 'kind formula'],
  [{ level: 'CM2' }, 'level levelUnknown'],
  [{ firstDay: '31/02/2026' }, 'firstDay dayUnread'],
  [{ firstDay: 'mars' }, 'firstDay dayUnread'],
  [{ firstDay: '46093' }, 'firstDay dayUnread'],
  [{ firstDay: '24/11/2026' }, 'firstDay notPast'],
  [{ lastDay: '24/11/2026', kind: 'Forum des métiers', firstDay: '20/11/2026' }, 'lastDay notPast'],
  [{ lastDay: '11/03/2026' }, 'lastDay dayOrder'],
  [{ firstDay: '12/03/1926' }, 'firstDay tooOld'],
  [{ lastDay: '30/04/2026' }, 'lastDay oneDay'],
  [{ lastDay: '13/03/2026' }, 'lastDay oneDay'],
  [{ kind: 'Forum des métiers', lastDay: '13/03/2026' }, 'lastDay oneDay'],
  [{ kind: 'Immersion', lastDay: '13/03/2026' }, 'lastDay oneDay'],
  [{ kind: "Visite d'entreprise", lastDay: '14/03/2026' }, 'lastDay visitDays'],
  [{ school: '0932030C' }, 'school uai'],
  [{ school: 'Collège, 0932030c' }, 'school uai'],
  [{ school: '0910001Z', academie: 'Lyon' }, 'school uai'],
  [{ school: 'É'.repeat(121) }, 'school tooLong'],
  [{ school: 'M. Durand, professeur de 4e' }, 'school personalData'],
  [{ school: '', academie: '' }, 'school placeMissing'],
  [{ academie: 'Atlantide' }, 'academie academieUnknown'],
  [{ academie: 'Lyon / Atlantide' }, 'academie academieUnknown'],
  [{ school: '0932030B', academie: 'Lyon' }, 'academie academieDiffers'],
  [{ pupils: '28,5' }, 'pupils numberUnread'],
  [{ pupils: 'une trentaine' }, 'pupils numberUnread'],
  [{ pupils: '-3' }, 'pupils numberUnread'],
  [{ pupils: '2001' }, 'pupils pupilsRange'],
  [{ places: '2' }, 'places placesOfMeeting'],
  [{ filled: '2' }, 'filled placesOfMeeting'],
  [{ event: 'Fête de la musique' }, 'event eventUnknown'],
  [{ state: 'Annulée' }, 'state notHeld'],
  [{ remark: 'R'.repeat(501) }, 'remark tooLong'],
  [{ remark: 'Léa, 06 12 34 56 78, PAI asthme' }, 'remark personalData'],
  [{ reference: '06 12 34 56 78' }, 'reference personalData'],
  [{ event: 'appeler le 06 12 34 56 78' }, 'event personalData'],
  [{ kind: 'lea.exemple@gmail.com' }, 'kind personalData'],
  [{ reference: 'R'.repeat(61) }, 'reference tooLong'],
];
it.each(faults)('%j is a fault: %s', async (cells, told) => {
  const { findings, actions } = await checkLines(aLine({ firstDay: '10/03/2026' }), aLine(cells));
  expect(tell(findings)).toEqual([`3 ${told}`]);
  expect(actions).toEqual([]);
});

const placementFaults: [FileLine, string][] = [
  [{ level: '4e' }, 'level levelOfKind'],
  [{ places: '' }, 'places missing'],
  [{ places: '31', filled: '' }, 'places placesRange'],
  [{ places: '0', filled: '' }, 'places placesRange'],
  [{ filled: '3' }, 'filled filledMore'],
  [{ school: '', academie: 'Lyon' }, 'filled filledSchool'],
  [{ academie: '' }, 'academie academieMissing'],
  [{ lastDay: '24/03/2026' }, 'firstDay placement'],
  [{ lastDay: '30/03/2026' }, 'firstDay placement'],
  [{ firstDay: '09/02/2026', lastDay: '13/02/2026' }, 'firstDay placement'],
  [{ kind: 'Stage de 2de', firstDay: '08/06/2026', lastDay: '19/06/2026' }, 'firstDay placement'],
  [{ kind: 'Stage de 3e prépa-métiers', lastDay: '15/05/2026' }, 'firstDay placement'],
  [{ firstDay: '01/09/2025', lastDay: '27/03/2026' }, 'lastDay tooManyDays'],
];
it.each(placementFaults)('of a placement, %j is a fault: %s', async (cells, told) => {
  const { findings } = await checkLines(aPlacementLine(cells));
  expect(tell(findings)).toEqual([`2 ${told}`]);
});

it('the answer is that of the school: its zone, not another', async () => {
  const february = { firstDay: '09/02/2026', lastDay: '13/02/2026' };
  const paris = aPlacementLine({ ...february, academie: 'Paris' });
  expect(tell((await checkLines(paris)).findings)).toEqual([]);
  const { findings } = await checkLines(
    aPlacementLine({ ...february, academie: 'Paris / Lyon', filled: '' }),
  );
  expect(findings).toMatchObject([
    { rule: 'placement', broken: { rule: 'holiday', holiday: { zone: 'A' } } },
  ]);
});

it.each<[FileLine, string]>([
  [{ firstDay: '14/03/2026' }, '2 firstDay noClasses (notice)'],
  [{ firstDay: '11/11/2025' }, '2 firstDay noClasses (notice)'],
  [{ firstDay: '24/02/2026', academie: 'Paris' }, '2 firstDay noClasses (notice)'],
])('%j is possible, and worth a look', async (cells, told) => {
  const { findings, actions } = await checkLines(aLine(cells));
  expect(tell(findings)).toEqual([told]);
  expect(actions).toHaveLength(1);
});

it('more pupils than places, and a calendar that is not known, are worth a look', async () => {
  const more = await checkLines(aPlacementLine({ pupils: '3' }));
  expect(tell(more.findings)).toEqual(['2 pupils pupilsMore (notice)']);
  const before = await checkLines(aPlacementLine({ firstDay: '20/03/2023', lastDay: '24/03/2023' }));
  expect(tell(before.findings)).toEqual(['2 firstDay calendarUnknown (notice)']);
});

it('all faults of a file are found at once, in the order of its lines, several in one', async () => {
  const { findings, faults: count } = await checkLines(
    aLine({ kind: 'Conférence', pupils: 'beaucoup' }),
    aLine(),
    aLine({ firstDay: 'hier', remark: 'Léa, 06 12 34 56 78' }),
  );
  expect(tell(findings)).toEqual([
    '2 kind kindUnknown',
    '2 pupils numberUnread',
    '4 firstDay dayUnread',
    '4 remark personalData',
  ]);
  expect(count).toBe(4);
});

it('what is found quotes nothing that looks like personal data', async () => {
  const { findings } = await checkLines(
    aLine({ kind: 'Léa, 06 12 34 56 78', event: 'lea.exemple@gmail.com', academie: 'élève Léa de 3e B' }),
  );
  expect(findings).toHaveLength(3);
  expect(JSON.stringify(findings)).not.toMatch(/Léa|06 12|gmail/);
});

describe('columns', () => {
  const withTitles = (change: (all: string[]) => string[]) => check(`${change(titles()).join(';')}\r\nx;y`);
  it.each<[string, (all: string[]) => string[], string]>([
    ['one that is needed is missing', (all) => all.filter((title) => title !== 'Élèves'), '1  columnMissing'],
    ['one is there twice', (all) => [...all, 'Type'], '1  columnTwice'],
    ['one is not known', (all) => [...all, 'Budget'], '1  columnUnknown'],
    ['one is of pupils’ names', (all) => [...all, "Nom de l'élève"], '1  columnPersonal'],
    ['one is of phone numbers', (all) => [...all, 'Téléphone'], '1  columnPersonal'],
    ['one holds somebody’s address as its title', (all) => [...all, 'lea@gmail.com'], '1  columnPersonal'],
  ])('%s: nothing of the file is read', async (_, change, told) => {
    const { findings, lines } = await withTitles(change);
    expect([tell(findings), lines]).toEqual([[told], 0]);
    expect(JSON.stringify(findings)).not.toContain('gmail');
  });

  it('something without a title is a fault of its line', async () => {
    const { findings } = await check(`${toCsv([aLine()])};;06 12 34 56 78`);
    expect(tell(findings)).toEqual(['2  outsideColumns']);
  });
});

describe('what people write for it', () => {
  it.each<[FileLine, object]>([
    [{ kind: 'INTERVENTION EN CLASSE' }, { kind: 'classroom-talk' }],
    [{ kind: 'class talk' }, { kind: 'classroom-talk' }],
    [{ kind: 'classroom-talk' }, { kind: 'classroom-talk' }],
    [
      { kind: 'Visite d’entreprise', lastDay: '13/03/2026' },
      { kind: 'company-visit', lastDay: '2026-03-13' },
    ],
    [{ level: '3ème' }, { level: '3e' }],
    [{ level: 'seconde' }, { level: '2de' }],
    [{ level: '' }, { kind: 'classroom-talk' }],
    [{ firstDay: '2026-03-12' }, { firstDay: '2026-03-12' }],
    [{ firstDay: '12 mars 2026' }, { firstDay: '2026-03-12' }],
    [{ firstDay: '2026-03-12T00:00:00' }, { firstDay: '2026-03-12' }],
    [
      { school: '0932030b', academie: '' },
      { schools: ['0932030B'], academies: ['24'] },
    ],
    [
      { school: 'Collège Jean-Fictif', academie: '' },
      { school: 'Collège Jean-Fictif', academies: [] },
    ],
    [{ school: '', academie: 'Lyon / 08' }, { academies: ['10', '08'] }],
    [{ academie: 'académie de Lyon' }, { academies: ['10'] }],
    [{ event: 'semaine de l’industrie' }, { event: 'semaine-industrie' }],
    [{ event: 'worldskills' }, { event: 'worldskills' }],
    [{ state: 'held' }, { pupils: 28 }],
    [{ pupils: '0' }, { pupils: 0 }],
    [{ pupils: '28,00' }, { pupils: 28 }],
    [{ remark: 'Mieux vaut deux classes.' }, { remark: 'Mieux vaut deux classes.' }],
  ])('%j', async (cells, read) => {
    const { findings, actions } = await checkLines(aLine(cells));
    expect(findings).toEqual([]);
    expect(actions).toMatchObject([read]);
  });

  it('a school of the directory is known by its name, unless two have it', async () => {
    const { schools } = bot.app.services;
    const [known] = schools.search('Promenade');
    if (!known) throw new Error('the list for demonstration has none');
    const { actions } = await checkLines(aLine({ school: known.name.toUpperCase(), academie: '' }));
    expect(actions).toMatchObject([{ schools: [known.uai], academies: [known.academie] }]);
    const part = await checkLines(aLine({ school: 'Promenade', academie: '' }));
    expect(part.actions).toMatchObject([{ school: 'Promenade' }]);
    expect(part.actions[0]).not.toHaveProperty('schools');
  });

  it('of a placement, the level follows, and a week of the fortnight of 2de was shared', async () => {
    const { findings, actions } = await checkLines(
      aPlacementLine(),
      aPlacementLine({ kind: 'Stage de 2de', firstDay: '15/06/2026', lastDay: '26/06/2026' }),
      aPlacementLine({ kind: 'Stage de 2de', firstDay: '15/06/2026', lastDay: '19/06/2026' }),
    );
    expect(findings).toEqual([]);
    expect(actions).toMatchObject([
      { level: '3e', places: 2, filled: [{ school: 'Collège Jean-Fictif', places: 2 }] },
      { level: '2de' },
      { level: '2de', shared: true },
    ]);
    expect(actions[1]).not.toHaveProperty('shared');
  });
});

describe('who it was', () => {
  const peopleOf = async (...names: string[]) => {
    const days = names.map((employee, i) => aLine({ employee, firstDay: `${i + 10}/03/2026` }));
    const { findings, actions } = await checkLines(...days);
    expect(findings.filter(({ blocks }) => blocks)).toEqual([]);
    return actions.flatMap(({ people }) => people.map(({ id }) => id));
  };

  it('somebody is known by the name that Teams gives, in any case and order, with or without accents', async () => {
    const ids = await peopleOf('Inès Exemple', 'EXEMPLE Ines', 'exemple, inès');
    expect(new Set(ids)).toEqual(new Set([ines.aadObjectId]));
  });

  it('a name that nobody bears yet is one person, and another name is another', async () => {
    const [first, same, other] = await peopleOf('Nina Nouvelle', 'NOUVELLE Nina', 'Nino Nouveau');
    expect(first).toBe(same);
    expect(first).not.toBe(other);
    expect(first).toMatch(/^name:/);
  });

  it.each([
    'Dupond, Élise',
    'Anne-Andrée d’Etampes',
    "Odile O'Andrews",
    'Étienne Andet',
    'Jean‑Paul Fictif',
  ])('%s is the name of one person', async (name) => {
    expect(await peopleOf(name)).toHaveLength(1);
  });

  it('somebody who shares only a family name is another person', async () => {
    const [anne] = await peopleOf('Anne Double');
    expect(anne).toMatch(/^name:/);
  });

  it('an AAD object id is that person, whatever they are called', async () => {
    const id = '3F2504E0-4F89-41D3-9A0C-0305E82C3301';
    expect(await peopleOf(id)).toEqual([id.toLowerCase()]);
  });
});

describe('lines together', () => {
  it('lines with one reference are one action of several people, and count their pupils once', async () => {
    const { findings, actions } = await checkLines(
      aLine({ reference: 'A 1' }),
      aLine({ reference: 'a-1', employee: 'Amy Sample', remark: 'À deux.' }),
    );
    expect(findings).toEqual([]);
    expect(actions).toMatchObject([
      { people: [{ id: ines.aadObjectId }, { id: amy.aadObjectId }], remark: 'À deux.' },
    ]);
  });

  it.each<[FileLine, string]>([
    [{ pupils: '27' }, 'pupils referenceDiffers'],
    [{ firstDay: '13/03/2026' }, 'firstDay referenceDiffers'],
    [{ school: 'Lycée Modèle' }, 'school referenceDiffers'],
    [{ kind: 'Forum des métiers' }, 'kind referenceDiffers'],
    [{ remark: 'Autre chose.' }, 'remark referenceDiffers'],
    [{ employee: 'Inès Exemple' }, ' lineTwice'],
  ])('one that says something else is a fault: %j', async (cells, told) => {
    const { findings } = await checkLines(
      aLine({ reference: '1', remark: 'Une remarque.' }),
      aLine({ reference: '1', employee: 'Amy Sample', remark: 'Une remarque.', ...cells }),
    );
    expect(tell(findings)).toEqual([`3 ${told}`]);
    expect(findings).toMatchObject([{ params: { line: 2 } }]);
  });

  it('the same line twice is a fault, and two actions once they have references', async () => {
    const { findings } = await checkLines(aLine(), aLine({ employee: 'EXEMPLE Inès', pupils: '20' }));
    expect(tell(findings)).toEqual(['3  lineTwice']);
    const { actions } = await checkLines(aLine({ reference: '1' }), aLine({ reference: '2' }));
    expect(actions).toHaveLength(2);
  });

  it('two people with the same action but without a reference are worth a look', async () => {
    const both = { school: '0932030B', academie: '' };
    const { findings, actions } = await checkLines(aLine(both), aLine({ ...both, employee: 'Amy Sample' }));
    expect(tell(findings)).toEqual(['3 reference maybeSame (notice)']);
    expect(actions).toHaveLength(2);
  });

  it('an action has no more people than a session has seats', async () => {
    const crowd = Array.from({ length: 51 }, (_, i) => aLine({ reference: '1', employee: `Nom Numéro${i}` }));
    expect(tell((await checkLines(...crowd)).findings)).toEqual(['52 reference tooManyPeople']);
  });
});
