import type { Kind } from '../action.js';
import type { MessageHours } from '../calendar/working-hours.js';
import type { Day } from '../days.js';
import type { DeskLimits } from '../engagements/desk.js';
import type { HalfDayLimits } from '../engagements/matching.js';
import type { HoursLimits } from '../placements/hours.js';

/** Where one programme year ends and the next begins (article 2 only says "a year"). */
export type YearMode = 'school' | 'civil' | 'anniversary';

/** A target and the day it takes effect; an amendment adds one (article 8). */
export interface Target {
  readonly from: Day;
  readonly value: number;
}

export type Measure = 'employees' | 'actions' | 'pupils' | 'places';

/** Something the company has committed to, with or without a number. */
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

/** The convention a company keeps, as defined in `convention.json`. */
export interface Convention {
  /** Changes whenever something placements are checked against does: the hours, the maximum number of places. */
  readonly version: string;
  readonly company: string;
  readonly signedOn?: Day;
  readonly durationYears: number;
  readonly yearMode: YearMode;
  readonly commitments: readonly Commitment[];
  readonly sites: readonly Site[];
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

/**
 * The commitment to mobilise employees, which the bot's headings show (article 2). `readConvention` makes sure that
 * there is one.
 */
export function mainCommitment({ commitments }: Pick<Convention, 'commitments'>): Commitment {
  const found = commitments.find((c) => c.measure === 'employees' && c.targets.length > 0);
  if (!found) throw new Error('The convention has no commitment that counts employees with a target.');
  return found;
}
