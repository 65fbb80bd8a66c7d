import { writeSync } from 'node:fs';

/** A reporter of jest that ends the run with the first test that fails, in the middle of its suite, and names it. */
export default class FirstFailure {
  onTestCaseResult({ path }, { status, fullName, failureMessages }) {
    if (status !== 'failed') return;
    writeSync(1, [path, fullName, ...failureMessages].join('\n'));
    process.exit(1);
  }
}
