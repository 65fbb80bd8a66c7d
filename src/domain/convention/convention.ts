import type { Action, Kind } from '../action.js';
import type { MessageHours } from '../calendar/working-hours.js';
import type { Day } from '../days.js';
import type { DeskLimits } from '../engagements/desk.js';
import type { HalfDayLimits } from '../engagements/matching.js';
import type { HoursLimits } from '../placements/hours.js';
import { findInForce } from './in-force.js';
import type { RegionalCoordinator } from './regional.js';

/** Where one programme year ends and the next begins (article 2 only says "a year"). */
export type YearMode = 'school' | 'civil' | 'anniversary';

/** A target and the day it takes effect; an amendment adds one (article 8). */
export interface Target {
  readonly from: Day;
  readonly value: number;
  /** The number of the amendment that has set it; absent from the convention's own. */
  readonly amendment?: number;
}

/** The kinds that an amendment makes count from a day on (article 8). */
export interface KindChange {
  readonly from: Day;
  readonly kinds: readonly Kind[];
  readonly amendment: number;
}

export type Measure = 'employees' | 'actions' | 'pupils' | 'places';

/** Something the company has committed to, with or without a number. */
export interface Commitment {
  readonly id: string;
  readonly article: number;
  readonly measure: Measure;
  /** The kinds that count until an amendment changes them: `kindsOn` says which count on a day. */
  readonly kinds: readonly Kind[];
  readonly kindChanges?: readonly KindChange[];
  readonly targets: readonly Target[];
}

export interface Site {
  readonly id: string;
  readonly name: string;
  /** The code of its académie, the default in the host form. */
  readonly academie: string;
}

/**
 * A field of the ministry's form (article 5), by the names that the report has for its figures and cuts: `form-field.ts`
 * there says which may go together.
 */
export interface FormField {
  /** As the form words it. */
  readonly label: string;
  readonly figure: string;
  /** Without a cut, the figure of the whole year. */
  readonly cut?: string | undefined;
  /** The rows of the cut that it asks for, as one figure; without any, each row. */
  readonly rows?: readonly string[] | undefined;
  readonly note?: string | undefined;
}

/** The convention a company keeps, as defined in `convention.json` and changed by what the records say of it. */
export interface Convention {
  /** Changes whenever something placements are checked against does: the hours, the maximum number of places. */
  readonly version: string;
  readonly company: string;
  /** Whom employees ask about their data: an office and an address, as it is shown; the officer in general without it. */
  readonly dataProtectionContact?: string | undefined;
  readonly signedOn?: Day;
  readonly durationYears: number;
  /** How many months before the end the ministry is told of it (article 8). */
  readonly noticeMonths: number;
  /** When the steering committee meets: on the first such weekday (1 Monday) of a month (article 5). */
  readonly committee: { readonly month: number; readonly weekday: number };
  readonly yearMode: YearMode;
  readonly commitments: readonly Commitment[];
  readonly sites: readonly Site[];
  /** Who gets the card of each month of an académie or a région académique. */
  readonly regionalCoordinators: readonly RegionalCoordinator[];
  /** The ministry's form, in its order. */
  readonly form: readonly FormField[];
  /** The language of posts in channels. */
  readonly channelLanguage: 'fr' | 'en';
  readonly ownOfferApproval: boolean;
  readonly weekly: { readonly weekday: number; readonly time: string };
  /** Requests that have waited longer than this many days are listed in the weekly message. */
  readonly lateAfterDays: number;
  readonly desk: DeskLimits;
  readonly maxPlaces: number;
  readonly maxSeats: number;
  readonly maxPupils: number;
  /** The most offers of one person that may wait for an answer or a change. */
  readonly maxOpenOffers: number;
  readonly hours: HoursLimits;
  /**
   * The maximum age in minutes of what Teams said about the coordinators' team: for changing something, and for
   * reading while Teams does not answer.
   */
  readonly roster: { readonly changeMinutes: number; readonly readMinutes: number };
  readonly messageHours: MessageHours;
  /** The number of days before a placement at which its agreements are due, as the host form says. */
  readonly agreementDaysBefore: number;
  /** The numbers of days before a placement at which missing agreements are reminded of. */
  readonly agreementReminders: readonly number[];
  /** The numbers of days before the steering committee at which coordinators are reminded of it. */
  readonly committeeReminders: readonly number[];
  /** When they are reminded of telling the ministry: so many months before the end, and days before it must be told. */
  readonly noticeReminders: { readonly months: number; readonly days: readonly number[] };
  /** How many working days people have to confirm that they come after a session has changed. */
  readonly confirmDays: number;
  /** A seat given back so many hours before its session, or fewer, is urgent. */
  readonly urgentHours: number;
  /**
   * The number of days without an answer after which the question after the day is asked once more, and after as many
   * again the coordinators are told.
   */
  readonly outcomeReminderDays: number;
  /** How many working days people have to answer an invitation to a session. */
  readonly invitationDays: number;
  /** How many weeks before an event of article 4 its campaign is proposed. */
  readonly campaignWeeks: number;
  /** Figures of fewer pupils do not leave the company. */
  readonly minPupilsShown: number;
  /** Which hours are a morning's or an afternoon's. */
  readonly halfDays: HalfDayLimits;
}

/** The kinds that count for a commitment on a day: those of the latest amendment in force, or the convention's own. */
export const kindsOn = ({ kinds, kindChanges = [] }: Commitment, day: Day): readonly Kind[] =>
  findInForce(kindChanges, day)?.kinds ?? kinds;

/** Whether an action counts for a commitment: its kind does on its first day. */
export const countsFor = (
  commitment: Commitment,
  { kind, firstDay }: Pick<Action, 'kind' | 'firstDay'>,
): boolean => kindsOn(commitment, firstDay).includes(kind);

/**
 * The commitment to mobilise employees, which the bot's headings show (article 2). `readConvention` makes sure that
 * there is one; an amendment gives it another target, but makes no other commitment the main one.
 */
export function mainCommitment({ commitments }: Pick<Convention, 'commitments'>): Commitment {
  const found = commitments.find(
    ({ measure, targets }) => measure === 'employees' && targets.some((t) => t.amendment === undefined),
  );
  if (!found) throw new Error('The convention has no commitment that counts employees with a target.');
  return found;
}
