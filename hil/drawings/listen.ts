/** Notes when the packets of a BFD session arrive, by looking at its counter again and again. */
import type { Target } from "../../host/target/target.js";

export interface Ear {
  /** Arrivals in each run, microseconds from its start, none earlier than the true one and none later by more than `step`. */
  heard: number[][];
  on(target: Target): Target;
}

/** Listens to the session with `neighbor` between two instants of each run. */
export function ear({
  neighbor,
  from,
  to,
  step,
}: {
  neighbor: number;
  from: number;
  to: number;
  step: number;
}): Ear {
  const heard: number[][] = [];
  const listen = async (target: Target) => {
    const received = async () => (await target.client.request("BFD_STATE", { neighbor })).received;
    const arrivals: number[] = [];
    heard.push(arrivals);
    let count = await received();
    for (let now = from + step; now <= to; now += step) {
      await target.elapse(step);
      const before = count;
      count = await received();
      if (count > before) arrivals.push(now);
    }
  };
  return {
    heard,
    on: target => ({
      ...target,
      async elapse(duration, onProgress) {
        if (duration <= to) return target.elapse(duration, onProgress);
        await target.elapse(from);
        await listen(target);
        await target.elapse(duration - to, onProgress);
      },
    }),
  };
}
