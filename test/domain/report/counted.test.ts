import type { Action } from '../../../src/domain/action.js';
import { countAction } from '../../../src/domain/report/counted.js';
import { openSchools } from '../../../src/reference/schools/school-list.js';
import { anAction, anEngagement, aPlacement, calendar } from '../../support/builders.js';

const context = { calendar, schools: openSchools('data/schools.json') };
const held = { state: 'held', outcome: { pupils: 2, by: 'ines', at: '2026-11-20T16:00:00.000Z' } } as const;
const count = (action: Action) => countAction(action, [anEngagement(action, 'ines', 'attended')], context);

describe('an action is in one row of each cut by place', () => {
  it.each<[string, Partial<Action>, object]>([
    [
      'of the only school',
      { schools: ['0699001J'] },
      { school: '0699001J', departement: '69', academie: '10' },
    ],
    [
      'of several places for several schools',
      { schools: ['0699001J', '0579001Z'] },
      { school: 'several', departement: 'several', academie: 'several', region: 'several' },
    ],
    [
      'of the région of several académies within it',
      { schools: [], academies: ['10', '08'] },
      { school: 'unknown', academie: 'several', region: 'Auvergne-Rhône-Alpes' },
    ],
    [
      'of a school whose code is in what was typed',
      { school: 'Le collège 0699001j' },
      { school: '0699001J' },
    ],
    [
      'of a typed school, whatever its case and accents',
      { school: 'COLLÈGE  Jean Fictif' },
      { school: '~college jean fictif' },
    ],
    [
      'of the only département of an académie',
      { school: '', academies: ['01'] },
      { departement: '75', region: 'Île-de-France' },
    ],
    [
      'of what is not known',
      { school: '', academies: [] },
      { school: 'unknown', academie: 'unknown', region: 'unknown' },
    ],
    [
      'of the school that filled the places, before the one it was for',
      { schools: ['0579001Z'], filled: [{ school: '0699001J', places: 1 }] },
      { school: '0699001J', academie: '10' },
    ],
  ])('%s', (_, overrides, keys) => {
    expect(count(anAction({ school: '', ...held, ...overrides }))?.keys).toMatchObject(keys);
  });
});

describe('the days on which pupils come', () => {
  it.each<[string, Partial<Action>, number]>([
    ['are the days of a week', {}, 5],
    ['are not those of weekdays without them', { weekdays: [1, 3, 5] }, 3],
    ['are not public holidays', { firstDay: '2026-11-09', lastDay: '2026-11-13' }, 4],
    ['are not weekends', { lastDay: '2027-01-29' }, 10],
    [
      'are not the holidays of the school’s zone',
      { kind: 'placement-prepa-metiers', firstDay: '2027-02-08', lastDay: '2027-02-19', academies: ['10'] },
      5,
    ],
    [
      'leave out national holidays where there is no single school',
      { academies: [], firstDay: '2026-11-09', lastDay: '2026-11-13' },
      4,
    ],
  ])('%s', (_, overrides, days) => {
    const counted = count(aPlacement({ school: '', ...held, ...overrides }));
    expect([counted?.presenceDays, counted?.personDays]).toEqual([days, 2 * days]);
  });
});

describe('places', () => {
  it.each<[string, Partial<Action>, number]>([
    ['are filled as was entered', { ...held, filled: [{ school: '0699001J', places: 1 }] }, 1],
    ['are filled by each pupil who came, as long as nothing is entered', held, 2],
    ['are not filled beyond those offered', { ...held, places: 1 }, 1],
    ['are not filled before the day, as long as nothing is entered', {}, 0],
  ])('%s', (_, overrides, filled) => {
    const action = aPlacement(overrides);
    const engagements = [
      anEngagement(action, 'ines', held.state === overrides.state ? 'attended' : 'approved'),
    ];
    const counted = countAction(action, engagements, context);
    expect([counted?.offered, counted?.filled]).toEqual([action.places, filled]);
  });
});

describe('nothing counts', () => {
  it.each<[string, Partial<Action>, 'pending' | 'approved']>([
    ['of an offer that waits', {}, 'pending'],
    ['of what is cancelled', { state: 'cancelled' }, 'approved'],
    ['of an availability', { halfDays: ['am'] }, 'approved'],
  ])('%s', (_, overrides, state) => {
    const action = anAction(overrides);
    expect(countAction(action, [anEngagement(action, 'ines', state)], context)).toBeUndefined();
  });
});
