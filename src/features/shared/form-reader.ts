import type { Day, TimeOfDay } from '../../domain/action.js';
import type { Calendar } from '../../domain/calendar.js';
import type { HoursLimits } from '../../domain/hours.js';
import { departementOf, readUai, uaiLike } from '../../domain/uai.js';
import type { Lang } from '../../ports.js';
import { readDay, readTime } from '../../text/read-dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Services } from '../feature.js';
import { asTyped, readChoices, readLine, readSwitch, readText, readWhole } from './client-values.js';
import { dayLimits, type Fault, type Faults, numberTyped, schoolLength, textFault } from './form.js';
import { placeOfSchool } from './schools.js';

/** Enough of a value to recognise it by. */
const longestQuote = 40;

/** Reads a form field by field and gathers what is wrong; what is right is used only when nothing is wrong. */
export class FormReader<F extends string> {
  readonly faults: Faults<F> = {};
  /** What the inputs show when the form comes back: as typed, and as the input writes it where it could be read. */
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

  /** True when the field was left empty. */
  isEmpty(field: F): boolean {
    return readText(this.data[field])?.trim() === '';
  }

  /** Keeps a value that was read, or says of one that was not what it was and what would do. */
  private keep<T>(field: F, value: T | undefined, shown: string, text: string, unread: Fault): T | undefined {
    if (value === undefined) this.fail(field, this.isEmpty(field) ? { text } : unread);
    else this.values[field] = shown;
    return value;
  }

  /** What was typed, to be quoted in a fault. */
  private quoted(field: F): { typed: string } {
    return { typed: escapeMarkdown(shorten(this.values[field].trim(), longestQuote)) };
  }

  /** Reads a switch: yes or no. */
  isOn(field: F): boolean {
    const unread = { text: this.t('form.unread') };
    const on = readSwitch(this.data[field]);
    return this.keep(field, on, String(on), unread.text, unread) ?? false;
  }

  /** Reads the choices of a list; nothing when they cannot be read. */
  choices(field: F): string[] | undefined {
    const unread = { text: this.t('form.unread') };
    const chosen = readChoices(this.data[field]);
    return this.keep(field, chosen, chosen?.join(',') ?? '', unread.text, unread);
  }

  /** Reads a choice among these values. */
  oneOf<V extends string>(field: F, values: readonly V[], text: string): V | undefined {
    const [first, ...more] = readChoices(this.data[field]) ?? [];
    const chosen = more.length === 0 ? values.find((v) => v === first) : undefined;
    return this.keep(field, chosen, chosen ?? '', text, { text });
  }

  /** Reads some choices among these values, in their order: at least one, and no other. */
  someOf<V extends string>(field: F, values: readonly V[], text: string): V[] {
    const chosen = this.choices(field) ?? [];
    const known = values.filter((v) => chosen.includes(v));
    if (known.length === 0 || known.length < chosen.length) this.fail(field, { text });
    return known;
  }

  /** Reads a whole number from `min` to `max`, written in digits. */
  count(field: F, { min = 1, max }: { min?: number; max: number }, text: string): number | undefined {
    const number = readWhole(this.data[field]);
    if (number !== undefined && (number < min || number > max)) {
      this.fail(field, { text });
      return undefined;
    }
    // A number that is none of theirs, such as 1.5 or -1, needs no other words.
    const isNumber = numberTyped(this.values[field]) !== null;
    const unread = isNumber ? { text } : { text: this.t('form.numberUnread', this.quoted(field)), why: text };
    return this.keep(field, number, String(number), text, unread);
  }

  /** Reads a time of day. */
  time(field: F, text: string): TimeOfDay | undefined {
    const time = readTime(readLine(this.data[field]) ?? '');
    const unread = { text: this.t('form.timeUnread', this.quoted(field)), why: this.t('form.timeHow') };
    return this.keep(field, time, time ?? '', text, unread);
  }

  /** Reads a day. */
  private day(field: F, text: string): Day | undefined {
    const { t } = this;
    const read = readDay(readLine(this.data[field]) ?? '', this.clientLang);
    const day = read && 'day' in read ? read.day : undefined;
    const [one, other] = read && 'either' in read ? read.either.map(t.dates.short) : [];
    const said =
      one && other
        ? t('form.dayAmbiguous', { ...this.quoted(field), one, other })
        : t('form.dayUnread', this.quoted(field));
    return this.keep(field, day, day ?? '', text, { text: said, why: t('form.dayHow') });
  }

  /** Reads the hours of a meeting: in their order, and in the part of the day that the convention allows. */
  hours(
    from: F,
    until: F,
    { earliest, latest }: Pick<HoursLimits, 'earliest' | 'latest'>,
  ): { from: TimeOfDay; until: TimeOfDay } | undefined {
    const { t } = this;
    const start = this.time(from, t('volunteer.fromError'));
    const end = this.time(until, t('volunteer.untilError'));
    if (start && start < earliest)
      this.fail(from, { text: t('volunteer.tooEarly', { earliest: t.dates.time(earliest) }) });
    if (end && end > latest)
      this.fail(until, { text: t('volunteer.tooLate', { latest: t.dates.time(latest) }) });
    if (start && end && end <= start) this.fail(until, { text: t('volunteer.hoursOrder') });
    return start && end ? { from: start, until: end } : undefined;
  }

  /** Reads an optional free text; nothing when it is empty. */
  text(field: F, max: number): string | undefined {
    const value = readText(this.data[field])?.trim();
    const fault = value === undefined ? { text: this.t('form.unread') } : textFault(value, max, this.t);
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
    const chosen = [...new Set([...(this.choices(list) ?? []), ...(alone ? [alone] : [])])];
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
    const codes = this.choices(field) ?? [];
    const known = calendar.academies.map((a) => a.code).filter((code) => codes.includes(code));
    if (known.length < codes.length) this.fail(field, { text: this.t('form.academiesError') });
    return known;
  }

  /** Reads the first and the last day, from today to the end of the next school year. */
  days(first: F, last: F, today: string): { firstDay: string; lastDay: string } | undefined {
    const firstDay = this.day(first, this.t('form.firstDayError'));
    const lastDay = first === last ? firstDay : this.day(last, this.t('form.lastDayError'));
    if (!firstDay || !lastDay) return undefined;
    const { max } = dayLimits(today);
    if (firstDay < today) this.fail(first, { text: this.t('form.past') });
    else if (lastDay < firstDay) this.fail(last, { text: this.t('form.order') });
    else if (lastDay > max)
      this.fail(last, { text: this.t('form.tooFar', { day: this.t.dates.short(max) }) });
    return this.faults[first] || this.faults[last] ? undefined : { firstDay, lastDay };
  }
}
