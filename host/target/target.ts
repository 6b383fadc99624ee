import type { Client } from "../protocol/client.js";

/** A running router that the rig drives. */
export interface Target {
  /** As the user wrote it: `wasm`, `mps2-an385`, `tcp://host:port`. */
  readonly name: string;
  /** Virtual: it jumps, and stands still while the core computes. Emulated: an emulator counts instructions. Device: real. */
  readonly clock: "virtual" | "emulated" | "device";
  readonly client: Client;
  /**
   * Lets `duration` microseconds of device time pass. A virtual clock jumps; a board is waited for.
   * `onProgress` gets the share that has passed, 0 to 1.
   */
  elapse(duration: number, onProgress?: (share: number) => void): Promise<void>;
  close(): Promise<void>;
}
