import { connect, type Socket } from "node:net";
import { TargetError } from "../target-error.js";
import type { Transport } from "./transport.js";

/** Milliseconds that a connection may take. */
const PATIENCE = 5000;

/** A raw byte stream over TCP, as ser2net gives it, or over a unix socket, as QEMU gives it. */
export class Stream implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #socket: Socket;
  readonly #gone: Promise<void>;

  /** Takes over a connected socket; `name` is for messages. */
  constructor(socket: Socket, name: string) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", chunk => this.onData(chunk));
    let reason = `${name} closed the connection`;
    // An error is always followed by the end.
    socket.on("error", error => {
      reason = `${name}: ${error.message}`;
    });
    this.#gone = new Promise(resolve =>
      socket.once("close", () => {
        resolve();
        this.onClose(new TargetError(reason));
      }),
    );
  }

  /** Connects to `host:port`, or to the unix socket at `path`. Throws a TargetError where nobody answers. */
  static open(where: { host: string; port: number } | { path: string }): Promise<Stream> {
    const name = "path" in where ? where.path : `${where.host}:${where.port}`;
    return new Promise((resolve, reject) => {
      const socket = connect(where);
      const fail = (reason: string) => {
        socket.destroy();
        reject(new TargetError(`cannot reach ${name}: ${reason}`));
      };
      socket.setTimeout(PATIENCE, () => fail(`no answer within ${PATIENCE / 1000} s`));
      socket.once("error", error => fail(error.message));
      socket.once("connect", () => {
        socket.setTimeout(0);
        socket.removeAllListeners("error");
        resolve(new Stream(socket, name));
      });
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, error => (error ? reject(new TargetError(error.message)) : resolve()));
    });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.#gone;
  }
}
