/** What is wrong: the data file, its absence, or the journal beside it. */
type Fault = 'file' | 'missing' | 'journal';

/** The files cannot be read as they are: somebody must decide what to do. */
export class Unreadable extends Error {
  /** @param linesBefore the number of readable lines of the journal */
  constructor(
    readonly fault: Fault,
    reason: string,
    readonly linesBefore = 0,
  ) {
    super(reason);
    this.name = 'Unreadable';
  }
}

/** A damaged line of a journal, counted from 1. */
export const damagedLine = (journal: string, line: number): Unreadable =>
  new Unreadable('journal', `line ${line} of its journal, ${journal}, is damaged`, line - 1);

export const journalPath = (file: string): string => `${file}.journal`;

/**
 * Tells an administrator why the bot does not start, with the commands that repair it.
 * @param newest the newest backup
 */
export function describeRepair(file: string, cause: Error, newest: string | undefined): string {
  const problem = `${file} cannot be read: ${cause.message}.`;
  if (!(cause instanceof Unreadable)) return problem;
  return `${problem} Nothing was changed; copy what is there away first. Then ${listRepairs(file, cause, newest)}`;
}

function listRepairs(file: string, { fault, linesBefore }: Unreadable, newest: string | undefined): string {
  const journal = quoteForShell(journalPath(file));
  const alone = `echo none > ${journal}`;
  if (fault === 'journal') {
    const kept = quoteForShell(`${journalPath(file)}.kept`);
    const keep = `keep the lines before it: head -n ${linesBefore} ${journal} > ${kept} && mv ${kept} ${journal}`;
    const first = linesBefore > 0 ? keep : 'put the right one back';
    return `${first}; or go on with what the file says by itself, without what was done since it was last written whole: ${alone}`;
  }
  const first = fault === 'file' ? 'repair it by hand, with } in the place of its last line' : 'put it back';
  const back =
    newest && `go back to its newest backup: cp ${quoteForShell(newest)} ${quoteForShell(file)} && ${alone}`;
  const nothing = `to start with nothing, move it, its journal and its backups away`;
  return back ? `${first}; or ${back}; or, ${nothing}` : `${first}; or, ${nothing}: it has no backup`;
}

const quoteForShell = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;
