/**
 * A serial port. The `serialport` package has its ways, each of which a test holds:
 *
 *   in a worker thread it aborts the process        refused before it is loaded
 *   its lock does not keep other programs out       whoever has the port open is asked for in /proc
 *   closing lets DTR fall, opening raises it        off: that resets many boards
 *   an adapter holds bytes back for 16 ms           told not to, where Linux can
 *   a port without modem lines refuses them         used as it is: pseudo-terminals have none
 *   closing fails pending writes with an `error`    listened to, or it would end the process
 *   and leaves those that had not begun pending     failed here
 *   a peer that dies is no end, nor an error        the client notices the silence, or that it cannot write
 *   it lists no pseudo-terminals                    named by hand
 */
import { isMainThread } from "node:worker_threads";
import type { SerialPort } from "serialport";
import { InUseError, TargetError } from "../target-error.js";
import { portHolders } from "./port-holders.js";
import type { Transport } from "./transport.js";

export const DEFAULT_BAUD_RATE = 115_200;

export class SerialLine implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #port: SerialPort;
  /** Fails a write under way. */
  readonly #pending = new Set<(reason: Error) => void>();
  readonly #gone: Promise<void>;

  private constructor(port: SerialPort) {
    this.#port = port;
    port.on("data", chunk => this.onData(chunk));
    let failure: Error | null = null;
    port.on("error", error => {
      failure = error;
    });
    // It may say so twice: once as a port, and once as a stream, which does not tell why.
    this.#gone = new Promise(resolve =>
      port.once("close", (error = failure) => {
        const reason = new TargetError(error ? `${port.path}: ${error.message}` : `${port.path} was closed`);
        resolve();
        for (const fail of this.#pending) fail(reason);
        this.onClose(reason);
      }),
    );
  }

  /** Opens the port at `path`. Throws a TargetError where it is missing, in use (with by whom), or not permitted. */
  static async open(path: string, baudRate = DEFAULT_BAUD_RATE): Promise<SerialLine> {
    if (!isMainThread) throw new TargetError(`cannot open ${path}: serial ports need the main thread`);
    const holders = portHolders(path);
    if (holders.length > 0) throw inUse(path, holders);
    const { SerialPort } = await import("serialport");
    const port = new SerialPort({ path, baudRate, hupcl: false, autoOpen: false });
    await new Promise<void>((resolve, reject) =>
      port.open(error => (error ? reject(failure(path, error)) : resolve())),
    );
    return SerialLine.over(port);
  }

  /** Takes over an open port. */
  static async over(port: SerialPort): Promise<SerialLine> {
    // The package's types do not know of `lowLatency`.
    const modem = { dtr: true, rts: true, lowLatency: true };
    await new Promise(resolve => port.set(modem, resolve));
    // What an earlier session did not read is no answer to this one.
    await new Promise(resolve => port.flush(resolve));
    return new SerialLine(port);
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const { path } = this.#port;
      if (!this.#port.isOpen) return reject(new TargetError(`${path} is closed`));
      this.#pending.add(reject);
      this.#port.write(Buffer.from(bytes), error => {
        this.#pending.delete(reject);
        if (error) reject(new TargetError(`${path}: ${error.message}`));
        else resolve();
      });
    });
  }

  async close(): Promise<void> {
    if (this.#port.isOpen) this.#port.close();
    await this.#gone;
  }
}

export interface PortInfo {
  path: string;
  /** That of the USB device, where it has one. */
  serialNumber?: string | undefined;
}

/** The serial ports of this machine, pseudo-terminals apart. Throws a TargetError where it does not tell. */
export async function listPorts(): Promise<PortInfo[]> {
  const { SerialPort } = await import("serialport");
  try {
    return await SerialPort.list();
  } catch (error) {
    throw new TargetError(`cannot list the serial ports, so name them: ${(error as Error).message}`);
  }
}

function failure(path: string, { message }: Error): TargetError {
  // Somebody was quicker.
  if (message.includes("Cannot lock port")) return inUse(path, portHolders(path));
  const reason = message.includes("Permission denied")
    ? "permission denied; on Debian or Ubuntu: sudo adduser $USER dialout, and log in anew"
    : message.replace(/^Error:? /, "").replace(`, cannot open ${path}`, "");
  return new TargetError(`cannot open ${path}: ${reason}`);
}

function inUse(path: string, holders: string[]): InUseError {
  return new InUseError(`cannot open ${path}: it is in use by ${holders.join(", ") || "another program"}`);
}
