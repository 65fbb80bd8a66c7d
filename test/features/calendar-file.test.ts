import ICAL from 'ical.js';
import type { Action, Engagement, HistoryRow } from '../../src/domain/action.js';
import type { Services } from '../../src/features/feature.js';
import { outlookUrl } from '../../src/features/reminders/calendar-entry.js';
import { makeCalendarFile } from '../../src/features/reminders/calendar-file.js';
import type { MadeFile } from '../../src/features/shared/files.js';
import type { Link } from '../../src/records.js';
import { openSchools } from '../../src/reference/schools/school-list.js';
import { textIn } from '../../src/text/text.js';
import { aConvention, anAction, anEngagement, aPlacement, calendar } from '../support/builders.js';
import { createMemoryStore } from '../support/memory-store.js';

const now = '2026-11-23T08:00:00.000Z';

interface Stored {
  readonly action: Action;
  readonly engagement?: Partial<Engagement>;
  readonly history?: readonly Partial<HistoryRow>[];
  /** Inès is not stored any more. */
  readonly gone?: boolean;
}

/** The file that a link of Inès gives. */
async function make({
  action,
  engagement = {},
  history = [],
  gone = false,
}: Stored): Promise<MadeFile | undefined> {
  const store = createMemoryStore();
  const own = { ...anEngagement(action, 'ines', 'approved'), ...engagement };
  await store.transact(async (tx) => {
    if (!gone) await tx.put('people', { id: 'ines', teamsId: '29:ines', lang: 'fr' });
    await tx.put('actions', action);
    await tx.put('engagements', own);
    for (const [i, row] of history.entries())
      await tx.add('history', {
        id: `row-${i}`,
        actionId: action.id,
        engagementId: own.id,
        move: 'move',
        from: 'pending',
        to: 'approved',
        by: 'ines',
        at: now,
        ...row,
      });
  });
  const services = {
    store,
    convention: aConvention(),
    calendar,
    schools: openSchools('data/schools.json'),
    textIn,
    clock: { now: () => now },
  } as unknown as Services;
  const link: Link = {
    id: 'token',
    file: 'reminders.calendar',
    personId: 'ines',
    about: action.id,
    expiresAt: now,
  };
  return makeCalendarFile(link, services);
}

/** What a calendar reads in a file; throws for one that is not as RFC 5545 has it. */
function read(file: MadeFile | undefined) {
  const text = String(file?.content);
  const component = new ICAL.Component(ICAL.parse(text));
  const zone = component.getFirstSubcomponent('vtimezone');
  if (zone) ICAL.TimezoneService.register(zone);
  const events = component.getAllSubcomponents('vevent');
  const [vevent] = events;
  if (!vevent) throw new Error('there is no event');
  const event = new ICAL.Event(vevent, { strictExceptions: true });
  const iterator = event.iterator();
  const times: string[] = [];
  for (let next = iterator.next(); next && times.length < 50; next = iterator.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    const show = (time: ICAL.Time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
    times.push(`${show(startDate)} ${show(endDate)}`.replaceAll(':00.000Z', 'Z'));
  }
  ICAL.TimezoneService.reset();
  return {
    text,
    count: events.length,
    method: component.getFirstPropertyValue('method'),
    status: vevent.getFirstPropertyValue('status'),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    stamp: String(vevent.getFirstPropertyValue('dtstamp')),
    organizer: event.organizer,
    times,
  };
}
const entry = async (stored: Stored) => read(await make(stored));

it('one talk is one entry at its hours in Paris, which are the same moment in every zone', async () => {
  const winter = await entry({ action: anAction({ firstDay: '2026-12-08' }) });
  expect(winter).toMatchObject({
    count: 1,
    method: 'PUBLISH',
    status: 'CONFIRMED',
    sequence: 0,
    summary: 'Intervention en classe, 4e',
    location: 'Collège Jean-Fictif',
    stamp: '2026-11-23T08:00:00Z',
    times: ['2026-12-08T09:00Z 2026-12-08T10:00Z'],
  });
  const summer = await entry({ action: anAction({ firstDay: '2027-06-08' }) });
  expect(summer.times).toEqual(['2027-06-08T08:00Z 2027-06-08T09:00Z']);
});

it.each([
  [
    'a day without hours, the whole day',
    { firstDay: '2026-12-08', lastDay: '2026-12-08' },
    ['2026-12-08 2026-12-09'],
  ],
  [
    'a whole week',
    {},
    [
      '2027-01-18 2027-01-19',
      '2027-01-19 2027-01-20',
      '2027-01-20 2027-01-21',
      '2027-01-21 2027-01-22',
      '2027-01-22 2027-01-23',
    ],
  ],
  [
    'weekdays of two weeks',
    { weekdays: [1, 4], lastDay: '2027-01-28' },
    ['2027-01-18 2027-01-19', '2027-01-21 2027-01-22', '2027-01-25 2027-01-26', '2027-01-28 2027-01-29'],
  ],
  [
    'the first of these weekdays after the first day',
    { weekdays: [3, 5] },
    ['2027-01-20 2027-01-21', '2027-01-22 2027-01-23'],
  ],
])('a placement: %s', async (_, more, times) => {
  expect((await entry({ action: aPlacement(more) })).times).toEqual(times);
});

it('the days of a placement keep their hours over a change of clocks', async () => {
  const dates = { firstDay: '2027-03-25', lastDay: '2027-03-30', weekdays: [2, 4] };
  const { times } = await entry({
    action: aPlacement({ ...dates, hours: { from: '09:00', until: '16:30' } }),
  });
  expect(times).toEqual(['2027-03-25T08:00Z 2027-03-25T15:30Z', '2027-03-30T07:00Z 2027-03-30T14:30Z']);
});

it('public holidays, bridges and school holidays of all its schools are no days of a placement', async () => {
  const may = { firstDay: '2027-05-03', lastDay: '2027-05-07' };
  const hours = { from: '09:00', until: '16:00' } as const;
  const ascension = await entry({ action: aPlacement({ ...may, hours }) });
  expect(ascension.times.map((time) => time.slice(0, 10))).toEqual([
    '2027-05-03',
    '2027-05-04',
    '2027-05-05',
  ]);
  const winter = { kind: 'placement-prepa-metiers', firstDay: '2027-02-08', lastDay: '2027-03-05' } as const;
  const cut = await entry({ action: aPlacement({ ...winter, academies: ['10'] }) });
  expect(cut.times.map((time) => time.slice(0, 10))).toEqual([
    ...['2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12'],
    ...['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-05'],
  ]);
});

it('an update has the same UID and a higher number; so has a cancellation', async () => {
  const action = anAction();
  const first = await entry({ action });
  const moved = await entry({
    action: { ...action, firstDay: '2026-12-10', lastDay: '2026-12-10', revision: 1 },
  });
  expect(moved).toMatchObject({ uid: first.uid, sequence: 1, method: 'PUBLISH' });
  const cancelled = await entry({ action: { ...action, state: 'cancelled', revision: 1 } });
  expect(cancelled).toMatchObject({ uid: first.uid, sequence: 2, method: 'CANCEL', status: 'CANCELLED' });
});

it('whoever withdraws gets a cancellation, and whoever comes back an entry that is newer still', async () => {
  const action = anAction();
  const left = { from: 'approved', to: 'withdrawn' };
  const gone = await entry({ action, engagement: { state: 'withdrawn' }, history: [{}, left] });
  expect(gone).toMatchObject({ sequence: 1, method: 'CANCEL' });
  const back = await entry({ action, history: [{}, left, {}] });
  expect(back).toMatchObject({ sequence: 1, method: 'PUBLISH', uid: gone.uid });
  const again = await entry({ action, engagement: { state: 'withdrawn' }, history: [{}, left, {}, left] });
  expect(again).toMatchObject({ sequence: 2, method: 'CANCEL' });
});

it('what took place stays an entry', async () => {
  const held = { ...anAction(), state: 'held' } as const;
  const history = [{ from: 'approved', to: 'attended' }];
  expect(await entry({ action: held, engagement: { state: 'attended' }, history })).toMatchObject({
    method: 'PUBLISH',
    sequence: 0,
  });
});

it('the file has what RFC 5545 and RFC 5546 ask for, whatever is in a name', async () => {
  const school = 'Lycée ; Jean, Fictif\\ “🎓”\nBEGIN:VEVENT'.padEnd(110, 'é');
  const { text, location, organizer, uid } = await entry({ action: anAction({ school }) });
  expect(location).toBe(school);
  expect(organizer).toBe('mailto:passerelle@passerelle.invalid');
  expect(uid).toMatch(/^[\w-]+@passerelle$/);
  const lines = text.split('\r\n');
  expect(lines.at(-1)).toBe('');
  expect(lines.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))).toEqual([]);
  const names = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:PUBLISH', 'BEGIN:VTIMEZONE', 'END:VCALENDAR'];
  expect(lines).toEqual(expect.arrayContaining(names));
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
});

it('nobody gets an entry of what has no day yet', async () => {
  expect(await make({ action: anAction({ halfDays: ['am'] }) })).toBeUndefined();
});

it('nobody gets an entry of somebody who is not stored any more', async () => {
  expect(await make({ action: anAction() })).toBeDefined();
  expect(await make({ action: anAction(), gone: true })).toBeUndefined();
});

describe('the link to Outlook', () => {
  const common = { title: 'Forum, 3e', place: 'Lycée A & B', text: 'Un\nDeux + trois' };
  const fieldsOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

  it('fills in a day with its hours, as one moment', () => {
    const url = outlookUrl({ ...common, days: ['2027-06-08'], hours: { from: '10:00', until: '11:30' } });
    expect(url).toMatch(/^https:\/\/outlook\.office\.com\/calendar\/deeplink\/compose\?path=/);
    expect(url).not.toContain('+');
    expect(fieldsOf(url)).toEqual({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: common.title,
      location: common.place,
      body: common.text,
      startdt: '2027-06-08T08:00:00Z',
      enddt: '2027-06-08T09:30:00Z',
    });
  });

  it.each([
    ['a day without hours', ['2027-01-18'], '2027-01-19'],
    ['several days', ['2027-01-18', '2027-01-22'], '2027-01-23'],
  ])('fills in %s as whole days', (_, days, enddt) => {
    const fields = fieldsOf(outlookUrl({ ...common, days, hours: undefined }));
    expect(fields).toMatchObject({ startdt: '2027-01-18', enddt, allday: 'true' });
  });
});
