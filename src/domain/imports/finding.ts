import type { PlacementKind } from '../action.js';
import type { PersonalDataKind } from '../personal-data/kinds.js';
import type { BrokenRule } from '../placements/placement.js';

/** What a line of past engagements says, in the order of the template. */
export const importColumns = [
  'employee',
  'kind',
  'level',
  'firstDay',
  'lastDay',
  'school',
  'academie',
  'places',
  'filled',
  'pupils',
  'event',
  'remark',
  'state',
  'reference',
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Columns without which a file says too little. */
export const requiredColumns = ['employee', 'kind', 'firstDay', 'pupils'] as const;

/** Rules that a line breaks; nothing of its file is added then. The first ones are about the columns. */
export const faultRules = [
  'columnMissing',
  'columnUnknown',
  'columnTwice',
  'columnPersonal',
  'outsideColumns',
  'missing',
  'tooLong',
  'formula',
  'kindUnknown',
  'levelUnknown',
  'levelOfKind',
  'dayUnread',
  'dayOrder',
  'notPast',
  'tooOld',
  'oneDay',
  'visitDays',
  'tooManyDays',
  'uai',
  'schoolAbroad',
  'academieUnknown',
  'academieDiffers',
  'academieMissing',
  'placeMissing',
  'numberUnread',
  'pupilsRange',
  'placesRange',
  'placesOfMeeting',
  'filledMore',
  'filledSchool',
  'eventUnknown',
  'notHeld',
  'employeeName',
  'onePerson',
  'namesakes',
  'lineTwice',
  'referenceDiffers',
  'referenceTaken',
  'tooManyPeople',
] as const;

/** What is worth a look, and changes nothing. */
export const noticeRules = [
  'noClasses',
  'calendarUnknown',
  'pupilsMore',
  'maybeSame',
  'recorded',
  'differs',
] as const;

type Rule = (typeof faultRules)[number] | (typeof noticeRules)[number];

/** Something about a line of a file, with the rule that says so. It quotes nothing that looks like personal data. */
export type Finding = {
  readonly line: number;
  readonly column?: ImportColumn;
  /** True for a fault. */
  readonly blocks: boolean;
} & (
  | { readonly rule: Rule; readonly params?: Readonly<Record<string, string | number>> }
  | { readonly rule: 'personalData'; readonly kind: PersonalDataKind }
  /** `own`: an académie with a calendar of its own. */
  | {
      readonly rule: 'placement';
      readonly kind: PlacementKind;
      readonly broken: BrokenRule;
      readonly own: boolean;
    }
);
