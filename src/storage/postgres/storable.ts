/** What PostgreSQL cannot keep as text: the character zero, and half of a pair that makes one character. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Whether a text can be an id, a partition or a sort key; nothing is stored under one that cannot. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

/** As JSON writes these characters, after an even number of backslashes. */
const unstorableInJson = /(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/i;

/** A record without the characters that PostgreSQL cannot keep: itself, nearly always. */
export function storable<T>(record: T): T {
  const text = JSON.stringify(record);
  if (!unstorableInJson.test(text)) return record;
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '') : value,
  );
}
