import { z } from 'zod';
import type { TimeOfDay } from '../../domain/action.js';
import type { Calendar } from '../../domain/calendar.js';
import type { HoursLimits } from '../../domain/hours.js';
import { findPersonalData } from '../../domain/personal-data/index.js';
import { departementOf, readUai, uaiLike } from '../../domain/uai.js';
import type { Text, TextKey } from '../../text/text.js';
import type { Services } from '../feature.js';
import { placeOfSchool } from './schools.js';

/** What is wrong with one field, said at the field; the buttons are ways out. */
export interface Fault {
  readonly text: string;
  readonly why?: string;
  readonly proposals?: readonly { readonly title: string; readonly verb: string; readonly value: string }[];
}
export type Faults<F extends string> = Partial<Record<F, Fault>>;

// Made once: making a schema takes many times as long as reading with it.
const isoDay = z.iso.date();
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);
/** What every form carries: its record's id, and the key that makes sending it twice harmless. */
export const formIds = z.looseObject({ id: ulid, formKey: ulid });

/** Every longest text a person may type. */
export const remarkLength = 500;
export const schoolLength = 120;

/** What people typed, as text: numbers and absent values too, cut far above any limit that is checked. */
export const typed = (data: Record<string, unknown>, field: string): string => {
  const value = data[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 2000) : '';
};

/** The choices of a multiple choice, which arrive joined by commas. */
export const choices = (data: Record<string, unknown>, field: string): string[] =>
  typed(data, field)
    .split(',')
    .map((c) => c.trim())
    .filter(Boolean);

/** Reads a form field by field and gathers what is wrong; what is right is used only when nothing is wrong. */
export class FormReader<F extends string> {
  readonly faults: Faults<F> = {};

  constructor(
    private readonly data: Record<string, unknown>,
    private readonly t: Text,
  ) {}

  get failed(): boolean {
    return Object.keys(this.faults).length > 0;
  }

  fail(field: F, fault: Fault): void {
    this.faults[field] ??= fault;
  }

  /** Reads a field with a schema; when it does not fit, `text` is its fault. */
  take<T>(field: F, schema: z.ZodType<T>, text: string): T | undefined {
    const parsed = schema.safeParse(typed(this.data, field));
    if (parsed.success) return parsed.data;
    this.fail(field, { text });
    return undefined;
  }

  /** Reads a choice among these values. */
  oneOf<V extends string>(field: F, values: readonly V[], text: string): V | undefined {
    const value = typed(this.data, field);
    const chosen = values.find((v) => v === value);
    if (chosen === undefined) this.fail(field, { text });
    return chosen;
  }

  /** Reads a whole number from 1 to `max`. */
  count(field: F, max: number, text: string): number | undefined {
    const value = Number(typed(this.data, field));
    if (Number.isInteger(value) && value >= 1 && value <= max) return value;
    this.fail(field, { text });
    return undefined;
  }

  /** Reads the hours of a meeting: in their order, and in the part of the day that the convention allows. */
  hours(
    from: F,
    until: F,
    { earliest, latest }: Pick<HoursLimits, 'earliest' | 'latest'>,
  ): { from: TimeOfDay; until: TimeOfDay } | undefined {
    const { t } = this;
    const start = this.take(from, timeOfDay, t('volunteer.fromError'));
    const end = this.take(until, timeOfDay, t('volunteer.untilError'));
    if (start && start < earliest)
      this.fail(from, { text: t('volunteer.tooEarly', { earliest: t.dates.time(earliest) }) });
    if (end && end > latest)
      this.fail(until, { text: t('volunteer.tooLate', { latest: t.dates.time(latest) }) });
    if (start && end && end <= start) this.fail(until, { text: t('volunteer.hoursOrder') });
    return start && end ? { from: start, until: end } : undefined;
  }

  /** Reads an optional free text; nothing when it is empty. */
  text(field: F, max: number): string | undefined {
    const value = typed(this.data, field).trim();
    const fault = textFault(value, max, this.t);
    if (fault) this.fail(field, fault);
    return value || undefined;
  }

  /** Reads a school as typed: its UAI codes are checked, and say its académies. */
  school(field: F, calendar: Calendar): { school: string; academies: string[] } {
    let school = this.text(field, schoolLength) ?? '';
    const academies: string[] = [];
    for (const code of uaiLike(school)) {
      const uai = readUai(code);
      if (!uai) this.fail(field, { text: this.t('form.uai', { code }), why: this.t('form.uaiWhy') });
      school = school.replace(code, uai ?? code);
      const departement = uai && departementOf(uai);
      const academie = calendar.academies.find((a) => departement && a.departements.includes(departement));
      if (academie) academies.push(academie.code);
    }
    return { school, academies };
  }

  /** Reads the schools chosen in the list, and the one typed instead; says their académies. */
  schools(
    list: F,
    text: F,
    most: number,
    services: Pick<Services, 'schools' | 'calendar'>,
  ): { schools: string[]; school: string; academies: string[] } {
    const { school, academies } = this.school(text, services.calendar);
    const alone = readUai(school);
    const chosen = [...new Set([...choices(this.data, list), ...(alone ? [alone] : [])])];
    const schools = chosen.flatMap((code) => readUai(code) ?? []);
    if (schools.length < chosen.length) this.fail(list, { text: this.t('form.schoolUnknown') });
    if (chosen.length > most) this.fail(list, { text: this.t('form.schoolsMost', { count: most }) });
    const places = schools.map((uai) => placeOfSchool(uai, services));
    if (places.includes(undefined)) this.fail(list, { text: this.t('form.schoolAbroad') });
    return {
      schools,
      school: alone ? '' : school,
      academies: [...new Set([...academies, ...places.flatMap((p) => (p ? [p.code] : []))])],
    };
  }

  /** Reads several académies by their codes. */
  academies(field: F, calendar: Calendar): string[] {
    const codes = choices(this.data, field);
    const known = calendar.academies.map((a) => a.code).filter((code) => codes.includes(code));
    if (known.length !== new Set(codes).size) this.fail(field, { text: this.t('form.academiesError') });
    return known;
  }

  /** Reads the first and the last day, from today to the end of the next school year. */
  days(first: F, last: F, today: string): { firstDay: string; lastDay: string } | undefined {
    const firstDay = this.take(first, isoDay, this.t('form.firstDayError'));
    const lastDay = first === last ? firstDay : this.take(last, isoDay, this.t('form.lastDayError'));
    if (!firstDay || !lastDay) return undefined;
    const { max } = dayLimits(today);
    if (firstDay < today) this.fail(first, { text: this.t('form.past') });
    else if (lastDay < firstDay) this.fail(last, { text: this.t('form.order') });
    else if (lastDay > max)
      this.fail(last, { text: this.t('form.tooFar', { day: this.t.dates.short(max) }) });
    return this.faults[first] || this.faults[last] ? undefined : { firstDay, lastDay };
  }
}

/** A fault when a free text is too long or seems to hold personal data (article 7); nothing is kept of it. */
export function textFault(value: string, max: number, t: Text): Fault | undefined {
  if (value.length > max) return { text: t('form.tooLong', { max, length: value.length }) };
  const found = findPersonalData(value);
  if (!found) return undefined;
  return {
    text: t('form.personalData', { what: t.at(`personalData.${found}`) }),
    why: t('form.personalDataWhy'),
  };
}

/** The faults of a form as its template reads them: every field has an entry. */
export const faultData = <F extends string>(fields: readonly F[], faults: Faults<F>) =>
  Object.fromEntries(
    fields.map((f) => {
      const fault = faults[f];
      return [
        f,
        {
          on: fault !== undefined,
          text: fault?.text ?? '',
          why: fault?.why ?? '',
          proposals: fault?.proposals ?? [],
        },
      ];
    }),
  );

/** Heading and lead of a form: its own, or the news that something is to be mended. */
export function formHead(t: Text, faults: Faults<string>, heading: TextKey, lead: TextKey) {
  const count = Object.keys(faults).length;
  return count === 0
    ? { heading: t(heading), lead: t(lead) }
    : { heading: t('form.mend', { count }), lead: t('form.kept') };
}

/** A number as typed, for an input of numbers: nothing when it is none. */
export const numberTyped = (text: string): number | null =>
  text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text);

export const choiceList = <V extends string>(values: readonly V[], title: (value: V) => string) =>
  values.map((value) => ({ title: title(value), value }));

/** The first day and the last day a form accepts: today, and the end of the next school year, two with this one. */
export function dayLimits(today: string): { min: string; max: string } {
  const year = Number(today.slice(0, 4));
  const schoolYearStart = today.slice(5) >= '09-01' ? year : year - 1;
  return { min: today, max: `${schoolYearStart + 2}-08-31` };
}
