/**
 * A network namespace whose one interface is a socket in this process: IP packets out of it come to `onPacket`, and those that
 * are sent go into it. As root, on Linux.
 */
import { execFile } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { promisify } from "node:util";
import { requireTool } from "../../firmware/build/tools.js";
import { spawnDaemon } from "./daemon.js";

const run = promisify(execFile);

async function bound(): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

export class Namespace {
  onPacket: (packet: Uint8Array) => void = () => {};

  private constructor(
    readonly name: string,
    readonly device: string,
    readonly socket: Socket,
    readonly port: number,
    readonly carrier: { end(): Promise<void> },
  ) {
    socket.on("message", packet => this.onPacket(packet));
  }

  /** A namespace whose interface has these addresses, each with the length of its prefix. */
  static async open(addresses: string[]): Promise<Namespace> {
    const name = `nearhop-${process.pid}`;
    const device = `nh${process.pid}`;
    const socket = await bound();
    // A port that is free now, for the other end.
    const spare = await bound();
    const { port } = spare.address();
    spare.close();
    const here = `UDP4:127.0.0.1:${socket.address().port},bind=127.0.0.1:${port}`;
    requireTool("ip");
    const carrier = spawnDaemon(requireTool("socat"), [
      `TUN,tun-type=tun,iff-no-pi,tun-name=${device}`,
      here,
    ]);
    const namespace = new Namespace(name, device, socket, port, carrier);
    try {
      await run("ip", ["netns", "add", name]);
      await eventually(() => run("ip", ["link", "set", device, "netns", name]));
      await namespace.ip("link", "set", "lo", "up");
      for (const address of addresses) {
        const nodad = address.includes(":") ? ["nodad"] : [];
        await namespace.ip("addr", "add", address, "dev", device, ...nodad);
      }
      await namespace.ip("link", "set", device, "up");
    } catch (error) {
      await namespace.close();
      throw error;
    }
    return namespace;
  }

  async ip(...words: string[]): Promise<void> {
    await run("ip", ["-n", this.name, ...words]);
  }

  send(packet: Uint8Array): void {
    this.socket.send(packet, this.port, "127.0.0.1");
  }

  async close(): Promise<void> {
    await this.carrier.end();
    this.socket.close();
    await run("ip", ["netns", "del", this.name]).catch(() => {});
  }
}

/** Tries again until it succeeds, for at most ten seconds. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
