/**
 * Hides small figures so that nobody can compute them again from those that are shown. A figure is the sum over the
 * rows of a table; every table divides the same pupils in another way, and their total is known.
 *
 * It is not enough to hide a second row where a first is hidden: tables depend on each other (all stages of 2de are in
 * the level 2de), so that a hidden row of one may be a sum of shown rows of others. Instead, for each hidden row there
 * is a proof that it stays unknown: two groups of pupils between which one pupil can be moved without changing anything
 * that is shown. Every row in which only one of the two groups is gets hidden, so that shown figures fit both what is
 * true and what the move would make of it; no arithmetic on them tells the two apart.
 */

/** Pupils who are in the same row of every table. */
export interface PupilGroup {
  /** Its row of each table, in the same order for all groups. */
  readonly rows: readonly string[];
  readonly pupils: number;
}

export interface Suppression {
  /** The total is too small itself: nothing is shown. */
  readonly everything: boolean;
  /** The hidden rows of each table. */
  readonly hidden: readonly ReadonlySet<string>[];
}

/** More are not compared with each hidden row, which bounds the time for a large company. */
const maxCandidates = 400;
const maxOwn = 4;

/**
 * Finds the rows to hide: those with fewer pupils than the minimum, and as few others as are needed.
 * @param minimum article 7 and the company's setting: fewer pupils could be recognised
 */
export function suppressSmallRows(groups: readonly PupilGroup[], minimum: number): Suppression {
  const tables = groups[0]?.rows.length ?? 0;
  const sums = Array.from({ length: tables }, (_, table) => sumRows(groups, table));
  const hidden = Array.from({ length: tables }, () => new Set<string>());
  const total = groups.reduce((sum, { pupils }) => sum + pupils, 0);
  if (total < minimum) {
    for (const [table, rows] of sums.entries()) for (const row of rows.keys()) hidden[table]?.add(row);
    return { everything: true, hidden };
  }
  const proven = Array.from({ length: tables }, () => new Set<string>());
  const bySize = groups.filter(({ pupils }) => pupils > 0).sort((a, b) => b.pupils - a.pupils);
  const membersOf = sums.map((_, table) => groupByRow(groups, table));

  /** Hides what a move of one pupil between two groups would change. */
  const prove = (a: PupilGroup, b: PupilGroup): void => {
    for (const [table, row] of a.rows.entries()) {
      const other = b.rows[table] ?? '';
      if (row === other) continue;
      for (const changed of [row, other]) {
        hidden[table]?.add(changed);
        proven[table]?.add(changed);
      }
    }
  };
  /** How many shown rows a proof would hide. */
  const costOf = (a: PupilGroup, b: PupilGroup): number =>
    a.rows.reduce((cost, row, table) => {
      const other = b.rows[table] ?? '';
      if (row === other) return cost;
      return cost + (hidden[table]?.has(row) ? 0 : 1) + (hidden[table]?.has(other) ? 0 : 1);
    }, 0);
  /** Hides a row of a table, with another that makes up for it. */
  const hide = (table: number, row: string, isOther: (row: string) => boolean): void => {
    const own = (membersOf[table]?.get(row) ?? []).slice(0, maxOwn);
    const others = pickCandidates(own, table, bySize, membersOf, isOther);
    let best: { a: PupilGroup; b: PupilGroup; cost: number } | undefined;
    for (const a of own)
      for (const b of others) {
        const cost = costOf(a, b);
        if (!best || cost < best.cost) best = { a, b, cost };
      }
    if (best) prove(best.a, best.b);
  };

  for (const [table, rows] of sums.entries()) {
    const small = [...rows].filter(([, pupils]) => pupils < minimum).map(([row]) => row);
    for (const row of small) if (!proven[table]?.has(row)) hide(table, row, (other) => other !== row);
  }
  // What the hidden rows of a table have in all can be computed, and must not be small either.
  for (let again = true; again; ) {
    again = false;
    for (const [table, rows] of sums.entries()) {
      const hiddenRows = hidden[table] ?? new Set();
      const inAll = [...hiddenRows].reduce((sum, row) => sum + (rows.get(row) ?? 0), 0);
      const [first] = hiddenRows;
      if (first === undefined || inAll >= minimum) continue;
      hide(table, first, (other) => !hiddenRows.has(other));
      again = true;
    }
  }
  return { everything: false, hidden };
}

/**
 * The groups with which those of a row are compared: the ones most like them, then the largest. They have a pupil who
 * can be moved.
 */
function pickCandidates(
  own: readonly PupilGroup[],
  table: number,
  bySize: readonly PupilGroup[],
  membersOf: readonly ReadonlyMap<string, readonly PupilGroup[]>[],
  isOther: (row: string) => boolean,
): PupilGroup[] {
  const found = new Set<PupilGroup>();
  const addFrom = (groups: readonly PupilGroup[], most: number): void => {
    let added = 0;
    for (const group of groups) {
      if (added >= most) return;
      if (group.pupils === 0 || !isOther(group.rows[table] ?? '') || found.has(group)) continue;
      found.add(group);
      added += 1;
    }
  };
  const [like] = own;
  for (const [i, row] of (like?.rows ?? []).entries())
    if (i !== table) addFrom(membersOf[i]?.get(row) ?? [], maxCandidates / 10);
  addFrom(bySize, maxCandidates);
  return [...found];
}

function sumRows(groups: readonly PupilGroup[], table: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { rows, pupils } of groups) {
    const row = rows[table] ?? '';
    sums.set(row, (sums.get(row) ?? 0) + pupils);
  }
  return sums;
}

function groupByRow(groups: readonly PupilGroup[], table: number): Map<string, PupilGroup[]> {
  const byRow = new Map<string, PupilGroup[]>();
  for (const group of groups) {
    const row = group.rows[table] ?? '';
    const known = byRow.get(row);
    if (known) known.push(group);
    else byRow.set(row, [group]);
  }
  return byRow;
}
