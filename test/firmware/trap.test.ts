import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import wabt from "wabt";
import { emulatedBoards, readBoard } from "../../firmware/build/board.js";
import { messages } from "../../host/protocol/messages.js";
import { ResetCause } from "../../host/protocol/words.js";
import { boot } from "../../host/target/emulated.js";
import type { Process } from "../../host/transport/child-process.js";
import { folder } from "./folder.js";
import { type TestImage, testImage } from "./image.js";

/**
 * A core that sends the platform's identity when it starts, then goes wrong in the way that the byte it receives says. (The
 * router core has none of these ways.) `memory` is the board's linear memory, in bytes.
 */
const faulty = (memory: number) => `
(module
  (import "platform" "send" (func $send (param i32 i32)))
  (import "platform" "ticks" (func $ticks (result i32)))
  (import "platform" "identify" (func $identify (param i32)))
  (memory (export "memory") ${Math.ceil(memory / 65536)} ${Math.ceil(memory / 65536)})
  (func (export "inputBuffer") (result i32) (i32.const 1024))
  (func (export "inputSize") (result i32) (i32.const 1))
  (func (export "countOverrun") (param i32))
  (global $started (mut i32) (i32.const 0))
  (func (export "poll") (param i64) (result i64)
    (if (i32.eqz (global.get $started)) (then
      (global.set $started (i32.const 1))
      (call $identify (i32.const 2048)) (call $send (i32.const 2048) (i32.const ${identitySize()}))))
    (i64.const -1))
  (func $is (param i32) (result i32) (i32.eq (i32.load8_u (i32.const 1024)) (local.get 0)))
  (func $sink (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (i32.store (i32.const 2048) (call $sink (i32.sub (local.get 0) (i32.const 1))))
    (i32.add (i32.load (i32.const 2048)) (call $ticks)))
  (func (export "receive") (param i32)
    (if (call $is (i32.const 98)) (then (i32.store (i32.const ${memory - 3}) (i32.const 1))))
    (if (call $is (i32.const 119)) (then (i32.store offset=8 (i32.const -8) (i32.const 1))))
    (if (call $is (i32.const 102)) (then (memory.fill (i32.const ${memory - 536}) (i32.const 1) (i32.const 537))))
    (if (call $is (i32.const 117)) (then (unreachable)))
    (if (call $is (i32.const 100)) (then
      (i32.store (i32.const 2048) (i32.div_u (i32.const 1) (i32.load (i32.const 4096))))))
    (if (call $is (i32.const 97)) (then (i32.store (i32.add (local.get 0) (i32.const 2048)) (i32.const 1))))
    (if (call $is (i32.const 115)) (then (drop (call $sink (i32.const 1000000)))))
    (if (call $is (i32.const 104)) (then (loop $hang (br $hang))))))`;

function identitySize(): number {
  const { offsets } = messages.HELLO.response;
  return offsets.memory + 4 - offsets.buildHash;
}

const directory = folder();

const traps: [string, string, keyof typeof ResetCause][] = [
  ["a store across the end of linear memory", "b", "OUT_OF_BOUNDS"],
  ["an address that wraps with its offset", "w", "OUT_OF_BOUNDS"],
  ["a fill across the end of linear memory", "f", "OUT_OF_BOUNDS"],
  ["code that must not be reached", "u", "UNREACHABLE"],
  ["a division by zero", "d", "DIVIDE_BY_ZERO"],
  ["an unaligned store", "a", "CPU_FAULT"],
  ["a stack that overflows", "s", "CPU_FAULT"],
  ["a loop without end", "h", "WATCHDOG"],
];

describe.each(emulatedBoards())("%s", name => {
  let image: TestImage;
  let board: Process;
  let received: (length: number) => Promise<Uint8Array>;

  beforeAll(async () => {
    const { parseWat } = await wabt();
    const core = join(directory, `${name}.wasm`);
    writeFileSync(
      core,
      parseWat("faulty.wat", faulty(readBoard(name).linearMemory), { bulk_memory: true }).toBinary({}).buffer,
    );
    image = await testImage(name, core, `${name}-faulty`);
  });

  beforeEach(async () => {
    board = await boot(name, image.directory);
    let bytes = Buffer.alloc(0);
    let changed = () => {};
    board.line.onData = chunk => {
      bytes = Buffer.concat([bytes, chunk]);
      changed();
    };
    received = async length => {
      while (bytes.length < length) {
        await new Promise<void>(resolve => {
          changed = resolve;
        });
      }
      const taken = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      return taken;
    };
  });

  afterEach(() => board.end());

  /** What the board tells at its next boot. */
  async function identity(): Promise<{ bootNonce: number; resetCause: number }> {
    const hello = messages.HELLO.response;
    const body = new Uint8Array(hello.size);
    body.set(await received(identitySize()), hello.offsets.buildHash);
    return hello.decode(body);
  }

  it.each(traps)("is reset by %s, and tells so", async (_, command, cause) => {
    const before = await identity();
    expect(before.resetCause).toBe(ResetCause.NONE);
    await board.line.write(Buffer.from(command));
    const after = await identity();
    expect(after.resetCause).toBe(ResetCause[cause]);
    expect(after.bootNonce).not.toBe(before.bootNonce);
  });
});
