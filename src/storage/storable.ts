/** Characters that PostgreSQL cannot store in text: zero, and lone surrogates. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Whether a text can be an id, a partition or a sort key. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

/** These characters as JSON escapes, after an even number of backslashes. */
const unstorableInJson = /(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/i;

/** A record without the characters that PostgreSQL cannot store; almost always the record itself. */
export function removeUnstorable<T>(record: T): T {
  const text = JSON.stringify(record);
  if (!unstorableInJson.test(text)) return record;
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : value,
  );
}
