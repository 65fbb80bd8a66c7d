interface Row {
  readonly id: string;
}

/** Records that are serialised together; their text is kept until one of them changes. */
export interface Page<T> {
  readonly rows: Map<string, T>;
  text: Buffer | undefined;
  /** Incremented with every change. */
  changes: number;
}

/** The records of one kind in pages, so that a write serialises only those near a change. */
export interface Pages<T extends Row> {
  /** Adds a record to its former page, or to the last one; returns its page. */
  set(record: T, page: Page<T> | undefined): Page<T>;
  remove(id: string, page: Page<T>): void;
  /**
   * Functions that render the pages as they are now, one `"id":{…}` per line, without separators between pages.
   * Rendering all of them takes time, so it can be done later.
   */
  snapshot(): (() => Buffer)[];
}

/**
 * Serialising 40,000 records takes over 100 ms, which each commit would cost; a page of 32 takes 0.1 ms. Smaller
 * pages would mean more chunks to write.
 */
const rowsPerPage = 32;

const toLine = (row: Row): string => `${JSON.stringify(row.id)}:${JSON.stringify(row)}`;

export function createPages<T extends Row>(): Pages<T> {
  const pages = new Set<Page<T>>();
  let last: Page<T> | undefined;

  const findPageWithRoom = (): Page<T> => {
    if (!last || last.rows.size >= rowsPerPage || !pages.has(last)) {
      last = { rows: new Map(), text: undefined, changes: 0 };
      pages.add(last);
    }
    return last;
  };

  return {
    set(record, known) {
      const page = known ?? findPageWithRoom();
      page.rows.set(record.id, record);
      markChanged(page);
      return page;
    },
    remove(id, page) {
      page.rows.delete(id);
      markChanged(page);
      if (page.rows.size === 0) pages.delete(page);
    },
    snapshot: () => [...pages].map(snapshotPage),
  };
}

function markChanged<T>(page: Page<T>): void {
  page.text = undefined;
  page.changes++;
}

/** Records are replaced, never mutated, so those of this moment can be serialised later. */
function snapshotPage<T extends Row>(page: Page<T>): () => Buffer {
  const { text, changes } = page;
  if (text) return () => text;
  const rows = [...page.rows.values()];
  return () => {
    const made = Buffer.from(rows.map(toLine).join(',\n'));
    if (page.changes === changes) page.text = made;
    return made;
  };
}
