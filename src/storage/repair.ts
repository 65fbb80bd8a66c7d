/** What is wrong: the data file, that it is not there, or the journal beside it. */
type Fault = 'file' | 'missing' | 'journal';

/** What is on the disk cannot be read as it is: somebody must decide what to do. */
export class Unreadable extends Error {
  /** @param linesBefore so many lines of the journal can be read */
  constructor(
    readonly fault: Fault,
    reason: string,
    readonly linesBefore = 0,
  ) {
    super(reason);
    this.name = 'Unreadable';
  }
}

/** A line of a journal, counted from 1, is not what was written there. */
export const damagedLine = (journal: string, line: number): Unreadable =>
  new Unreadable('journal', `line ${line} of its journal, ${journal}, is damaged`, line - 1);

export const journalOf = (file: string): string => `${file}.journal`;

/**
 * What to tell an administrator whose bot does not start: what happened, and the commands that repair it.
 * @param newest the newest backup there is
 */
export function repairOf(file: string, cause: Error, newest: string | undefined): string {
  const said = `${file} cannot be read: ${cause.message}.`;
  if (!(cause instanceof Unreadable)) return said;
  return `${said} Nothing was changed; copy what is there away first. Then ${waysOf(file, cause, newest)}`;
}

function waysOf(file: string, { fault, linesBefore }: Unreadable, newest: string | undefined): string {
  const journal = quoted(journalOf(file));
  const alone = `echo none > ${journal}`;
  if (fault === 'journal') {
    const kept = quoted(`${journalOf(file)}.kept`);
    const keep = `keep the lines before it: head -n ${linesBefore} ${journal} > ${kept} && mv ${kept} ${journal}`;
    const first = linesBefore > 0 ? keep : 'put the right one back';
    return `${first}; or go on with what the file says by itself, without what was done since it was last written whole: ${alone}`;
  }
  const first = fault === 'file' ? 'repair it by hand, with } in the place of its last line' : 'put it back';
  const back = newest && `go back to its newest backup: cp ${quoted(newest)} ${quoted(file)} && ${alone}`;
  const nothing = `to start with nothing, move it, its journal and its backups away`;
  return back ? `${first}; or ${back}; or, ${nothing}` : `${first}; or, ${nothing}: it has no backup`;
}

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;
