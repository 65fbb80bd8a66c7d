import type { Action, Engagement, EngagementState } from '../../src/domain/action.js';
import type { Academie, Calendar } from '../../src/domain/calendar/school-calendar.js';
import type { Convention } from '../../src/domain/convention/convention.js';
import type { Entry } from '../../src/domain/registers/entry.js';
import type { Actor } from '../../src/features/feature.js';
import { readCalendar } from '../../src/reference/calendar/read-calendar.js';

const at = '2026-09-01T08:00:00.000Z';

/** A class talk, offered for one day. */
export const anAction = (overrides: Partial<Action> = {}): Action => ({
  id: 'talk',
  number: 1,
  origin: 'offer',
  kind: 'classroom-talk',
  level: '4e',
  state: 'open',
  firstDay: '2026-12-08',
  lastDay: overrides.firstDay ?? '2026-12-08',
  hours: { from: '10:00', until: '11:00' },
  academies: ['10'],
  school: 'Collège Jean-Fictif',
  seats: 1,
  createdBy: 'ines',
  createdAt: at,
  ...overrides,
});

/** An offer of places for a 3e placement, a whole week. */
export const aPlacement = (overrides: Partial<Action> = {}): Action => {
  const { hours: _, ...talk } = anAction();
  return {
    ...talk,
    id: 'placement',
    kind: 'placement-3e',
    level: '3e',
    firstDay: '2027-01-18',
    lastDay: '2027-01-22',
    places: 2,
    hosting: 'individual',
    site: 'lyon',
    ...overrides,
  };
};

export const anEngagement = (
  action: Pick<Action, 'id' | 'firstDay'>,
  employeeId: string,
  state: EngagementState = 'pending',
): Engagement => ({
  id: `${action.id}:${employeeId}`,
  actionId: action.id,
  employeeId,
  state,
  since: at,
  firstDay: action.firstDay,
});

/** A request to publish something, which nobody has answered. */
export const anEntry = (overrides: Partial<Entry> = {}): Entry => ({
  id: 'entry',
  kind: 'communication',
  state: 'requested',
  title: 'Article sur le forum des métiers',
  since: at,
  history: [],
  ...overrides,
});

/** Ten employees a school year, as in the convention that ships. */
export const aConvention = (overrides: Partial<Convention> = {}): Convention => ({
  version: 'limits',
  company: 'Société Fictive',
  durationYears: 3,
  noticeMonths: 6,
  committee: { month: 7, weekday: 1 },
  yearMode: 'school',
  commitments: [
    {
      id: 'mobilised-employees',
      article: 2,
      measure: 'employees',
      kinds: ['classroom-talk'],
      targets: [{ from: '2024-01-01', value: 10 }],
    },
  ],
  sites: [{ id: 'lyon', name: 'Lyon', academie: '10' }],
  form: [],
  regionalCoordinators: [],
  channelLanguage: 'fr',
  ownOfferApproval: false,
  weekly: { weekday: 1, time: '09:00' },
  lateAfterDays: 5,
  desk: { nearDays: 7, unansweredDays: 14 },
  maxPlaces: 30,
  maxSeats: 50,
  maxPupils: 2000,
  maxOpenOffers: 20,
  hours: {
    earliest: '06:00',
    latest: '20:00',
    perDay: 7,
    perWeek: 35,
    perWeekUnder15: 30,
    breakFrom: 4.5,
    breakMinutes: 30,
    restUnder16: 14,
    rest: 12,
  },
  roster: { changeMinutes: 2, readMinutes: 60 },
  messageHours: { from: '08:00', until: '19:00', usual: '09:00' },
  agreementDaysBefore: 14,
  agreementReminders: [14, 3],
  committeeReminders: [60, 30, 14, 3],
  noticeReminders: { months: 7, days: [14, 3] },
  confirmDays: 3,
  urgentHours: 48,
  outcomeReminderDays: 7,
  invitationDays: 3,
  campaignWeeks: 8,
  retentionYears: 3,
  minPupilsShown: 5,
  halfDays: { morningUntil: '13:00', afternoonFrom: '12:00' },
  ...overrides,
});

/** Somebody who writes to the bot in their personal chat. */
export const anActor = (id: string, overrides: Partial<Actor> = {}): Actor => ({
  id,
  teamsId: `29:${id}`,
  lang: 'fr',
  clientLang: 'fr',
  coordinator: false,
  admin: false,
  place: { conversationId: `a:${id}`, kind: 'personal' },
  ...overrides,
});

/** The calendars of `data/`. */
export const calendar: Calendar = readCalendar('data');

export function academie(name: string): Academie {
  const found = calendar.academies.find((a) => a.name === name);
  if (!found) throw new Error(`data/academies.json has no académie "${name}"`);
  return found;
}

/** What the form for a class talk sends, for one day. */
export const talkInputs = (firstDay: string) => ({
  kind: 'classroom-talk',
  level: '4e',
  firstDay,
  from: '10:00',
  until: '11:00',
  school: 'Collège Jean-Fictif',
});

/** What the form for a placement sends. */
export const placementInputs = {
  kind: 'placement-3e',
  firstDay: '2027-01-18',
  lastDay: '2027-01-22',
  hosting: 'individual',
  site: 'issy',
  academies: '25',
};
