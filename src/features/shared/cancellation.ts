import type { HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';

/** Who cancelled a session, when and why. */
export const readCancellation = async (reader: Reader, actionId: string): Promise<HistoryRow | undefined> =>
  (await reader.list('history', 'byAction', actionId, { reverse: true })).find(
    ({ move }) => move === 'cancel',
  );
