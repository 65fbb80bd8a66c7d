/**
 * Whether two different words are one edit apart: a letter inserted, deleted or replaced, or two neighbours swapped.
 */
export function isOneEditApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (i === short.length) return false;
  const swapped = short[i] === long[i + 1] && short[i + 1] === long[i];
  return short.slice(i + 1) === long.slice(i + 1) || (swapped && short.slice(i + 2) === long.slice(i + 2));
}
