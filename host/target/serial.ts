import { existsSync, realpathSync } from "node:fs";
import { takeLock } from "../lock.js";
import { Client } from "../protocol/client.js";
import { DEFAULT_BAUD_RATE, SerialLine } from "../transport/serial.js";
import type { Transport } from "../transport/transport.js";
import { DeviceTarget } from "./device.js";
import type { Target } from "./target.js";

export interface SerialPortName {
  readonly path: string;
  readonly baudRate: number;
}

/** What `serial:PATH[?baud=N]` names, or null for the name of another kind of target. */
export function serialPort(name: string): SerialPortName | null {
  const [, path, baud] = /^serial:([^?]+)(?:\?baud=([1-9]\d{0,7}))?$/.exec(name) ?? [];
  return path === undefined
    ? null
    : { path, baudRate: baud === undefined ? DEFAULT_BAUD_RATE : Number(baud) };
}

/** Throws a TargetError as `SerialLine.open`. */
export function openSerial(name: string, { path, baudRate }: SerialPortName, wait = 0): Promise<Target> {
  // Below /dev/serial a port has further names.
  const device = existsSync(path) ? realpathSync(path) : path;
  return openBoard(name, device, () => SerialLine.open(path, baudRate), wait);
}

/**
 * The board at the other end of a line, which is this process's until the target is closed. Waits for `wait` milliseconds where
 * another run has it. Throws as `takeLock` and `openLine`.
 */
export async function openBoard(
  name: string,
  lock: string,
  openLine: () => Promise<Transport>,
  wait: number,
): Promise<Target> {
  const release = await takeLock(lock, { wait });
  try {
    return new DeviceTarget(name, new Client(await openLine()), async () => release());
  } catch (error) {
    release();
    throw error;
  }
}
