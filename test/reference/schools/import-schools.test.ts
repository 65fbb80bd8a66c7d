import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importSchools } from '../../../src/reference/schools/import-schools.js';
import { readSchools } from '../../../src/reference/schools/school-list.js';
import { calendar } from '../../support/builders.js';
import { type DirectoryRow, directoryCsv, directoryRow } from '../../support/official-schools.js';
import { aSchool, manySchools } from '../../support/schools.js';

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-schools-'));
  target = join(folder, 'schools.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (content: string | Uint8Array): string => {
  const path = join(folder, 'directory.csv');
  writeFileSync(path, content);
  return path;
};
const run = (content: string | Uint8Array, dryRun = false) =>
  importSchools(write(content), target, calendar.academies, { dryRun });
const schools = () => readSchools(target).schools;
const some = manySchools(200);
const rowOf = (overrides: DirectoryRow = {}) => directoryRow(aSchool(), overrides);
/** The one school that a row gives. */
const read = async (overrides: DirectoryRow) => {
  await run(directoryCsv([rowOf(overrides)]));
  return schools()[0];
};

describe('the official directory', () => {
  test('becomes the list of schools, as they are, by their codes', async () => {
    const report = await run(directoryCsv(some.map((s) => directoryRow(s))));
    expect(report).toMatch(/schools\.json from .*directory\.csv: 200 schools, all new$/);
    expect(schools()).toEqual(some.toSorted((a, b) => (a.uai < b.uai ? -1 : 1)));
    expect(readSchools(target).demonstration).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['directory.csv', 'schools.json']);
  });

  test('imported twice changes nothing the second time, nor touches the file', async () => {
    const content = directoryCsv(some.map((s) => directoryRow(s)));
    await run(content);
    const { mtimeMs } = statSync(target);
    expect(await run(content)).toContain('200 schools, nothing changed');
    expect(await run(directoryCsv(some.toReversed().map((s) => directoryRow(s))))).toContain(
      'nothing changed',
    );
    expect(statSync(target).mtimeMs).toBe(mtimeMs);
  });

  test('writes nothing in a dry run', async () => {
    expect(await run(directoryCsv([rowOf()]), true)).toContain('dry run: nothing is written');
    expect(readdirSync(folder)).toEqual(['directory.csv']);
  });

  test('says how many schools came, changed and went', async () => {
    await run(directoryCsv(some.slice(0, 150).map((s) => directoryRow(s))));
    const next = some.slice(50).map((s, i) => ({ ...s, name: i < 3 ? 'Collège Nouveau' : s.name }));
    expect(await run(directoryCsv(next.map((s) => directoryRow(s))))).toContain(
      '150 schools, 50 added, 3 changed, 50 removed',
    );
  });

  test('takes the place of the list for demonstration, and says so', async () => {
    target = join(folder, 'demonstration.json');
    writeFileSync(target, readFileSync('data/schools.json'));
    expect(await run(directoryCsv([rowOf()]))).toContain(
      '1 schools, in the place of the list for demonstration',
    );
  });

  test('keeps no telephone, mail, fax or address', async () => {
    await run(directoryCsv(some.map((s) => directoryRow(s))));
    expect(readFileSync(target, 'utf8')).not.toMatch(/01 99 00|@|Mairie/);
  });

  test('says what it left out, and why, with examples', async () => {
    const fine = some.slice(0, 20).map((s) => directoryRow(s));
    const primary = { Type_etablissement: 'Ecole', code_nature: '151', Nom_etablissement: 'Ecole Exemple' };
    const report = await run(
      directoryCsv([
        ...fine,
        ...Array.from({ length: 1200 }, () => rowOf(primary)),
        rowOf({ etat: 'FERME' }),
        rowOf({ etat: 'A OUVRIR' }),
        rowOf({
          Identifiant_de_l_etablissement: '0699002K',
          code_nature: '390',
          Nom_etablissement: 'SEGPA du Collège Exemple',
          etablissement_mere: fine[0]?.Identifiant_de_l_etablissement ?? '',
        }),
        rowOf({ Identifiant_de_l_etablissement: '0699001A' }),
        rowOf({ Code_departement: '099', Libelle_academie: 'Etranger' }),
        rowOf({ Nom_commune: '' }),
        fine[3] as DirectoryRow,
      ]),
    );
    expect(report.split('\n').slice(1)).toEqual([
      'Left out of 1,227 rows:',
      expect.stringMatching(
        /^ {2}1,200 no collège, lycée or EREA: line 22, \w{8}, Ecole Exemple; line 23, .*; line 24, [^;]*; …$/,
      ),
      expect.stringMatching(/^ {2}2 closed, or not open yet: line 1222, .*; line 1223, [^;]*$/),
      expect.stringMatching(
        /^ {2}1 a section of a school that has its own row: line 1224, .* SEGPA du Collège/,
      ),
      expect.stringMatching(/^ {2}1 of an académie that data\/academies\.json does not have: line 1226, /),
      expect.stringMatching(/^ {2}1 twice in the file: line 1228, /),
      expect.stringMatching(/^ {2}1 without a UAI code, or with one whose key letter is wrong: line 1225, 0/),
      expect.stringMatching(/^ {2}1 without a name or a town: line 1227, /),
    ]);
    expect(schools()).toHaveLength(20);
  });

  test('leaves out a row with a number or an address in its name or town, and does not repeat it', async () => {
    const report = await run(
      directoryCsv([
        rowOf(),
        ...['Collège Exemple 06 39 98 56 78', 'Collège Exemple lea.fictive@example.org'].map((name) =>
          rowOf({ Nom_etablissement: name }),
        ),
        rowOf({ Nom_commune: 'Lyon, 06.39.98.56.78' }),
        rowOf({ Nom_etablissement: 'Ecole 06 39 98 56 78', Type_etablissement: 'Ecole', code_nature: '151' }),
      ]),
    );
    expect(report).toMatch(
      / {2}3 with what looks like personal data in its name or town \(article 7\): line 3, /,
    );
    expect(report).not.toMatch(/56.78|fictive@/);
    expect(readFileSync(target, 'utf8')).not.toMatch(/56.78|fictive@/);
    expect(schools()).toHaveLength(1);
  });

  test('keeps schools that are called after people and days', async () => {
    const names = [
      'Collège Marie et Pierre Curie',
      'Lycée Madame de Staël',
      'Collège du 8 mai 1945',
      'Lycée professionnel Jean Moulin - 2e site',
      'Collège Docteur Léonce Exemple',
      'Lycée Notre-Dame, 14 rue des Exemples',
    ];
    const rows = names.map((name, i) =>
      directoryRow(some[i] ?? aSchool(), { Nom_etablissement: name, code_nature: '340' }),
    );
    await run(directoryCsv(rows));
    expect(
      schools()
        .map((s) => s.name)
        .sort(),
    ).toEqual(names.sort());
  });

  test('of 15,000 schools is imported in seconds', async () => {
    const rows = manySchools(15_000).map((s) => directoryRow(s));
    const path = write(directoryCsv(rows));
    const seen: [number, number][] = [];
    const onProgress = (done: number, of: number) => seen.push([done, of]);
    const start = performance.now();
    await importSchools(path, target, calendar.academies, { dryRun: false, onProgress });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const size = statSync(path).size;
    process.stdout.write(`15,000 schools, ${(size / 1e6).toFixed(1)} MB, imported in ${seconds} s\n`);
    expect(schools()).toHaveLength(15_000);
    expect(Number(seconds)).toBeLessThan(20);
    expect(seen.at(-1)).toEqual([size, size]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
    expect(statSync(target).size).toBeLessThan(2.5e6);
  }, 60_000);
});

describe('a row of the directory', () => {
  test.each([
    ['075', '75', '01'],
    ['001', '01', '10'],
    ['057', '57', '12'],
    ['02A', '2A', '27'],
    ['02b', '2B', '27'],
    ['974', '974', '28'],
    ['978', '978', '32'],
    ['75', '75', '01'],
  ])('of the département %s is in %s, académie %s', async (code, departement, academie) => {
    expect(await read({ Code_departement: code })).toMatchObject({ departement, academie });
  });

  test('without a département is in that of its code, in the académie it names', async () => {
    const found = await read({ Code_departement: '', Libelle_academie: 'LYON' });
    expect(found).toMatchObject({ departement: '69', academie: '10' });
  });

  test.each([
    ['340', 'Collège', 'Collège Exemple', 'college'],
    ['352', 'Collège', 'Collège Exemple', 'college'],
    ['300', 'Lycée', 'Lycée Exemple', 'lycee-gt'],
    ['302', 'Lycée', 'Lycée Exemple', 'lycee-gt'],
    ['306', 'Lycée', 'Lycée Exemple', 'lycee-polyvalent'],
    ['320', 'Lycée', 'Lycée Exemple', 'lycee-pro'],
    ['370', 'EREA', 'EREA Exemple', 'erea'],
    ['', 'Collège', 'Collège Exemple', 'college'],
    ['', 'Lycée', 'Lycée professionnel Exemple', 'lycee-pro'],
    ['', 'Lycée', 'Lycée polyvalent Exemple', 'lycee-polyvalent'],
    ['', 'Lycée', 'Lycée Exemple', 'lycee-gt'],
    ['', 'EREA', 'EREA Exemple', 'erea'],
    // The nature says nothing of some, and is another one than the type of others: the type decides.
    ['349', 'Collège', 'Etablissement de réinsertion', 'college'],
    ['151', 'Collège', 'Collège Exemple', 'college'],
    ['340', 'Lycée', 'Lycée professionnel Exemple', 'lycee-pro'],
    ['332', 'Lycée', 'Ecole Exemple', 'lycee-pro'],
    ['999', 'Lycée', 'Lycée polyvalent Exemple', 'lycee-polyvalent'],
  ])('with the nature "%s", a %s called %s, is a %s', async (nature, type, name, kind) => {
    const row = { code_nature: nature, Type_etablissement: type, Nom_etablissement: name };
    expect(await read(row)).toMatchObject({ kind, name });
  });

  test.each([
    ['', 'Ecole', 'Ecole maternelle'],
    ['', 'Service Administratif', 'Rectorat'],
    ['815', 'Service Administratif', 'Rectorat'],
    ['600', 'Information et orientation', 'CIO'],
    ['340', 'Ecole', 'Ecole Exemple'],
  ])('with the nature "%s", a %s called %s, is none', async (nature, type, name) => {
    const row = { code_nature: nature, Type_etablissement: type, Nom_etablissement: name };
    await expect(read(row)).rejects.toThrow(/has no collège or lycée that is open.*\nLeft out of 1 rows/);
  });

  // Rows of the directory (fr-en-annuaire-education, Licence Ouverte): lycées of all natures that are open.
  test.each([
    ['9840369D', '344', "Centre d'éducation aux technologies appropriées de Rangiroa", '987', 'lycee-pro'],
    ['0753825A', '312', 'Lycée privé Morvan', '075', 'lycee-gt'],
    ['0442286W', '315', 'Lycée expérimental de Saint-Nazaire', '044', 'lycee-gt'],
    ['0331683A', '307', 'Lycée agricole de Bazas Terres de Gascogne', '033', 'lycee-polyvalent'],
    ['0300139N', '307', 'Lycée général, technologique et professionnel agricole', '030', 'lycee-polyvalent'],
    ['0770930T', '300', 'Lycée Henri Moissan', '077', 'lycee-gt'],
  ])('%s, a lycée of the nature %s called %s, is kept', async (uai, nature, name, departement, kind) => {
    const found = await read({
      Identifiant_de_l_etablissement: uai,
      code_nature: nature,
      Type_etablissement: 'Lycée',
      Nom_etablissement: name,
      Code_departement: departement,
      // One of them is an annexe of another school, and no section.
      etablissement_mere: nature === '315' ? '0440069L' : '',
    });
    expect(found).toMatchObject({ uai, name, kind });
  });

  describe('of a section', () => {
    const mother = {
      Identifiant_de_l_etablissement: '0932129J',
      code_nature: '306',
      Type_etablissement: 'Lycée',
    };
    const section = { Type_etablissement: 'Lycée', code_nature: '334', etablissement_mere: '0932129J' };
    const rows = (...all: DirectoryRow[]) => run(directoryCsv(all.map((row) => rowOf(row))));
    const codes = () => schools().map((s) => s.uai);

    test('is left out when its school is in the file, before it or after it', async () => {
      const before = { ...section, Identifiant_de_l_etablissement: '0931388D' };
      const after = { ...section, Identifiant_de_l_etablissement: '0352462L', code_nature: '390' };
      const report = await rows(before, mother, after);
      expect(codes()).toEqual(['0932129J']);
      expect(report).toMatch(
        /2 a section of a school that has its own row: line 2, 0931388D, .*; line 4, 03/,
      );
    });

    // 9760380J is not in the directory.
    test.each([
      ['is not in it', { etablissement_mere: '9760380J' }],
      ['is not named', { etablissement_mere: '' }],
      ['is the section itself', { etablissement_mere: '9760382L' }],
    ])('is kept when its school %s', async (_, row) => {
      await rows({ ...section, Identifiant_de_l_etablissement: '9760382L', ...row }, mother);
      expect(codes()).toEqual(['0932129J', '9760382L']);
      expect(schools()[1]).toMatchObject({ kind: 'lycee-pro' });
    });

    test.each([
      ['closed', { etat: 'FERME' }],
      ['no lycée', { Type_etablissement: 'Ecole' }],
    ])('is kept when its school is in it and %s', async (_, row) => {
      const report = await rows(
        { ...section, Identifiant_de_l_etablissement: '0931388D' },
        { ...mother, ...row },
      );
      expect(codes()).toEqual(['0931388D']);
      expect(report).not.toContain('a section of');
    });

    test('is none of an annexe, which is kept beside its school', async () => {
      const annexe = { ...section, code_nature: '315', Nom_etablissement: 'Lycée expérimental Exemple' };
      await rows(mother, { ...annexe, Identifiant_de_l_etablissement: '0442286W' });
      expect(codes()).toEqual(['0442286W', '0932129J']);
    });

    test('is known by its name when the directory gives no nature', async () => {
      const sep = { ...section, code_nature: '', Identifiant_de_l_etablissement: '0931388D' };
      await rows(mother, { ...sep, Nom_etablissement: 'SEP du lycée Exemple' });
      expect(codes()).toEqual(['0932129J']);
    });
  });

  test.each([
    ['FERME', 'closed, or not open yet'],
    ['A OUVRIR', 'closed, or not open yet'],
    ['', 'of which the directory does not say whether it is open'],
    ['EN TRAVAUX', 'of which the directory does not say whether it is open'],
  ])('in the state "%s" is left out: %s', async (etat, reason) => {
    await expect(read({ etat })).rejects.toThrow(`\n  1 ${reason}: line 2, `);
  });

  test.each([
    ['Lyon 3e  Arrondissement', '69003', 'Lyon 3e'],
    ['Paris 1er Arrondissement', '75001', 'Paris 1er'],
    ['Paris', '75116', 'Paris 16e'],
    ['Marseille', '13001', 'Marseille 1er'],
    ['LYON', '69009', 'LYON 9e'],
    ['Lyon', '69200', 'Lyon'],
    ['Bron', '69500', 'Bron'],
    [' Saint-Denis \n', '93200', 'Saint-Denis'],
  ])('of %j with the postcode %s is in %s', async (text, postcode, town) => {
    expect(await read({ Nom_commune: text, Code_postal: postcode })).toMatchObject({ town, postcode });
  });

  test('that a spreadsheet saved gets its leading zeros back', async () => {
    expect(await read({ Code_postal: '1000', Code_departement: '1' })).toMatchObject({
      postcode: '01000',
      departement: '01',
    });
  });

  test.each([
    ['REP', { priority: 'REP' }],
    ['REP+', { priority: 'REP+' }],
    ['REP +', { priority: 'REP+' }],
  ])('with %s is of priority education', async (text, expected) => {
    expect(await read({ Appartenance_Education_Prioritaire: text })).toMatchObject(expected);
  });

  test('is of no priority education, private or public, as it says', async () => {
    expect(await read({ Appartenance_Education_Prioritaire: '-' })).not.toHaveProperty('priority');
    expect(await read({ Statut_public_prive: 'Privé' })).toMatchObject({ sector: 'private' });
    expect(await read({ Statut_public_prive: 'Public' })).toMatchObject({ sector: 'public' });
    expect(await read({ etat: 'A FERMER' })).toBeDefined();
    expect(await read({ Identifiant_de_l_etablissement: aSchool().uai.toLowerCase() })).toMatchObject({
      uai: aSchool().uai,
    });
  });

  test('may have quotes, semicolons and line ends in its texts', async () => {
    const name = 'Collège "Exemple"; annexe\ndu Parc';
    expect(await read({ Nom_etablissement: name, Adresse_1: 'a\nb;"c"' })).toMatchObject({
      name: 'Collège "Exemple"; annexe du Parc',
    });
  });
});

describe('a directory that is refused', () => {
  const csv = directoryCsv([rowOf()]);
  test.each([
    [
      'without some of the columns',
      directoryCsv([rowOf()], ['etat', 'Code_postal']),
      /has no column "Code_postal", "etat"; it starts with "Identifiant_de_l_etablissement", .*Download the directory/,
    ],
    ['that is a web page', '\n <html>', /is a web page/],
    ['that is empty', '', /is empty/],
    ['separated by commas', csv.replaceAll(';', ','), /has no column .*separated by semicolons/],
    [
      'with its last row cut short, as of a download that broke off',
      csv + (csv.split('\n')[1] ?? '').split(';').slice(0, 20).join(';'),
      /is not whole: its last row, line 3, is cut: it has 20 cells, and the header 72\. Download/,
    ],
    [
      'with a column about pupils or teachers besides',
      csv.replace('\n', ';Prenom_eleve;Professeur\n').replace(/\n$/, ';Zélie;Mme Exemple\n'),
      /is refused, nothing of it is read: its columns "Prenom_eleve", "Professeur" hold personal data/,
    ],
    ['with a quote that is never closed', `${csv}"${'x;\n'.repeat(60_000)}`, /directory\.csv: .*Download/],
    [
      'with nothing but its header',
      `${csv.split('\n')[0]}\n`,
      /has no collège or lycée that is open: nothing is imported/,
    ],
  ])('%s', async (_, content, said) => {
    await run(directoryCsv(some.map((s) => directoryRow(s))));
    const before = readFileSync(target, 'utf8');
    await expect(run(content)).rejects.toThrow(said);
    expect(readFileSync(target, 'utf8')).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['directory.csv', 'schools.json']);
  });

  test('for changing its encoding in the middle', async () => {
    // Longer than what is looked at to tell the encoding.
    const rows = some.map((s) => directoryRow(s, { Adresse_1: 'é'.repeat(5000) }));
    const utf8 = Buffer.from(directoryCsv(rows));
    const latin1 = Buffer.from(
      `${directoryCsv([rowOf({ Nom_commune: 'Bézier' })]).split('\n')[1]}\n`,
      'latin1',
    );
    await expect(run(Buffer.concat([utf8, latin1]))).rejects.toThrow(
      /is UTF-8 at first and something else after/,
    );
  });
});

test.each([
  ['fewer', 'x;y;z'],
  ['more', `${';'.repeat(90)}06 39 98 56 78`],
])('a row with %s cells than the header is left out, and the others are read', async (_, row) => {
  const [header = '', first = '', ...more] = directoryCsv(some.map((s) => directoryRow(s))).split('\n');
  const report = await run([header, first, row, ...more].join('\n'));
  expect(report.split('\n').slice(1)).toEqual([
    'Left out of 201 rows:',
    '  1 with fewer or more cells than the header: line 3',
  ]);
  expect(schools()).toHaveLength(200);
});

test('a directory without the columns of priority education and of sections is read, and they are named', async () => {
  const without = ['Appartenance_Education_Prioritaire', 'etablissement_mere'];
  const report = await run(directoryCsv([rowOf({ code_nature: '334' })], without));
  expect(report).toContain(
    '\nThe file has no column "Appartenance_Education_Prioritaire", "etablissement_mere": what it says is not',
  );
  expect(schools()).toHaveLength(1);
});

test('a directory without BOM, with lower-case columns, in Windows-1252, is read as well', async () => {
  const [header = '', ...lines] = directoryCsv(some.map((s) => directoryRow(s)))
    .slice(1)
    .split('\n');
  const text = [header.toLowerCase(), ...lines].join('\r\n').replaceAll('Œ', 'OE').replaceAll('œ', 'oe');
  await run(Buffer.from(text, 'latin1'));
  expect(schools().map((s) => s.town)).toEqual(
    some.toSorted((a, b) => (a.uai < b.uai ? -1 : 1)).map((s) => s.town),
  );
});
