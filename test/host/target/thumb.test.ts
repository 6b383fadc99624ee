import { RP2040 } from "rp2040js";
import { expect, it } from "vitest";
import { Thumb } from "../../../host/target/thumb.js";

const RAM = 0x20000000;
const CODE = 0x1000;
const REGISTERS = 16;
/** Of each opcode. */
const TRIES = 2;

/** What an instruction can change in RAM: what a base register points to, either way of it, and the stack. */
const TOUCHED = 0x4000;

let state = 1;

function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state;
}

const chip = new RP2040();
chip.logger = { debug() {}, info() {}, warn() {}, error: fail };
const { core, sram } = chip;
const thumb = new Thumb(chip);

function fail(_component: string, message: string): void {
  throw new Error(message);
}

/** A small number, a large one that is no address of anything, or an address in RAM, most often of a word. */
function randomValue(): number {
  const kind = random() >>> 29;
  if (kind === 0) return random() >>> 24;
  if (kind === 1) return ((random() & 0x0fffffff) | (random() >>> 31 ? 0x30000000 : 0xf0000000)) >>> 0;
  if (kind === 2) return -(random() >>> 28) >>> 0;
  return RAM + CODE + ((random() >>> 19) & (kind === 3 ? ~0 : ~3));
}

interface State {
  registers: Uint32Array;
  flags: boolean[];
  memory: Uint8Array;
}

function now(): State {
  return {
    registers: core.registers.slice(),
    flags: [core.N, core.Z, core.C, core.V],
    memory: sram.slice(0, TOUCHED),
  };
}

function back({ registers, flags, memory }: State): void {
  core.registers.set(registers);
  [core.N, core.Z, core.C, core.V] = flags as [boolean, boolean, boolean, boolean];
  sram.set(memory);
  core.cycles = 0;
  core.waiting = false;
  core.interruptsUpdated = false;
}

/** Cycles, or the fault. */
function outcome(step: () => number): number | string {
  try {
    return step();
  } catch (error) {
    return (error as Error).message;
  }
}

it("every instruction does what it does in rp2040js, to the flag and the cycle", () => {
  for (let at = 0; at < TOUCHED; at++) sram[at] = random() >>> 24;
  const halves = new Uint16Array(sram.buffer);
  const different = new Set<string>();
  for (let opcode = 0; opcode < 0x10000; opcode++) {
    for (let trial = 0; trial < TRIES; trial++) {
      const pc = RAM + CODE + 2 * (random() >>> 21);
      for (let register = 0; register < REGISTERS; register++) core.registers[register] = randomValue();
      core.SP = RAM + CODE + 4 * (random() >>> 24);
      core.PC = pc;
      const [N, Z, C, V] = [0, 1, 2, 3].map(bit => ((random() >>> 20) >> bit) % 2 === 1);
      Object.assign(core, { N, Z, C, V });
      halves[(pc - RAM) >> 1] = opcode;
      const before = now();
      const expected = [outcome(() => core.executeInstruction()), core.cycles, now()];
      back(before);
      const found = [outcome(() => thumb.run(1, 1) || core.executeInstruction()), core.cycles, now()];
      back(before);
      if (!same(found, expected)) different.add(opcode.toString(16));
    }
  }
  expect([...different]).toEqual([]);
});

it.each([
  ["ADCS", 0x4148, 0x7fffffff, 0, true, 0x80000000, { C: false, V: true }],
  ["SBCS", 0x4188, 0, 0x7fffffff, false, 0x80000000, { C: false, V: false }],
  ["SBCS", 0x4188, 0xffffffff, 0x7fffffff, false, 0x7fffffff, { C: true, V: true }],
])(
  "%s of the largest number and a carry is signed as ARM says",
  (_, opcode, first, second, C, result, flags) => {
    core.PC = RAM + CODE;
    new Uint16Array(sram.buffer)[CODE >> 1] = opcode;
    core.registers.set([first, second]);
    Object.assign(core, { C, interruptsUpdated: false });
    thumb.run(1, 1);
    expect(core.registers[0]).toBe(result);
    expect({ C: core.C, V: core.V }).toEqual(flags);
  },
);

function same(a: unknown[], b: unknown[]): boolean {
  const [one, other] = [a[2], b[2]] as [State, State];
  return (
    a[0] === b[0] &&
    a[1] === b[1] &&
    one.registers.every((value, register) => value === other.registers[register]) &&
    `${one.flags}` === `${other.flags}` &&
    Buffer.compare(one.memory, other.memory) === 0
  );
}
