import type { Link } from '../records.js';
import type { Actor, Card, Services } from './feature.js';

/** A file as a browser downloads it. */
export interface MadeFile {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly content: string | Uint8Array;
  /** Records leave with it that are not only the person's own: who had it, and when, is recorded. */
  readonly isExport?: boolean;
}

/**
 * Makes the file of a link from the records, when it is downloaded; nothing if the person may not have it, or no
 * longer. Texts `<feature>.files.<file>.what` and `.again` say what it is, and how to get another link.
 */
export type MakeFile = (link: Link, services: Services) => Promise<MadeFile | undefined>;

/** A file that somebody has dropped in their own chat, and that was read from where Teams keeps it. */
export interface DroppedFile {
  /** The same when the same message comes again. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a feature does with files that people drop in their own chats. */
export interface TakesFile {
  /** A larger one is not read. */
  readonly maxBytes: number;
  /** Whether reading it takes so long that somebody is answered later. */
  isLong(file: DroppedFile): boolean;
  /** What they read until then. */
  waiting(actor: Actor, file: DroppedFile, services: Services): Card;
  take(actor: Actor, file: DroppedFile, services: Services): Promise<Card>;
}
