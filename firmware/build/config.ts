/** What the compiler is told of a board and of the core: `board-config.h` and `memory.ld`. */
import { messages } from "../../host/protocol/messages.js";
import { ImageFlag, ResetCause } from "../../host/protocol/words.js";
import type { Board } from "./board.js";
import { usbAnswers } from "./usb.js";

/** The part of HELLO that the platform gives; three of its fields only the running board knows. */
const hello = messages.HELLO.response;
const start = hello.offsets.buildHash;
const end = hello.offsets.memory + 4;

/** C: sizes, rates, the identity as bytes, laid out by the message table, and the causes of a reset. */
export function configHeader(board: Board, buildHash: Uint8Array, checked: boolean): string {
  const identity = hello
    .encode({
      ...hello.decode(new Uint8Array(hello.size)),
      buildHash,
      board: board.name,
      imageFlags: checked ? 0 : ImageFlag.UNCHECKED,
      tickRate: board.tickRate,
      memory: board.linearMemory,
    })
    .subarray(start, end);
  const defines = {
    CLOCK_HZ: `${board.clockHz}u`,
    TICK_RATE: `${board.tickRate}u`,
    TICKS_PER_MICROSECOND: `${board.tickRate / 1e6}u`,
    BAUD: `${board.serial.baud}u`,
    BOUNDS_CHECKED: checked ? "1" : "0",
    MEMORY_BYTES: `${board.linearMemory}u`,
    IDENTITY: `{ ${Array.from(identity).join(", ")} }`,
    IDENTITY_UNIQUE_ID: `${hello.offsets.uniqueId - start}`,
    IDENTITY_BOOT_NONCE: `${hello.offsets.bootNonce - start}`,
    IDENTITY_RESET_CAUSE: `${hello.offsets.resetCause - start}`,
    ...(board.usb && { USB_ANSWERS: `{ ${usbAnswers(board, board.usb).join(", ")} }` }),
  };
  return [
    "#pragma once",
    ...Object.entries(defines).map(([name, value]) => `#define ${name} ${value}`),
    "enum Cause {",
    ...Object.entries(ResetCause).map(([name, value]) => `  CAUSE_${name} = ${value},`),
    "};",
    "",
  ].join("\n");
}

/** The MEMORY command of the linker script, and how large the stacks are. */
export function memoryScript(board: Board): string {
  const regions = Object.entries(board.memory).map(
    ([name, { origin, length, access }]) => `  ${name} (${access}) : ORIGIN = ${origin}, LENGTH = ${length}`,
  );
  const { main, handlers } = board.stacks;
  return `MEMORY {\n${regions.join("\n")}\n}\nmainStack = ${main};\nhandlerStack = ${handlers};\n`;
}
