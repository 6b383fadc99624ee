import type { Client } from "../protocol/client.js";
import { OutOfTimeError } from "../target-error.js";
import type { Target } from "./target.js";

/** Milliseconds between two looks at a board's clock. */
const LOOK = 20;

/** Host time that a board may take for a stretch of device time: so many times as long, and milliseconds more. */
const SLOWEST = 20;
const GRACE = 30_000;

/** A router on the other end of a line, with a clock of its own. */
export class DeviceTarget implements Target {
  constructor(
    readonly name: string,
    readonly client: Client,
    /** Ends what runs the router, once the line is closed. */
    readonly shutDown: () => Promise<void> = async () => {},
    readonly clock: "emulated" | "device" = "device",
  ) {}

  async elapse(duration: number, onProgress?: (share: number) => void): Promise<void> {
    const began = Date.now();
    const allowed = (duration / 1000) * SLOWEST + GRACE;
    await this.client.request("PROGRESS", {});
    const start = this.client.deviceTime;
    for (let passed = 0; passed < duration; passed = this.client.deviceTime - start) {
      const taken = Date.now() - began;
      if (taken > allowed) {
        throw new OutOfTimeError(
          `${this.name}: only ${passed} of ${duration} us of device time passed in ${taken} ms`,
        );
      }
      onProgress?.(passed / duration);
      await new Promise(resolve =>
        setTimeout(resolve, Math.min(LOOK, Math.ceil((duration - passed) / 1000))),
      );
      await this.client.request("PROGRESS", {});
    }
    onProgress?.(1);
  }

  async close(): Promise<void> {
    try {
      await this.client.close();
    } finally {
      await this.shutDown();
    }
  }
}
