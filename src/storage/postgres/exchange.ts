import type { Submittable, Connection as Wire } from 'pg';

/** A statement that a connection prepares once and then calls by its name. */
export interface Statement {
  /** Names one text for ever; PostgreSQL cuts it after 63 letters. */
  readonly name: string;
  readonly text: string;
}

/** A statement with its values; a Buffer is sent in PostgreSQL's binary form. */
export interface Call {
  readonly statement: Statement;
  readonly values?: readonly (string | Buffer | null)[];
}

/** What a statement gave: its rows as text, and what PostgreSQL says was done (`COMMIT`, `INSERT 0 1`). */
export interface Result {
  readonly rows: readonly (string | null)[][];
  readonly done: string;
}

/** What node-postgres calls on a query of one's own. */
interface Handlers extends Submittable {
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Several calls that go out in one packet and come back in one, as a query for node-postgres. Its own query class
 * makes a packet of each statement and asks for a description of each result: twice the processor time for `begin`,
 * a select and `commit`, which every read pays.
 * @param prepared the names this connection knows; new ones are added
 * @param settle is called once, with the results in the order of the calls or with the first error
 */
export function exchangeOf(
  calls: readonly Call[],
  prepared: Set<string>,
  settle: (error: Error | undefined, results: Result[]) => void,
): Handlers {
  const results: Result[] = [];
  let rows: (string | null)[][] = [];
  return {
    submit(wire: Wire) {
      wire.stream.cork();
      for (const { statement, values = [] } of calls) {
        const { name, text } = statement;
        if (!prepared.has(name)) wire.parse({ name, text, types: [] }, true);
        prepared.add(name);
        wire.bind({ statement: name, values: [...values] }, true);
        wire.execute(null, true);
      }
      wire.sync();
      wire.stream.uncork();
    },
    handleDataRow: ({ fields }) => void rows.push(fields),
    handleCommandComplete({ text }) {
      results.push({ rows, done: text });
      rows = [];
    },
    handleReadyForQuery: () => settle(undefined, results),
    handleError: (error) => settle(error, results),
  };
}
