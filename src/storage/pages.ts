interface Row {
  readonly id: string;
}

/** Records that are written side by side, with their text as long as none of them changes. */
export interface Page<T> {
  readonly rows: Map<string, T>;
  text: Buffer | undefined;
  /** How often it changed. */
  changes: number;
}

/** The records of one kind, cut into pages so that a write puts into JSON only those near what changed. */
export interface Pages<T extends Row> {
  /** Adds a record to the page it was on, or to the last one; gives the page it is on now. */
  set(record: T, page: Page<T> | undefined): Page<T>;
  remove(id: string, page: Page<T>): void;
  /**
   * What gives the pages, as they are at this moment, as JSON: one `"id":{…}` a line, without the separators between
   * them. To be called when there is time: putting all into JSON takes that.
   */
  snapshot(): (() => Buffer)[];
}

/**
 * Putting 40,000 records into JSON takes over 100 ms, which each commit would pay; a page of 32 takes 0.1 ms. Smaller
 * pages would make more chunks to write.
 */
const rowsPerPage = 32;

const lineOf = (row: Row): string => `${JSON.stringify(row.id)}:${JSON.stringify(row)}`;

/** Makes a kind's pages, with nothing on them. */
export function createPages<T extends Row>(): Pages<T> {
  const pages = new Set<Page<T>>();
  let last: Page<T> | undefined;

  const pageWithRoom = (): Page<T> => {
    if (!last || last.rows.size >= rowsPerPage || !pages.has(last)) {
      last = { rows: new Map(), text: undefined, changes: 0 };
      pages.add(last);
    }
    return last;
  };

  return {
    set(record, known) {
      const page = known ?? pageWithRoom();
      page.rows.set(record.id, record);
      changed(page);
      return page;
    },
    remove(id, page) {
      page.rows.delete(id);
      changed(page);
      if (page.rows.size === 0) pages.delete(page);
    },
    snapshot: () => [...pages].map(snapshotOf),
  };
}

function changed<T>(page: Page<T>): void {
  page.text = undefined;
  page.changes++;
}

/** Records are replaced, never changed: those of this moment can be put into JSON later. */
function snapshotOf<T extends Row>(page: Page<T>): () => Buffer {
  const { text, changes } = page;
  if (text) return () => text;
  const rows = [...page.rows.values()];
  return () => {
    const made = Buffer.from(rows.map(lineOf).join(',\n'));
    if (page.changes === changes) page.text = made;
    return made;
  };
}
