import type { Client } from "../protocol/client.js";
import { OutOfTimeError } from "../target-error.js";
import type { Target } from "./target.js";

/** Milliseconds between two looks at a board's clock. */
const LOOK = 20;

/** Host time that a board may take for a stretch of device time: this many times as long, and this much more, milliseconds. */
const SLOWEST = 20;
const GRACE = 30_000;

/** A router on the other end of a line, with a clock of its own. */
export class DeviceTarget implements Target {
  readonly clock = "device";

  constructor(
    readonly name: string,
    readonly client: Client,
    /** Ends what runs the router, once the line is closed. */
    readonly shutDown: () => Promise<void> = async () => {},
  ) {}

  async elapse(duration: number, onProgress?: (share: number) => void): Promise<void> {
    const deadline = Date.now() + (duration / 1000) * SLOWEST + GRACE;
    await this.client.request("PROGRESS", {});
    const start = this.client.deviceTime;
    for (let passed = 0; passed < duration; passed = this.client.deviceTime - start) {
      if (Date.now() > deadline) {
        throw new OutOfTimeError(
          `${this.name}: only ${passed} of ${duration} us of device time passed in ${Date.now() - deadline + GRACE} ms`,
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
    await this.client.close();
    await this.shutDown();
  }
}
