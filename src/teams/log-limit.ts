const everyMs = 60_000;

/** Logs something that happened; `facts` has `more` when the line stands for that many others of its kind. */
type Write = (facts: { readonly more?: number }) => void;

/**
 * Keeps strangers from filling the disk: of each kind, the first event is logged, and then once a minute how many more
 * there were.
 */
export function createLogLimit(): (kind: string, write: Write) => void {
  const counts = new Map<string, number>();
  const startCount = (kind: string, write: Write): void => {
    counts.set(kind, 0);
    setTimeout(() => {
      const more = counts.get(kind) ?? 0;
      counts.delete(kind);
      if (more === 0) return;
      write({ more });
      startCount(kind, write);
    }, everyMs).unref();
  };
  return (kind, write) => {
    const count = counts.get(kind);
    if (count !== undefined) return void counts.set(kind, count + 1);
    write({});
    startCount(kind, write);
  };
}
