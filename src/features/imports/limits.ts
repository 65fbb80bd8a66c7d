/** The most lines of a file, without its header: more take longer to check than anybody wants to wait. */
export const maxLines = 20_000;
/** The most that is read of a file; twenty thousand full lines are about a third of it. */
export const maxFileBytes = 10_000_000;
/** A larger file is answered later, as checking it takes seconds. */
export const maxInTurnBytes = 200_000;
