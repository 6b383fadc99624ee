import { emulatedBoards } from "../../firmware/build/board.js";
import { InputError } from "../input-error.js";
import { Stream } from "../transport/tcp.js";
import { openEmulated } from "./emulated.js";
import { openBoard, openSerial, serialPort } from "./serial.js";
import type { Target } from "./target.js";
import { openWasm } from "./wasm.js";

const boards = emulatedBoards();

/** What `--target` takes, for messages and help. */
export const TARGETS = `wasm, wasm-mcu, ${boards.join(", ")}, serial:PATH[?baud=N] or tcp://host:port`;

export interface OpenOptions {
  /** How long to wait for a board that another run has, milliseconds. */
  wait?: number;
}

/** Starts or reaches the target of that name, and meets it. Throws an InputError for a name
 * that nobody knows, and a TargetError where there is nobody, or it speaks another schema. */
export async function openTarget(name: string, { wait = 0 }: OpenOptions = {}): Promise<Target> {
  const target = await start(name, wait);
  try {
    await target.client.hello();
    return target;
  } catch (error) {
    await target.close();
    throw error;
  }
}

async function start(name: string, wait: number): Promise<Target> {
  switch (name) {
    case "wasm":
      return openWasm("host");
    case "wasm-mcu":
      return openWasm("mcu");
  }
  if (boards.includes(name)) return openEmulated(name);
  const port = serialPort(name);
  if (port) return openSerial(name, port, wait);
  const tcp = /^tcp:\/\/([^:/]+|\[[^\]]+\]):(\d+)$/.exec(name);
  if (!tcp) throw new InputError({ file: "target" }, TARGETS, JSON.stringify(name));
  const where = { host: tcp[1]!.replace(/^\[|\]$/g, ""), port: Number(tcp[2]) };
  return openBoard(name, name, () => Stream.open(where), wait);
}
