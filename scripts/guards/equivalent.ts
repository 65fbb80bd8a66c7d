import type { Mutant } from './find.js';

/** A change after which people are shown and allowed the same. */
interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly by: string;
  readonly because: string;
}

const equivalent: readonly Equivalent[] = [];

const oneLine = (code: string): string => code.replace(/\s+/g, ' ');

/** Why nobody needs to notice a mutant; nothing when somebody should. */
export const reasonFor = (mutant: Mutant): string | undefined =>
  equivalent.find(
    ({ file, was, by }) => mutant.file === file && oneLine(mutant.was) === was && oneLine(mutant.by) === by,
  )?.because;
