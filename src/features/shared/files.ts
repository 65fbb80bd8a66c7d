/** A file as a browser downloads it. */
export interface MadeFile {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly content: string | Uint8Array;
  /** Records leave with it that are not only the person's own: who had it, and when, is recorded. */
  readonly isExport?: boolean;
}

/** A file that somebody has dropped in their own chat, and that was read from where Teams keeps it. */
export interface DroppedFile {
  /** The same when the same message comes again. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}
