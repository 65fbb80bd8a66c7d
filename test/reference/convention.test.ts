import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conventionEnd, upcomingDeadlines } from '../../src/domain/convention/deadlines.js';
import { findTarget, programmeYear } from '../../src/domain/convention/programme-year.js';
import { readConvention } from '../../src/reference/convention.js';
import { coordination, findAction, hugo, ines, startBot, textOf } from '../support/bot.js';
import { calendar } from '../support/builders.js';

const { academies } = calendar;
const read = (file: string) => readConvention(file, academies);
const civil = 'test/fixtures/convention-civil.json';
const anniversary = 'test/fixtures/convention-anniversary.json';
const targetOn = (file: string, day: string) => {
  const convention = read(file);
  const [main] = convention.commitments;
  return main && findTarget(main, programmeYear(day, convention));
};

describe('the convention that ships', () => {
  test('asks for ten employees a school year, of every kind of articles 2 and 3', () => {
    const convention = read('convention.json');
    expect(convention).toMatchObject({ company: 'Microsoft France', yearMode: 'school', durationYears: 3 });
    expect(targetOn('convention.json', '2026-11-23')).toBe(10);
    expect(convention.commitments[0]?.kinds).toHaveLength(7);
  });

  test('has no date of signature: nothing is said of its end', () => {
    const convention = read('convention.json');
    expect(convention).not.toHaveProperty('signedOn');
    expect(upcomingDeadlines(convention, '2027-07-06').map(({ kind }) => kind)).toEqual(['committee']);
  });
});

describe('the convention of another company', () => {
  test('counts civil years, with an amendment in force on the last day of the year', () => {
    expect(read(civil)).toMatchObject({
      company: 'Ateliers Spécimen',
      yearMode: 'civil',
      channelLanguage: 'en',
      ownOfferApproval: true,
      weekly: { weekday: 3, time: '08:30' },
      sites: [{ id: 'brest' }],
      maxPlaces: 8,
      agreementDaysBefore: 21,
    });
    expect(read(civil).retentionYears).toBe(3);
    expect(read(civil).roster).toEqual({ changeMinutes: 2, readMinutes: 60 });
    expect([targetOn(civil, '2025-12-31'), targetOn(civil, '2026-01-01')]).toEqual([4, 6]);
  });

  test('counts years from its signature, and ends on the eve of an anniversary', () => {
    const convention = read(anniversary);
    expect(programmeYear('2026-08-30', convention).firstDay).toBe('2025-08-31');
    expect(programmeYear('2026-08-31', convention).firstDay).toBe('2026-08-31');
    expect(conventionEnd(convention.signedOn ?? '', convention.durationYears)).toBe('2027-08-30');
    expect(targetOn(anniversary, '2026-11-23')).toBe(25);
  });

  test('is the one that the bot speaks of', async () => {
    const bot = await startBot({ env: { CONVENTION_FILE: civil } });
    try {
      expect(textOf(await bot.say(ines, 'aide'))).toContain('Ateliers Spécimen');
      const progress = textOf(await bot.say(ines, 'progression'));
      expect(progress).toContain('sur 6');
      expect(progress).toMatch(/année 2026 ·/i);
      expect(progress).toContain('sur 12');
      const [form] = await bot.say(ines, 'accueillir');
      expect(textOf(form)).toContain('Places (1 à 8)');
      // One site is no choice.
      expect(JSON.stringify(form)).not.toContain('Brest');
      expect(findAction(form, 'host.submit')).toBeDefined();
      await bot.setUp([hugo]);
      const channel = await bot.app.services.store.read((r) => r.get('channels', 'coordinators'));
      expect(channel).toMatchObject({ conversationId: coordination, lang: 'en' });
    } finally {
      await bot.close();
    }
  });
});

describe('a convention with faults', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-convention-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  type Json = Record<string, unknown>;
  const row = (of: unknown, name: string, at: number) => ((of as Json)[name] as Json[])[at] as Json;
  /** What is said of the civil convention once it is changed so. */
  const faultOf = (change: (c: Json) => void): string => {
    const convention = JSON.parse(readFileSync(civil, 'utf8')) as Json;
    change(convention);
    const file = join(folder, 'convention.json');
    writeFileSync(file, JSON.stringify(convention));
    try {
      read(file);
    } catch (error) {
      return (error as Error).message;
    }
    return 'no fault';
  };

  const faults: readonly (readonly [string, (c: Json) => void, RegExp])[] = [
    ['no company', (c) => delete c.company, /^ {2}company: /m],
    ['an empty company', (c) => Object.assign(c, { company: '' }), /^ {2}company: /m],
    ['no date of signature at all', (c) => delete c.signedOn, /^ {2}signedOn: /m],
    [
      'a date written in French',
      (c) => Object.assign(c, { signedOn: '17/03/2025' }),
      /^ {2}signedOn: .*YYYY-MM-DD/m,
    ],
    ['a day that does not exist', (c) => Object.assign(c, { signedOn: '2025-02-30' }), /^ {2}signedOn: /m],
    ['a duration in words', (c) => Object.assign(c, { durationYears: '3' }), /^ {2}durationYears: /m],
    ['another kind of year', (c) => Object.assign(c, { year: 'fiscal' }), /^ {2}year: /m],
    ['an unknown key', (c) => Object.assign(c, { compagny: 'x' }), /"compagny"/],
    [
      'an unknown setting',
      (c) => Object.assign(c.settings as Json, { maxPlace: 1 }),
      /^ {2}settings: .*"maxPlace"/m,
    ],
    [
      'no years after which people are erased',
      (c) => Object.assign(c.settings as Json, { retentionYears: 0 }),
      /^ {2}settings\.retentionYears: /m,
    ],
    ['a setting missing', (c) => delete (c.settings as Json).maxPlaces, /^ {2}settings\.maxPlaces: /m],
    [
      'a time that is none',
      (c) => Object.assign((c.settings as Json).weekly as Json, { time: '24:00' }),
      /weekly\.time: .*HH:MM/,
    ],
    [
      'a roster too old to read before it is too old to decide',
      (c) => Object.assign(c.settings as Json, { roster: { changeMinutes: 5, readMinutes: 4 } }),
      /^ {2}settings\.roster\.readMinutes: .*changeMinutes/m,
    ],
    [
      'a target of 0',
      (c) => Object.assign(row(row(c, 'commitments', 0), 'targets', 1), { value: 0 }),
      /commitments\.0\.targets\.1\.value: /,
    ],
    [
      'an unknown kind',
      (c) => Object.assign(row(c, 'commitments', 1), { kinds: ['stage'] }),
      /commitments\.1\.kinds\.0: /,
    ],
    [
      'two sites with one id',
      (c) => (c.sites as Json[]).push(row(c, 'sites', 0)),
      /sites\.1\.id: "brest" is used twice/,
    ],
    [
      'two commitments with one id',
      (c) => Object.assign(row(c, 'commitments', 1), { id: 'people' }),
      /commitments\.1\.id: "people" is used twice/,
    ],
    ...(
      [
        ['a name for a person', { person: 'Zoé Spécimen', academie: '10' }, /0\.person: write the object id/],
        [
          'an address for a person',
          { person: 'zoe@fictif.test', academie: '10' },
          /0\.person: write the object id/,
        ],
        ['neither académie nor région', { person: 'a-1' }, /0: name either an "academie"/],
        ['both', { person: 'a-1', academie: '10', region: 'Bretagne' }, /0: name either an "academie"/],
        [
          'the name of an académie',
          { person: 'a-1', academie: 'lyon' },
          /0\.academie: "lyon" .*: write "10"/,
        ],
        ['no académie', { person: 'a-1', academie: '99' }, /0\.academie: "99" is no code/],
        ['a région without its accents', { person: 'a-1', region: 'ile de france' }, /write "Île-de-France"/],
        [
          'no région',
          { person: 'a-1', region: 'Savoie' },
          /0\.region: "Savoie" .*one of Auvergne-Rhône-Alpes/,
        ],
      ] as const
    ).map(
      ([what, named, said]) =>
        [
          `a regional coordinator with ${what}`,
          (c: Json) => Object.assign(c, { regionalCoordinators: [named] }),
          said,
        ] as const,
    ),
    [
      'a regional coordinator who is there twice',
      (c) => {
        const named = { person: 'a-1', academie: '10' };
        Object.assign(c, { regionalCoordinators: [named, { ...named, person: 'A-1' }] });
      },
      /regionalCoordinators\.1: is there twice/,
    ],
    ['no site', (c) => Object.assign(c, { sites: [] }), /^ {2}sites: /m],
    [
      'an unknown académie',
      (c) => Object.assign(row(c, 'sites', 0), { academie: '99' }),
      /sites\.0\.academie: "99"/,
    ],
    [
      'years from a signature without one',
      (c) => Object.assign(c, { year: 'anniversary', signedOn: null }),
      /^ {2}signedOn: .*signature/m,
    ],
    [
      'a reminder of telling the ministry that comes after it must be told',
      (c) => Object.assign(c.settings as Json, { noticeReminders: { months: 6, days: [3] } }),
      /^ {2}settings\.noticeReminders\.months: .*noticeMonths/m,
    ],
    [
      'a committee in a thirteenth month',
      (c) => Object.assign(c, { committee: { month: 13, weekday: 1 } }),
      /^ {2}committee\.month: /m,
    ],
    [
      'no number of employees',
      (c) => Object.assign(row(c, 'commitments', 0), { targets: [] }),
      /^ {2}commitments: .*employees/m,
    ],
  ];
  test.each(faults)('with %s is refused, by the name of the field', (_, change, said) => {
    const message = faultOf(change);
    expect(message).toContain('convention.json has 1 fault');
    expect(message).toMatch(said);
  });

  test('has all its faults told at once', () => {
    const message = faultOf((c) => Object.assign(c, { company: 1, year: 'x', sites: 'none' }));
    expect(message).toMatch(/3 fault.*\n {2}company: .*\n {2}year: .*\n {2}sites: /);
  });

  test('that is no JSON, or not there, is named', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{');
    expect(() => read(file)).toThrow(/broken\.json cannot be read as JSON/);
    writeFileSync(file, 'planted');
    expect(() => read(file)).toThrow(/broken\.json cannot be read as JSON: (?!.*planted)/);
    expect(() => read(join(folder, 'absent.json'))).toThrow(/absent\.json cannot be read/);
  });
});
