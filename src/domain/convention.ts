import { DateTime } from 'luxon';
import type { Day, Kind } from './action.js';
import type { HoursLimits } from './hours.js';

/** Where one programme year ends and the next begins (article 2 says "a year", and no more). */
export type YearMode = 'school' | 'civil' | 'anniversary';

/** A target and the day from which it is in force; an amendment adds one (article 8). */
export interface Target {
  readonly from: Day;
  readonly value: number;
}

/** What is counted towards a commitment. */
export type Measure = 'employees' | 'actions' | 'pupils' | 'places';

/** Something the company promised, with or without a number. */
export interface Commitment {
  readonly id: string;
  readonly article: number;
  readonly measure: Measure;
  readonly kinds: readonly Kind[];
  readonly targets: readonly Target[];
}

export interface Site {
  readonly id: string;
  readonly name: string;
  /** Code of the académie it lies in: what the host form starts from. */
  readonly academie: string;
}

/** The convention a company keeps, as `convention.json` says it. */
export interface Convention {
  /** Changes whenever what a placement is checked against does: the hours, the most places. */
  readonly version: string;
  readonly company: string;
  readonly signedOn?: Day;
  readonly durationYears: number;
  readonly yearMode: YearMode;
  readonly commitments: readonly Commitment[];
  readonly sites: readonly Site[];
  /** Language of what is posted in channels. */
  readonly channelLanguage: 'fr' | 'en';
  readonly ownOfferApproval: boolean;
  readonly weekly: { readonly weekday: number; readonly time: string };
  /** Requests waiting longer than this many days are named in the weekly message. */
  readonly lateAfterDays: number;
  readonly maxPlaces: number;
  readonly maxSeats: number;
  readonly maxPupils: number;
  /** One person has so many offers at most that wait for an answer or for a change. */
  readonly maxOpenOffers: number;
  readonly hours: HoursLimits;
  /**
   * How many minutes old what Teams said of the coordinators' team may be: to change something, and to read while
   * Teams does not answer.
   */
  readonly roster: { readonly changeMinutes: number; readonly readMinutes: number };
  /** The host form's agreement is due this many days before a placement starts. */
  readonly agreementDaysBefore: number;
  /** Whoever lacks signed agreements is reminded so many days before a placement starts. */
  readonly agreementReminders: readonly number[];
}

export interface ProgrammeYear {
  /** `2026-2027` (school), `2026` (civil) or `2026-09-01` (anniversary: its first day). */
  readonly id: string;
  readonly firstDay: Day;
  /** Inclusive. */
  readonly lastDay: Day;
}

const day = (iso: Day) => DateTime.fromISO(iso, { zone: 'utc' });
const iso = (d: DateTime): Day => d.toISODate() as Day;

// In UTC every day is as long, so that days are counted without a calendar: verdicts on placements do it by the
// hundred.
const dayMs = 86_400_000;
/** `n` days after (or before) a day. */
export function addDays(from: Day, n: number): Day {
  const inMonth = Number(from.slice(8)) + n;
  if (inMonth >= 1 && inMonth <= 28) return `${from.slice(0, 8)}${inMonth < 10 ? '0' : ''}${inMonth}`;
  return new Date(Date.parse(from) + n * dayMs).toISOString().slice(0, 10);
}
/** Days from `a` to `b`, negative when `b` comes first. */
export const daysBetween = (a: Day, b: Day): number => (Date.parse(b) - Date.parse(a)) / dayMs;
/** 1 Monday to 7 Sunday. */
export const weekday = (d: Day): number => new Date(d).getUTCDay() || 7;
/** The Monday of a day's week. */
export const mondayOf = (d: Day): Day => addDays(d, 1 - weekday(d));

/**
 * The programme year a day belongs to. An action belongs to the year of its first day.
 * @throws when the mode is `anniversary` and the convention has no signature date
 */
export function programmeYear(of: Day, convention: Pick<Convention, 'yearMode' | 'signedOn'>): ProgrammeYear {
  const year = Number(of.slice(0, 4));
  switch (convention.yearMode) {
    case 'civil':
      return { id: String(year), firstDay: `${year}-01-01`, lastDay: `${year}-12-31` };
    case 'school': {
      const start = of.slice(5) >= '09-01' ? year : year - 1;
      return { id: `${start}-${start + 1}`, firstDay: `${start}-09-01`, lastDay: `${start + 1}-08-31` };
    }
    case 'anniversary': {
      if (!convention.signedOn) throw new Error('A year counted from the signature needs "signedOn".');
      const signed = day(convention.signedOn);
      let n = year - signed.year;
      if (signed.plus({ years: n }) > day(of)) n -= 1;
      const first = signed.plus({ years: n });
      const next = signed.plus({ years: n + 1 });
      return { id: iso(first), firstDay: iso(first), lastDay: iso(next.minus({ days: 1 })) };
    }
  }
}

/** The commitment to mobilise employees, which the bot's headings speak of (article 2). `readConvention` checks it is there. */
export function mainCommitment({ commitments }: Pick<Convention, 'commitments'>): Commitment {
  const found = commitments.find((c) => c.measure === 'employees' && c.targets.length > 0);
  if (!found) throw new Error('The convention has no commitment that counts employees with a target.');
  return found;
}

/** The target in force on the last day of a year, or nothing when the commitment has no number (article 8). */
export function targetOf(commitment: Commitment, year: ProgrammeYear): number | undefined {
  return commitment.targets
    .filter((t) => t.from <= year.lastDay)
    .reduce<Target | undefined>((latest, t) => (!latest || t.from >= latest.from ? t : latest), undefined)
    ?.value;
}

export interface Deadline {
  readonly kind: 'committee' | 'renewal-notice' | 'end';
  readonly day: Day;
}

/** The first Monday of July (article 5). */
export function committeeDay(year: number): Day {
  const first = DateTime.utc(year, 7, 1);
  return iso(first.plus({ days: (8 - first.weekday) % 7 }));
}

/** The last day of the convention: the eve of the anniversary (article 8). */
export const conventionEnd = (signedOn: Day, durationYears: number): Day =>
  iso(day(signedOn).plus({ years: durationYears }).minus({ days: 1 }));

/** The last day to tell the ministry, six months before the end; month ends clamp (article 8). */
export const renewalNoticeDay = (signedOn: Day, durationYears: number): Day =>
  iso(day(conventionEnd(signedOn, durationYears)).minus({ months: 6 }));

/** When the company is reminded to tell the ministry: seven months before the end, then 14 and 3 days before it must. */
export const renewalReminders = (signedOn: Day, durationYears: number): Day[] => {
  const notice = renewalNoticeDay(signedOn, durationYears);
  const early = iso(day(conventionEnd(signedOn, durationYears)).minus({ months: 7 }));
  return [early, addDays(notice, -14), addDays(notice, -3)];
};

/** Calendar days to put right what a formal notice is about (article 6). */
const formalNoticeDays = 8;

/** The last day to put right what a formal notice is about; the convention lapses after it (article 6). */
export const formalNoticeEnd = (receivedOn: Day): Day => addDays(receivedOn, formalNoticeDays);

/** The first day on which a termination can take effect: six months after its receipt; month ends clamp (article 9). */
export const terminationDay = (receivedOn: Day): Day => iso(day(receivedOn).plus({ months: 6 }));

/** The next deadline of the convention on or after a day, or nothing once it has ended. */
export function nextDeadline(convention: Convention, today: Day): Deadline | undefined {
  const year = day(today).year;
  const deadlines: Deadline[] = [year, year + 1].map((y) => ({ kind: 'committee', day: committeeDay(y) }));
  const { signedOn, durationYears } = convention;
  if (signedOn) {
    deadlines.push({ kind: 'renewal-notice', day: renewalNoticeDay(signedOn, durationYears) });
    deadlines.push({ kind: 'end', day: conventionEnd(signedOn, durationYears) });
  }
  const end = signedOn ? conventionEnd(signedOn, durationYears) : '9999-12-31';
  return deadlines.filter((d) => d.day >= today && d.day <= end).sort((a, b) => (a.day < b.day ? -1 : 1))[0];
}
