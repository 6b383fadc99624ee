/**
 * The program that runs what is in a Pico's flash: `node rp2040js-process.js IMAGE SOCKET` connects its serial line to a unix socket, and ends
 * with it. Idle time is skipped, up to 100 times as fast as it would pass; where nobody takes what it sends, it waits.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { Chip, fromFlash } from "./rp2040.js";

/** Between two looks at the socket: nanoseconds of device time, or instructions (some 5 ms). */
const SLICE = 100_000_000;
const INSTRUCTIONS = 100_000;

/** Milliseconds of rest after a slice that was mostly sleep. */
const REST = 1;

const [image, path] = process.argv.slice(2) as [string, string];
const socket = connect(path);
await once(socket, "connect");
// It is always followed by the end, which is enough to know.
socket.on("error", () => {});

let sent: number[] = [];
const chip = new Chip(fromFlash(readFileSync(image)), byte => sent.push(byte));
socket.on("data", bytes => chip.receive(bytes));

while (!socket.destroyed) {
  const idle = chip.run(SLICE, INSTRUCTIONS);
  if (sent.length > 0) {
    const taken = socket.write(Uint8Array.from(sent));
    sent = [];
    if (!taken) await Promise.race([once(socket, "drain"), once(socket, "close")]);
  }
  await (idle ? setTimeout(REST) : setImmediate());
}
