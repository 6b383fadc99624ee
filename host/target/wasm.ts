import { Client } from "../protocol/client.js";
import { type Platform, type Profile, Router, still } from "../router/router.js";
import { InProcess } from "../transport/in-process.js";
import type { Target } from "./target.js";

/** Device time that passes between two looks at the progress, microseconds. */
const SLICE = 5_000_000;

/**
 * The router in this process, on a virtual clock: it stands still while the core computes, and jumps over what is
 * idle. The counter that times its work stands still as well, unless another one is given.
 */
export async function openWasm(
  profile: Profile = "host",
  { ticks, tickRate }: Pick<Platform, "ticks" | "tickRate"> = still,
): Promise<Target> {
  const line = new InProcess();
  const board = `wasm-${profile}`;
  const router = await Router.load(profile, { board, send: line.send, ticks, tickRate });
  line.router = router;
  const client = new Client(line);
  let now = 0;
  return {
    name: profile === "host" ? "wasm" : `wasm-${profile}`,
    clock: "virtual",
    client,
    async elapse(duration, onProgress) {
      const end = now + duration;
      const start = now;
      while (now < end) {
        now = Math.min(now + SLICE, end);
        router.exports.advance(BigInt(now));
        onProgress?.((now - start) / duration);
        // Lets progress be drawn, and signals be heard.
        await new Promise(resolve => setImmediate(resolve));
      }
    },
    close: () => client.close(),
  };
}
