import { z } from 'zod';
import { findPersonalData } from '../../domain/personal-data/index.js';
import type { Text, TextKey } from '../../text/text.js';

/** What is wrong with one field, said at the field; the buttons are ways out. */
export interface Fault {
  readonly text: string;
  readonly why?: string;
  readonly proposals?: readonly { readonly title: string; readonly verb: string; readonly value: string }[];
}
export type Faults<F extends string> = Partial<Record<F, Fault>>;

export const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);
/** What every form carries: its record's id, and the key that makes sending it twice harmless. */
export const formIds = z.looseObject({ id: ulid, formKey: ulid });

/** Every longest text a person may type. */
export const remarkLength = 500;
export const schoolLength = 120;

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

/** A number as typed, for an input of numbers: nothing when it is none, or not written in digits. */
export const numberTyped = (text: string): number | null =>
  /^-?\d{1,9}([.,]\d{1,9})?$/.test(text.trim()) ? Number(text.replace(',', '.')) : null;

export const choiceList = <V extends string>(values: readonly V[], title: (value: V) => string) =>
  values.map((value) => ({ title: title(value), value }));

/** The first day and the last day a form accepts: today, and the end of the next school year, two with this one. */
export function dayLimits(today: string): { min: string; max: string } {
  const year = Number(today.slice(0, 4));
  const schoolYearStart = today.slice(5) >= '09-01' ? year : year - 1;
  return { min: today, max: `${schoolYearStart + 2}-08-31` };
}
