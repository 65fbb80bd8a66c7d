/** A reporter of jest that ends the run with the first test that fails, in the middle of its suite. */
export default class FirstFailure {
  onTestCaseResult(_test, { status }) {
    if (status === 'failed') process.exit(1);
  }
}
