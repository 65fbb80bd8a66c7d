import fc from 'fast-check';
import {
  type PupilGroup,
  type Suppression,
  suppressSmallRows,
} from '../../../src/domain/report/suppression.js';

const minimum = 5;

/** A fraction-free linear solver, modulo a prime: whether a row of figures is a combination of others. */
const prime = 1_000_003n;
const modulo = (n: bigint): bigint => ((n % prime) + prime) % prime;
function inverse(n: bigint): bigint {
  let [result, base, exponent] = [1n, modulo(n), prime - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}
/** Reduces a vector by those of a basis in echelon form, each with its leading place. */
function reduce(vector: readonly bigint[], basis: ReadonlyMap<number, readonly bigint[]>): bigint[] {
  let rest = [...vector];
  for (const [place, known] of basis) {
    const factor = rest[place] ?? 0n;
    if (factor !== 0n) rest = rest.map((n, i) => modulo(n - factor * (known[i] ?? 0n)));
  }
  return rest;
}
function spanOf(vectors: readonly (readonly bigint[])[]): Map<number, bigint[]> {
  const basis = new Map<number, bigint[]>();
  for (const vector of vectors) {
    const rest = reduce(vector, basis);
    const place = rest.findIndex((n) => n !== 0n);
    if (place < 0) continue;
    const scale = inverse(rest[place] ?? 1n);
    const unit = rest.map((n) => modulo(n * scale));
    for (const [other, known] of basis) {
      const factor = known[place] ?? 0n;
      if (factor !== 0n)
        basis.set(
          other,
          known.map((n, i) => modulo(n - factor * (unit[i] ?? 0n))),
        );
    }
    basis.set(place, unit);
  }
  return basis;
}

/** The rows of every table as vectors: which groups of pupils are in them. */
function rowsOf(groups: readonly PupilGroup[]) {
  const tables = groups[0]?.rows.length ?? 0;
  return Array.from({ length: tables }, (_, table) => {
    const names = [...new Set(groups.map(({ rows }) => rows[table] ?? ''))];
    return names.map((row) => ({
      row,
      vector: groups.map(({ rows }): bigint => (rows[table] === row ? 1n : 0n)),
      pupils: groups.reduce((sum, { rows, pupils }) => sum + (rows[table] === row ? pupils : 0), 0),
    }));
  });
}

/**
 * What an attacker finds who knows every shown figure, the total, and which groups of pupils there are, though not how
 * many pupils are in them: the hidden rows that are a combination of what is shown.
 */
function attack(groups: readonly PupilGroup[], { hidden, everything }: Suppression): string[] {
  const rows = rowsOf(groups);
  const isHidden = (table: number, row: string) => hidden[table]?.has(row) === true;
  const shown = rows.flatMap((ofTable, table) =>
    ofTable.filter(({ row }) => !isHidden(table, row)).map(({ vector }) => vector),
  );
  const basis = spanOf(everything ? shown : [...shown, groups.map(() => 1n)]);
  return rows.flatMap((ofTable, table) =>
    ofTable
      .filter(({ row }) => isHidden(table, row))
      .filter(({ vector }) => reduce(vector, basis).every((n) => n === 0n))
      .map(({ row }) => `${table}: ${row}`),
  );
}

/** Groups of pupils: of tables whose rows partly follow from each other, as levels do from kinds. */
const someGroups = fc
  .array(
    fc.record({
      kind: fc.integer({ min: 0, max: 4 }),
      place: fc.integer({ min: 0, max: 7 }),
      month: fc.integer({ min: 0, max: 3 }),
      free: fc.integer({ min: 0, max: 2 }),
      pupils: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 40 })),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((drawn) => {
    const byRows = new Map<string, PupilGroup>();
    for (const { kind, place, month, free, pupils } of drawn) {
      const rows = [`k${kind}`, `a${kind < 3 ? kind : free}`, `p${place}`, `r${place >> 1}`, `m${month}`];
      const id = rows.join();
      byRows.set(id, { rows, pupils: pupils + (byRows.get(id)?.pupils ?? 0) });
    }
    return [...byRows.values()];
  });

it('no hidden row can be computed from what is shown, however the tables depend on each other', () => {
  fc.assert(
    fc.property(someGroups, (groups) => {
      expect(attack(groups, suppressSmallRows(groups, minimum))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

it('no row with fewer pupils than the minimum is shown, nor what several hidden rows have in all if it is fewer', () => {
  fc.assert(
    fc.property(someGroups, (groups) => {
      const { hidden } = suppressSmallRows(groups, minimum);
      for (const [table, rows] of rowsOf(groups).entries()) {
        const hiddenHere = rows.filter(({ row }) => hidden[table]?.has(row));
        for (const { row, pupils } of rows) if (pupils < minimum) expect(hidden[table]).toContain(row);
        const total = groups.reduce((sum, { pupils }) => sum + pupils, 0);
        const inAll = hiddenHere.reduce((sum, { pupils }) => sum + pupils, 0);
        if (total >= minimum && hiddenHere.length > 0) expect(inAll).toBeGreaterThanOrEqual(minimum);
      }
    }),
    { numRuns: 500 },
  );
});

it('the attack finds a row that only its own table hides', () => {
  const groups = [
    { rows: ['2de', 'summer'], pupils: 3 },
    { rows: ['3e', 'autumn'], pupils: 20 },
    { rows: ['4e', 'autumn'], pupils: 30 },
  ];
  const naive = { everything: false, hidden: [new Set(['2de', '3e']), new Set<string>()] };
  expect(attack(groups, naive)).toContain('0: 2de');
  expect(
    attack(groups, { everything: false, hidden: [new Set(['2de']), new Set(['summer', 'autumn'])] }),
  ).toContain('0: 2de');
  expect(attack(groups, suppressSmallRows(groups, minimum))).toEqual([]);
});

it('hides nothing where every row has enough pupils', () => {
  const groups = [
    { rows: ['a', 'x'], pupils: 5 },
    { rows: ['b', 'y'], pupils: 28 },
  ];
  expect(suppressSmallRows(groups, minimum)).toEqual({ everything: false, hidden: [new Set(), new Set()] });
});

it('hides everything where all pupils together are too few', () => {
  const groups = [{ rows: ['a', 'x'], pupils: 4 }];
  expect(suppressSmallRows(groups, minimum)).toEqual({
    everything: true,
    hidden: [new Set(['a']), new Set(['x'])],
  });
});

it('a small school takes one other school along, and nothing of the tables in which both are alike', () => {
  const groups = [
    { rows: ['school 1', 'Lyon', 'May'], pupils: 2 },
    { rows: ['school 2', 'Lyon', 'May'], pupils: 60 },
    { rows: ['school 3', 'Paris', 'June'], pupils: 90 },
  ];
  const { hidden } = suppressSmallRows(groups, minimum);
  expect(hidden).toEqual([new Set(['school 1', 'school 2']), new Set(), new Set()]);
});

it('is quick for a large company', () => {
  const groups = Array.from({ length: 20_000 }, (_, n) => ({
    rows: [`s${n % 4_000}`, `d${n % 100}`, `m${n % 12}`, `k${n % 7}`, `l${n % 5}`],
    pupils: n % 9 === 0 ? 1 : n % 31,
  }));
  const began = performance.now();
  const { hidden } = suppressSmallRows(groups, minimum);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(hidden[0]?.size).toBeLessThan(4_000);
});
