import { z } from 'zod';
import { findPersonalData } from '../../domain/personal-data/index.js';
import type { Text, TextKey } from '../../text/text.js';

/** What is wrong with a field, shown there; the buttons offer ways out. */
export interface Fault {
  readonly text: string;
  readonly why?: string;
  readonly proposals?: readonly { readonly title: string; readonly verb: string; readonly value: string }[];
}
export type Faults<F extends string> = Partial<Record<F, Fault>>;

export const ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);
/** What every form contains: the id of its record, and the key that makes sending it twice harmless. */
export const formIds = z.looseObject({ id: ulid, formKey: ulid });

/** The maximum lengths of texts that people type. */
export const remarkLength = 500;
export const schoolLength = 120;

/** A fault if a free text is too long or seems to contain personal data (article 7), which is then not kept. */
export function findTextFault(value: string, max: number, t: Text): Fault | undefined {
  if (value.length > max) return { text: t('form.tooLong', { max, length: value.length }) };
  const found = findPersonalData(value);
  if (!found) return undefined;
  return {
    text: t('form.personalData', { what: t.at(`personalData.${found}`) }),
    why: t('form.personalDataWhy'),
  };
}

/** The faults of a form as its template expects them, with an entry for every field. */
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

/** The heading and lead of a form: its own, or that something needs correcting. */
export function formHead(t: Text, faults: Faults<string>, heading: TextKey, lead: TextKey) {
  const count = Object.keys(faults).length;
  return count === 0
    ? { heading: t(heading), lead: t(lead) }
    : { heading: t('form.mend', { count }), lead: t('form.kept') };
}

/** A typed number for a number input; nothing if it is not written in digits. */
export const parseNumber = (text: string): number | null =>
  /^-?\d{1,9}([.,]\d{1,9})?$/.test(text.trim()) ? Number(text.replace(',', '.')) : null;

export const choiceList = <V extends string>(values: readonly V[], title: (value: V) => string) =>
  values.map((value) => ({ title: title(value), value }));

/** The days that a form accepts: from today to the end of the next school year. */
export function dayLimits(today: string): { min: string; max: string } {
  const year = Number(today.slice(0, 4));
  const schoolYearStart = today.slice(5) >= '09-01' ? year : year - 1;
  return { min: today, max: `${schoolYearStart + 2}-08-31` };
}
