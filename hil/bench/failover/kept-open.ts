/** A target for one run of several: who runs a scenario on it closes it, and it stays open. */
import type { Target } from "../../../host/target/target.js";

export function keptOpen(target: Target): Target {
  return {
    name: target.name,
    clock: target.clock,
    client: target.client,
    elapse: (duration, onProgress) => target.elapse(duration, onProgress),
    close: async () => {},
  };
}
