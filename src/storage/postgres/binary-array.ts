const oid = { text: 25, json: 114 };

/**
 * An array of texts in PostgreSQL's binary form. As text, every quote of a record would have to be escaped here and
 * unescaped there.
 */
export function binaryArray(type: keyof typeof oid, items: readonly (string | undefined)[]): Buffer {
  const lengths = items.map((item) => (item === undefined ? -1 : Buffer.byteLength(item)));
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), 20));
  // Dimensions, whether nulls may come, the type of the items, how many there are, the number of the first.
  let at = 0;
  for (const number of [1, 1, oid[type], items.length, 1]) at = buffer.writeInt32BE(number, at);
  items.forEach((item, i) => {
    at = buffer.writeInt32BE(lengths[i] ?? -1, at);
    if (item !== undefined) at += buffer.write(item, at);
  });
  return buffer;
}
