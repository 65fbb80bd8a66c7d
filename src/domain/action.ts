import type { Day, Instant, TimeOfDay } from './days.js';

/** The meetings with pupils of article 2 of the convention. */
export const meetingKinds = ['classroom-talk', 'careers-fair', 'company-visit', 'immersion'] as const;
/** The placements of article 3 of the convention. */
export const placementKinds = ['placement-3e', 'placement-prepa-metiers', 'placement-2de'] as const;
export const kinds = [...meetingKinds, ...placementKinds] as const;

export type PlacementKind = (typeof placementKinds)[number];
export type Kind = (typeof kinds)[number];

export const isPlacement = (kind: Kind): kind is PlacementKind =>
  (placementKinds as readonly Kind[]).includes(kind);

/** The article of the convention that an action serves. */
export const articleOf = (kind: Kind): 2 | 3 => (isPlacement(kind) ? 3 : 2);

export const levels = ['5e', '4e', '3e', '3e-prepa-metiers', '2de'] as const;
export type Level = (typeof levels)[number];

/** The level of the pupils of a placement (article 3). */
export const levelOfPlacement = {
  'placement-3e': '3e',
  'placement-prepa-metiers': '3e-prepa-metiers',
  'placement-2de': '2de',
} as const satisfies Record<PlacementKind, Level>;

export const halfDays = ['am', 'pm'] as const;
export type HalfDay = (typeof halfDays)[number];

export const hostingModes = ['individual', 'collective'] as const;
export type HostingMode = (typeof hostingModes)[number];

export type ActionState = 'open' | 'cancelled' | 'held' | 'not-held';

/** What was reported about an action after its day. */
export interface Outcome {
  /** Pupils met or hosted, counted once per action however many employees took part. */
  readonly pupils: number;
  readonly remark?: string;
  readonly by: string;
  readonly at: Instant;
  /** Who has settled it when two answers differed: it is not asked about again. */
  readonly settled?: { readonly by: string; readonly at: Instant };
}

/** A correction of what counts, by a coordinator: why, if they have said it, and what was counted before. */
export interface Corrected {
  readonly by: string;
  readonly at: Instant;
  readonly why?: string;
  readonly was: {
    readonly state: 'held' | 'not-held';
    readonly pupils: number;
    readonly places?: number;
    /** How many employees were there. */
    readonly employees: number;
  };
}

/** An answer that differs from the outcome; a coordinator decides between them. */
export interface Contradiction {
  readonly state: 'held' | 'not-held';
  readonly pupils: number;
  /** Who gave it says that it took place without them. */
  readonly away?: boolean;
  readonly remark?: string;
  readonly by: string;
  readonly at: Instant;
}

/** Places of a placement that one school has filled. */
export interface FilledPlaces {
  /** Its UAI code, or its name as typed. */
  readonly school: string;
  readonly places: number;
}

/** What a host prepares before pupils come, beside the agreements (article 3). */
export const preparations = ['tutor', 'programme', 'school'] as const;
export type Preparation = (typeof preparations)[number];

/** One thing that happens: a class talk, a fair, a visit, a placement, with 1..n people of the company. */
export interface Action {
  readonly id: string;
  /** The number people quote ("demande n° 41"), in order of creation. */
  readonly number: number;
  /** `offer`: an employee proposes. `need`: a coordinator publishes a session with seats to take. */
  readonly origin: 'offer' | 'need';
  readonly kind: Kind;
  readonly level?: Level;
  readonly state: ActionState;
  /** The first day of the action, or of the period of an availability. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly hours?: {
    readonly from: TimeOfDay;
    readonly until: TimeOfDay;
    /** Minutes of break in between (placements). */
    readonly breakMinutes?: number;
  };
  /** 3e placements: the days of the week on which pupils come, 1 Monday to 5 Friday, unless they come on all five. */
  readonly weekdays?: readonly number[];
  /** 2de placements: another host shares the pupil. */
  readonly shared?: boolean;
  /** For an availability without an agreed day: the half-days that suit. */
  readonly halfDays?: readonly HalfDay[];
  /** Codes of the académies (`data/academies.json`) whose pupils it is for. */
  readonly academies: readonly string[];
  /** The UAI codes of the schools it is for. */
  readonly schools?: readonly string[];
  /** A school that was not found in the list, as typed. */
  readonly school?: string;
  /** The company's site, an id of `convention.json` (placements, visits). */
  readonly site?: string;
  /** Pupils' places in a placement. */
  readonly places?: number;
  readonly hosting?: HostingMode;
  /** Employees wanted: 1 for an offer, 1..n for a need. */
  readonly seats: number;
  readonly remark?: string;
  /** Sessions: what is expected of those who come. */
  readonly expected?: string;
  /** The event of article 4 that it belongs to, an id of `data/ministry-events.json`. */
  readonly event?: string;
  /** Sessions: the last day on which a seat can be taken; without one, the day before the first. */
  readonly closesOn?: Day;
  /** Sessions: a coordinator accepts no more people; those who wait still move up. */
  readonly closed?: boolean;
  /** Sessions published together, of one school or every week: the id of the first of them. */
  readonly series?: string;
  /** How many times its days, hours or place have changed: the SEQUENCE of its calendar entries (RFC 5545). */
  readonly revision?: number;
  /** The id of the availability from which this dated action was agreed. */
  readonly availability?: string;
  /** Placements: the places that schools have filled; never whose. */
  readonly filled?: readonly FilledPlaces[];
  /** Placements: what has been prepared, by whom and when. */
  readonly preparation?: Readonly<
    Partial<Record<Preparation, { readonly by: string; readonly at: Instant }>>
  >;
  /** Placements: the number of tripartite agreements signed. */
  readonly agreements?: number;
  /** Its last check. */
  readonly checked?: LastCheck;
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** The coordinator who wrote the offer, as it is now, for the employee. */
  readonly enteredBy?: string;
  /** The company's own name for it, from an imported file. */
  readonly reference?: string;
  /** The import that it came with; it does not exist for anybody before that is complete. */
  readonly importId?: string;
  readonly outcome?: Outcome;
  readonly contradiction?: Contradiction;
  /** The last correction of what it counts in a report; the history has all of them. */
  readonly corrected?: Corrected;
}

export type EngagementState =
  | 'pending'
  | 'sent-back'
  | 'approved'
  | 'declined'
  | 'waitlisted'
  | 'withdrawn'
  | 'attended'
  | 'absent';

/** Another day that an employee proposes for a date that a coordinator has fixed. */
export interface DayProposal {
  readonly firstDay?: Day;
  readonly hours?: Action['hours'];
  readonly remark?: string;
  readonly at: Instant;
}

/** One employee's part in one action. */
export interface Engagement {
  readonly id: string;
  readonly actionId: string;
  readonly employeeId: string;
  readonly state: EngagementState;
  /** When it entered this state. */
  readonly since: Instant;
  /** The first day of its action, by which lists are sorted. */
  readonly firstDay: Day;
  /** After a change of its days or hours: the last day on which they can confirm that they still come. */
  readonly confirmBy?: Day;
  /** The day on which they were asked to confirm. */
  readonly askedOn?: Day;
  /** Asked to confirm: the other day that they propose instead. */
  readonly proposal?: DayProposal;
  /** On a waiting list: its place among the others, the lowest first. */
  readonly rank?: number;
  /** The last move by somebody other than the employee: who, when, and the reason or the change asked for. */
  readonly decision?: { readonly by: string; readonly at: Instant; readonly text?: string };
  /** As that of its action. */
  readonly importId?: string;
}

/** One move of an action or an engagement. No move erases anything. */
export interface HistoryRow {
  /** Also the idempotency key of the form or button that caused it. */
  readonly id: string;
  readonly actionId: string;
  readonly engagementId?: string;
  readonly move: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  /** The employee for whom a coordinator did it. */
  readonly onBehalfOf?: string;
  readonly at: Instant;
  readonly why?: string;
  /** As that of its action. */
  readonly importId?: string;
}

/** How certain it is that an action can take place, for all its académies together. */
export type Certainty =
  | 'fine'
  /** The fortnight is not official yet. */
  | 'provisional'
  /** A calendar is unpublished or unknown: a coordinator confirms. */
  | 'unknown'
  /** At least one académie does not allow it. */
  | 'refused';

/** The last check of an action: under which version, and with what result. */
export interface LastCheck {
  /** The version of the rules and of their data. */
  readonly under: string;
  readonly certainty: Certainty;
  /** The version since which it has had this certainty. */
  readonly since: string;
}
