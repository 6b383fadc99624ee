import { vi } from "vitest";

/** Waits for `work` while virtual time, that of `vi.useFakeTimers`, passes. */
export async function virtually<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await vi.advanceTimersToNextTimerAsync();
  return work;
}
