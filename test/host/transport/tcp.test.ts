import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TargetError } from "../../../host/target-error.js";
import { Stream } from "../../../host/transport/tcp.js";

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
});

afterEach(() => {
  server.close();
});

/** Both ends of a connection. */
async function connected(): Promise<{ line: Stream; peer: Socket }> {
  const accepted = once(server, "connection");
  const line = await Stream.open({ host: "127.0.0.1", port });
  const [peer] = (await accepted) as [Socket];
  peer.on("error", () => {});
  return { line, peer };
}

/** The reason why the line is gone. */
function end(line: Stream): Promise<Error> {
  return new Promise(resolve => {
    line.onClose = resolve;
  });
}

describe("a line over TCP", () => {
  it("carries bytes both ways", async () => {
    const { line, peer } = await connected();
    const answered = new Promise(resolve => {
      line.onData = resolve;
    });
    peer.on("data", chunk => peer.write(chunk));
    await line.write(Uint8Array.of(1, 0, 2));
    expect(await answered).toEqual(Buffer.of(1, 0, 2));
    await line.close();
  });

  it("can be closed when it is gone already", async () => {
    const { line, peer } = await connected();
    const gone = end(line);
    peer.end();
    expect(await gone).toBeInstanceOf(TargetError);
    await line.close();
    await line.close();
  });

  it("says once that it is gone, with the error as the reason", async () => {
    const { line, peer } = await connected();
    const reasons: string[] = [];
    const gone = new Promise<void>(resolve => {
      line.onClose = reason => {
        reasons.push(reason.message);
        resolve();
      };
    });
    peer.resetAndDestroy();
    await gone;
    await line.close();
    expect(reasons).toEqual([`127.0.0.1:${port}: read ECONNRESET`]);
  });

  it("refuses to write once it is closed", async () => {
    const { line } = await connected();
    await line.close();
    await expect(line.write(Uint8Array.of(1))).rejects.toBeInstanceOf(TargetError);
  });

  it("names who cannot be reached", async () => {
    server.close();
    await once(server, "close");
    await expect(Stream.open({ host: "127.0.0.1", port })).rejects.toThrow(
      `cannot reach 127.0.0.1:${port}: connect ECONNREFUSED`,
    );
  });
});
