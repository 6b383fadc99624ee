/** One line on a terminal's standard error while something takes its time; nothing anywhere else. */
export interface Progress {
  /** `share` done, 0 to 1. */
  update(share: number): void;
  /** Takes the line away. */
  done(): void;
}

/** What is over before this shows nothing, milliseconds. */
const PATIENCE = 500;
const REDRAW = 100;
const WIDTH = 24;

export function progress(label: string, out: NodeJS.WriteStream = process.stderr): Progress {
  if (!out.isTTY) return { update: () => {}, done: () => {} };
  const start = Date.now();
  let drawn = 0;
  return {
    update(share) {
      const now = Date.now();
      if (now - start < PATIENCE || now - drawn < REDRAW) return;
      drawn = now;
      const filled = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.write(`\r\x1b[K${label} ${bar} ${Math.round(share * 100)} %`);
    },
    done() {
      if (drawn > 0) out.write("\r\x1b[K");
    },
  };
}
