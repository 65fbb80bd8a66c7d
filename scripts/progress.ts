/** Where a progress bar is drawn: `process.stderr`, whose answer is no part of what a command prints. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  update(done: number, of: number): void;
  /** Takes the bar away. */
  end(): void;
}

const width = 30;

/** A bar that fills up on a terminal, drawn anew for each whole per cent; nothing at all elsewhere. */
export function createProgress(terminal: Terminal, label: string): Progress {
  let drawn = -1;
  return {
    update(done, of) {
      const percent = of > 0 ? Math.min(100, Math.floor((done * 100) / of)) : 0;
      if (!terminal.isTTY || percent === drawn) return;
      drawn = percent;
      const full = Math.round((percent * width) / 100);
      terminal.write(`\r${label} [${'#'.repeat(full)}${' '.repeat(width - full)}] ${percent} %`);
    },
    end() {
      if (drawn >= 0) terminal.write('\r\u001b[K');
      drawn = -1;
    },
  };
}
