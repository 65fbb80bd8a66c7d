import { channelChoice, daysAfter, submission } from './activities.js';
import type { Contender } from './contest.js';
import type { Load } from './load.js';
import { deployed } from './servers.js';

/** The author's card offers to withdraw; a form that was refused does not. */
export const isStored = (answer: string): boolean => answer.includes('"mine.withdraw"');

/** The complete placement offer, stored and on the disk when it is answered. */
export const passerelle = (
  name: string,
  env: (folder: string) => Promise<Record<string, string>>,
): Contender => ({
  name,
  start: async (folder) => [[...deployed], { PORT: '0', ...(await env(folder)) }],
  prepare: async (load, connector) => {
    await load.send(channelChoice(connector));
    const monday = await mondayWithoutHoliday(load, connector);
    return () => submission(connector, monday);
  },
  check: (answer) => {
    if (!isStored(answer)) throw new Error(`the offer was not stored: ${answer.slice(0, 500)}`);
  },
});

/** The first week from a month ahead that the calendar allows. */
export async function mondayWithoutHoliday(load: Load, connector: string): Promise<string> {
  const today = new Date();
  let monday = daysAfter(today.toISOString(), 29 + ((7 - today.getUTCDay()) % 7));
  for (let weeks = 0; weeks < 20; weeks++, monday = daysAfter(monday, 7)) {
    if (isStored(await load.send(submission(connector, monday)))) return monday;
  }
  throw new Error('no week of the next months is allowed');
}
