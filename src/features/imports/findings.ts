import type { Finding } from '../../domain/imports/finding.js';

/** What is told of a file. */
export const maxFindings = 5_000;

/** Everything found in a file; the first ones are told line by line, faults before notices, the rest is counted. */
export class Findings {
  private readonly told: Record<'faults' | 'notices', Finding[]> = { faults: [], notices: [] };
  faults = 0;
  notices = 0;

  /** Notices of lines whose action may turn out to be there already, which nobody needs to look at. */
  private waiting: Finding[] = [];

  /** Adds faults, and notices unless their lines are there already. */
  addOfFile(findings: readonly Finding[]): void {
    this.add(findings.filter(({ blocks }) => blocks));
    for (const finding of findings) if (!finding.blocks) this.waiting.push(finding);
  }

  leaveOut(lines: ReadonlySet<number>): void {
    this.add(this.waiting.filter(({ line }) => !lines.has(line)));
    this.waiting = [];
  }

  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const group = finding.blocks ? 'faults' : 'notices';
      this[group]++;
      if (this.told[group].length < maxFindings) this.told[group].push(finding);
    }
  }

  list(): Finding[] {
    const byLine = (a: Finding, b: Finding) => a.line - b.line;
    return [...this.told.faults.sort(byLine), ...this.told.notices.sort(byLine)].slice(0, maxFindings);
  }
}
