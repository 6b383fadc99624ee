import { Client } from "../protocol/client.js";
import { DEFAULT_BAUD_RATE, SerialLine } from "../transport/serial.js";
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

/** The board on a serial port as a target. Throws a TargetError as `SerialLine.open`. */
export async function openSerial(name: string, { path, baudRate }: SerialPortName): Promise<Target> {
  return new DeviceTarget(name, new Client(await SerialLine.open(path, baudRate)));
}
