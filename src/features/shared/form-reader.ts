import type { Calendar } from '../../domain/calendar/school-calendar.js';
import type { Day, TimeOfDay } from '../../domain/days.js';
import type { HoursLimits } from '../../domain/placements/hours.js';
import { departementOf, findUaiLike, parseUai } from '../../domain/schools/uai.js';
import type { Lang } from '../../records.js';
import { readDay, readTime } from '../../text/read-dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Services } from '../feature.js';
import { asTyped, readChoices, readLine, readSwitch, readText, readWhole } from './client-values.js';
import { dayLimits, type Fault, type Faults, findTextFault, parseNumber, schoolLength } from './form.js';
import { locateSchool } from './schools.js';

/** Enough to recognise a value. */
const maxQuoteLength = 40;

/** Reads a form field by field and collects its faults; the values are used only if there are none. */
export class FormReader<F extends string> {
  readonly faults: Faults<F> = {};
  /** What the inputs show when the form comes back: as typed, or in the input's own format where it could be read. */
  readonly values: Record<F, string>;
  private readonly t: Text;
  private readonly clientLang: Lang;

  constructor(
    fields: readonly F[],
    private readonly data: Record<string, unknown>,
    actor: Pick<Actor, 'lang' | 'clientLang'>,
    { textIn }: Pick<Services, 'textIn'>,
  ) {
    this.t = textIn(actor.lang);
    this.clientLang = actor.clientLang;
    this.values = Object.fromEntries(fields.map((f) => [f, asTyped(data[f])])) as Record<F, string>;
  }

  get failed(): boolean {
    return Object.keys(this.faults).length > 0;
  }

  fail(field: F, fault: Fault): void {
    this.faults[field] ??= fault;
  }

  /** Whether the field was left empty. */
  isEmpty(field: F): boolean {
    return readText(this.data[field])?.trim() === '';
  }

  /** Keeps a value that was read, or reports one that was not, with what was typed and what is expected. */
  private keepOrFault<T>(
    field: F,
    value: T | undefined,
    shown: string,
    text: string,
    unread: Fault,
  ): T | undefined {
    if (value === undefined) this.fail(field, this.isEmpty(field) ? { text } : unread);
    else this.values[field] = shown;
    return value;
  }

  /** What was typed, to be quoted in a fault. */
  private quoteTyped(field: F): { typed: string } {
    return { typed: escapeMarkdown(shorten(this.values[field].trim(), maxQuoteLength)) };
  }

  isOn(field: F): boolean {
    const unread = { text: this.t('form.unread') };
    const on = readSwitch(this.data[field]);
    return this.keepOrFault(field, on, String(on), unread.text, unread) ?? false;
  }

  /** The choices of a list; nothing if they cannot be read. */
  readChoices(field: F): string[] | undefined {
    const unread = { text: this.t('form.unread') };
    const chosen = readChoices(this.data[field]);
    return this.keepOrFault(field, chosen, chosen?.join(',') ?? '', unread.text, unread);
  }

  /** One of these values. */
  readOneOf<V extends string>(field: F, values: readonly V[], text: string): V | undefined {
    const [first, ...more] = readChoices(this.data[field]) ?? [];
    const chosen = more.length === 0 ? values.find((v) => v === first) : undefined;
    return this.keepOrFault(field, chosen, chosen ?? '', text, { text });
  }

  /** Some of these values, in their order: at least one, and no other. */
  readSubset<V extends string>(field: F, values: readonly V[], text: string): V[] {
    const chosen = this.readChoices(field) ?? [];
    const known = values.filter((v) => chosen.includes(v));
    if (known.length === 0 || known.length < chosen.length) this.fail(field, { text });
    return known;
  }

  /** A whole number from `min` to `max`, in digits. */
  readCount(field: F, { min = 1, max }: { min?: number; max: number }, text: string): number | undefined {
    const number = readWhole(this.data[field]);
    if (number !== undefined && (number < min || number > max)) {
      this.fail(field, { text });
      return undefined;
    }
    // A number outside the range, such as 1.5 or -1, needs no explanation of what a number is.
    const isNumber = parseNumber(this.values[field]) !== null;
    const unread = isNumber
      ? { text }
      : { text: this.t('form.numberUnread', this.quoteTyped(field)), why: text };
    return this.keepOrFault(field, number, String(number), text, unread);
  }

  readTime(field: F, text: string): TimeOfDay | undefined {
    const time = readTime(readLine(this.data[field]) ?? '');
    const unread = { text: this.t('form.timeUnread', this.quoteTyped(field)), why: this.t('form.timeHow') };
    return this.keepOrFault(field, time, time ?? '', text, unread);
  }

  private readDay(field: F, text: string): Day | undefined {
    const { t } = this;
    const read = readDay(readLine(this.data[field]) ?? '', this.clientLang);
    const day = read && 'day' in read ? read.day : undefined;
    const [one, other] = read && 'either' in read ? read.either.map(t.dates.short) : [];
    const problem =
      one && other
        ? t('form.dayAmbiguous', { ...this.quoteTyped(field), one, other })
        : t('form.dayUnread', this.quoteTyped(field));
    return this.keepOrFault(field, day, day ?? '', text, { text: problem, why: t('form.dayHow') });
  }

  /** A day that may be left out. */
  readOptionalDay(field: F, text: string): Day | undefined {
    return this.isEmpty(field) ? undefined : this.readDay(field, text);
  }

  /** The hours of a meeting: in order, and within the part of the day that the convention allows. */
  readHours(
    from: F,
    until: F,
    { earliest, latest }: Pick<HoursLimits, 'earliest' | 'latest'>,
  ): { from: TimeOfDay; until: TimeOfDay } | undefined {
    const { t } = this;
    const start = this.readTime(from, t('volunteer.fromError'));
    const end = this.readTime(until, t('volunteer.untilError'));
    if (start && start < earliest)
      this.fail(from, { text: t('volunteer.tooEarly', { earliest: t.dates.time(earliest) }) });
    if (end && end > latest)
      this.fail(until, { text: t('volunteer.tooLate', { latest: t.dates.time(latest) }) });
    if (start && end && end <= start) this.fail(until, { text: t('volunteer.hoursOrder') });
    return start && end ? { from: start, until: end } : undefined;
  }

  /** An optional free text; nothing if it is empty. */
  readText(field: F, max: number): string | undefined {
    const value = readText(this.data[field])?.trim();
    const fault = value === undefined ? { text: this.t('form.unread') } : findTextFault(value, max, this.t);
    if (fault) this.fail(field, fault);
    return value || undefined;
  }

  /** A school as typed; its UAI codes are checked, and tell its académies. */
  readSchool(field: F, calendar: Calendar): { school: string; academies: string[] } {
    let school = this.readText(field, schoolLength) ?? '';
    const academies: string[] = [];
    for (const code of findUaiLike(school)) {
      const uai = parseUai(code);
      if (!uai) this.fail(field, { text: this.t('form.uai', { code }), why: this.t('form.uaiWhy') });
      school = school.replace(code, uai ?? code);
      const departement = uai && departementOf(uai);
      const academie = calendar.academies.find((a) => departement && a.departements.includes(departement));
      if (academie) academies.push(academie.code);
    }
    return { school, academies };
  }

  /** The schools chosen in the list, or the one typed instead, and their académies. */
  readSchools(
    list: F,
    text: F,
    most: number,
    services: Pick<Services, 'schools' | 'calendar'>,
  ): { schools: string[]; school: string; academies: string[] } {
    const { school, academies } = this.readSchool(text, services.calendar);
    const alone = parseUai(school);
    const chosen = [...new Set([...(this.readChoices(list) ?? []), ...(alone ? [alone] : [])])];
    const schools = chosen.flatMap((code) => parseUai(code) ?? []);
    if (schools.length < chosen.length) this.fail(list, { text: this.t('form.schoolUnknown') });
    if (chosen.length > most) this.fail(list, { text: this.t('form.schoolsMost', { count: most }) });
    const places = schools.map((uai) => locateSchool(uai, services));
    if (places.includes(undefined)) this.fail(list, { text: this.t('form.schoolAbroad') });
    return {
      schools,
      school: alone ? '' : school,
      academies: [...new Set([...academies, ...places.flatMap((p) => (p ? [p.code] : []))])],
    };
  }

  /** Académies by their codes. */
  readAcademies(field: F, calendar: Calendar): string[] {
    const codes = this.readChoices(field) ?? [];
    const known = calendar.academies.map((a) => a.code).filter((code) => codes.includes(code));
    if (known.length < codes.length) this.fail(field, { text: this.t('form.academiesError') });
    return known;
  }

  /** The first and the last day, from today to the end of the next school year. */
  readDays(first: F, last: F, today: string): { firstDay: string; lastDay: string } | undefined {
    const firstDay = this.readDay(first, this.t('form.firstDayError'));
    const lastDay = first === last ? firstDay : this.readDay(last, this.t('form.lastDayError'));
    if (!firstDay || !lastDay) return undefined;
    const { max } = dayLimits(today);
    if (firstDay < today) this.fail(first, { text: this.t('form.past') });
    else if (lastDay < firstDay) this.fail(last, { text: this.t('form.order') });
    else if (lastDay > max)
      this.fail(last, { text: this.t('form.tooFar', { day: this.t.dates.short(max) }) });
    return this.faults[first] || this.faults[last] ? undefined : { firstDay, lastDay };
  }
}
