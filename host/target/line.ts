/** Boards at the other end of a line: `serial:PATH[?baud=N]`, or `tcp://host:port` for one that ser2net serves raw. */
import { existsSync, realpathSync } from "node:fs";
import { takeLock } from "../lock.js";
import { Client } from "../protocol/client.js";
import { DEFAULT_BAUD_RATE, SerialLine } from "../transport/serial.js";
import { Stream } from "../transport/tcp.js";
import { DeviceTarget } from "./device.js";
import type { Target } from "./target.js";

export type LineName =
  | { readonly path: string; readonly baudRate: number }
  | { readonly host: string; readonly port: number };

/** What `text` names, or null where it names no line. */
export function lineName(text: string): LineName | null {
  const [, path, baud] = /^serial:([^?]+)(?:\?baud=([1-9]\d{0,7}))?$/.exec(text) ?? [];
  if (path !== undefined) return { path, baudRate: baud === undefined ? DEFAULT_BAUD_RATE : Number(baud) };
  const [, host, port] = /^tcp:\/\/([^:/]+|\[[^\]]+\]):(\d+)$/.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

/** What a run locks: the same for all names of a line. Below /dev/serial a port has further ones. */
export function deviceOf(line: LineName): string {
  if ("host" in line) return `tcp://${line.host}:${line.port}`;
  return existsSync(line.path) ? realpathSync(line.path) : line.path;
}

/**
 * The board at the other end of a line, which is this process's until the target is closed. Waits for `wait` milliseconds where
 * another run has it. Throws as `takeLock`, and a TargetError where the line cannot be opened.
 */
export async function openLine(name: string, line: LineName, wait = 0): Promise<Target> {
  const release = await takeLock(deviceOf(line), { wait });
  try {
    const transport = await ("host" in line ? Stream.open(line) : SerialLine.open(line.path, line.baudRate));
    return new DeviceTarget(name, new Client(transport), async () => release());
  } catch (error) {
    release();
    throw error;
  }
}
