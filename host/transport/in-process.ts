import type { Router } from "../router/router.js";
import type { Transport } from "./transport.js";

/** The serial line of a router in this process: the same frames as on a wire, through the same decoder, in calls. */
export class InProcess implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  router: Router | null = null;

  /** Hand this to the router's platform as `send`. */
  readonly send = (frames: Uint8Array): void => this.onData(frames);

  async write(bytes: Uint8Array): Promise<void> {
    const { exports } = this.router!;
    const size = exports.inputSize();
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      this.router!.bytes(exports.inputBuffer(), part.length).set(part);
      exports.receive(part.length);
    }
  }

  async close(): Promise<void> {}
}
