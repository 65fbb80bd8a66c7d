/** How a piece of work ended; never rejects. `Promise.allSettled`, which is for many, shows in a profile of turns. */
export async function settledOf<T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  try {
    return { status: 'fulfilled', value: await work() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
