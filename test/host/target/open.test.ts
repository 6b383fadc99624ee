import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { InputError } from "../../../host/input-error.js";
import { encodeFrame, FrameReader } from "../../../host/protocol/frame.js";
import { FrameFlag, messages } from "../../../host/protocol/messages.js";
import { openTarget } from "../../../host/target/open.js";
import { TargetError } from "../../../host/target-error.js";

it("names the targets that there are for one that nobody knows", async () => {
  await expect(openTarget("tcp://nowhere")).rejects.toBeInstanceOf(InputError);
});

it.each(["wasm", "wasm-mcu"])("%s is opened under its own name", async name => {
  const target = await openTarget(name);
  expect(target.name).toBe(name);
  await target.close();
});

it("a target that speaks another schema is let go", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const ended = new Promise<void>(resolve => {
    server.once("connection", (peer: Socket) => {
      const reader = new FrameReader();
      peer.on("close", () => resolve());
      peer.on("data", chunk => {
        for (const { sequence } of reader.push(chunk)) {
          const body = new Uint8Array(messages.HELLO.response.size);
          const { kind } = messages.HELLO;
          peer.write(encodeFrame({ kind, flags: FrameFlag.RESPONSE, sequence, time: 0, body }));
        }
      });
    });
  });
  const { port } = server.address() as { port: number };
  const opening = openTarget(`tcp://127.0.0.1:${port}`);
  await expect(opening).rejects.toThrow(TargetError);
  await expect(opening).rejects.toThrow("build and flash it anew");
  await ended;
  server.close();
});
