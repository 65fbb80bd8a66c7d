const keys = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/**
 * A school's UAI code, upper case, or nothing when the key letter is wrong.
 * Seven digits and a key: the letter at their number modulo 23 in an alphabet without I, O and Q.
 */
export function readUai(text: string): string | undefined {
  const match = /^(\d{7})([a-z])$/i.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  const letter = match[2].toUpperCase();
  return keys[Number(match[1]) % 23] === letter ? match[1] + letter : undefined;
}

/** Everything in a text that has the form of a UAI code, right or wrong. */
export const uaiLike = (text: string): string[] => text.match(/\b\d{7}[a-z]\b/gi) ?? [];

/** The département of a valid UAI code, as `data/academies.json` writes it: 075… is 75, 620 is 2A, 974 is 974. */
export function departementOf(uai: string): string {
  const prefix = uai.slice(0, 3);
  if (prefix === '620') return '2A';
  if (prefix === '720') return '2B';
  return prefix.startsWith('0') ? prefix.slice(1) : prefix;
}
