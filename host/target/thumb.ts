/**
 * The instructions that a router spends its time on. rp2040js tries encodings one after the other, and tells the time after
 * each instruction; here a table of all opcodes leads to a function each, and time is told where it matters. The results are
 * rp2040js's, to the flag and the cycle (ARMv6-M Architecture Reference Manual, A6.7), but for V of ADCS and SBCS: rp2040js has it
 * wrong where the second operand and the carry come to 2^31. What is not here, or does more than compute in RAM, is left to it.
 */
import type { RP2040 } from "rp2040js";

const RAM = 0x20000000;
const SP = 13;
const LR = 14;
const PC = 15;

/** Gives the cycles that it took, or LEFT. PC is that of the next instruction already. */
type Execute = (cpu: Thumb, opcode: number) => number;

/** Not carried out: nothing has changed. */
const LEFT = 0;

export class Thumb {
  /** Instructions of the last run. */
  executed = 0;
  readonly core: RP2040["core"];
  readonly r: Uint32Array;
  readonly bytes: Uint8Array;
  readonly halves: Uint16Array;
  readonly words: Uint32Array;

  constructor({ core, sram }: RP2040) {
    this.core = core;
    this.r = core.registers;
    this.bytes = sram;
    this.halves = new Uint16Array(sram.buffer);
    this.words = new Uint32Array(sram.buffer);
  }

  /**
   * Executes until so many cycles have gone, or instructions, or until one is left to rp2040js; gives the cycles. Nothing but RAM
   * and the CPU is touched: time may be told to the rest of the chip afterwards.
   */
  run(cycles: number, instructions: number): number {
    const { core, halves, r } = this;
    if (core.interruptsUpdated) return 0;
    let gone = 0;
    this.executed = 0;
    while (gone < cycles && this.executed < instructions) {
      const pc = r[PC]!;
      // Beyond RAM there is no opcode, and no function for it.
      const opcode = halves[(pc - RAM) >>> 1]!;
      const execute = table[opcode];
      if (execute === undefined) break;
      r[PC] = pc + 2;
      const taken = execute(this, opcode);
      if (taken === LEFT) {
        r[PC] = pc;
        break;
      }
      gone += taken;
      this.executed++;
    }
    core.cycles += gone;
    return gone;
  }

  /** Of a result that leaves C and V alone. */
  flags(result: number): number {
    this.core.N = result < 0;
    this.core.Z = result === 0;
    return result;
  }

  add(a: number, b: number, carry = 0): number {
    const { core } = this;
    const result = (a + b + carry) | 0;
    core.N = result < 0;
    core.Z = result === 0;
    core.C = a + b + carry > 0xffffffff;
    core.V = ((a ^ result) & (b ^ result)) < 0;
    return result;
  }

  subtract(a: number, b: number, borrow = 0): number {
    const { core } = this;
    const result = (a - b - borrow) | 0;
    core.N = result < 0;
    core.Z = result === 0;
    core.C = a >= b + borrow;
    core.V = ((a ^ b) & (a ^ result)) < 0;
    return result;
  }

  loadWord(register: number, address: number): number {
    const value = this.words[index(address, 2)];
    if (value === undefined) return LEFT;
    this.r[register] = value;
    return 2;
  }

  loadHalf(register: number, address: number): number {
    const value = this.halves[index(address, 1)];
    if (value === undefined) return LEFT;
    this.r[register] = value;
    return 2;
  }

  loadByte(register: number, address: number): number {
    const value = this.bytes[index(address, 0)];
    if (value === undefined) return LEFT;
    this.r[register] = value;
    return 2;
  }

  storeWord(register: number, address: number): number {
    const place = index(address, 2);
    if (place >= this.words.length) return LEFT;
    this.words[place] = this.r[register]!;
    return 2;
  }

  storeHalf(register: number, address: number): number {
    const place = index(address, 1);
    if (place >= this.halves.length) return LEFT;
    this.halves[place] = this.r[register]!;
    return 2;
  }

  storeByte(register: number, address: number): number {
    const place = index(address, 0);
    if (place >= this.bytes.length) return LEFT;
    this.bytes[place] = this.r[register]!;
    return 2;
  }
}

/** Index in RAM as units of 2^scale bytes, beyond its end where the address is not in it, or not a multiple. */
function index(address: number, scale: number): number {
  const offset = (address - RAM) >>> 0;
  // Rotated, the bits below a unit come to be the highest.
  return ((offset >>> scale) | (scale === 0 ? 0 : offset << (32 - scale))) >>> 0;
}

/** Bits of operands: three registers of the lower eight, one of all. */
const d = (opcode: number) => opcode & 7;
const n = (opcode: number) => (opcode >> 3) & 7;
const m = (opcode: number) => (opcode >> 6) & 7;
const t = (opcode: number) => (opcode >> 8) & 7;
const anyD = (opcode: number) => ((opcode >> 4) & 8) | (opcode & 7);
const anyM = (opcode: number) => (opcode >> 3) & 15;
const immediate5 = (opcode: number) => (opcode >> 6) & 31;
const immediate8 = (opcode: number) => opcode & 0xff;

const conditions: ((core: RP2040["core"]) => boolean)[] = [
  core => core.Z,
  core => !core.Z,
  core => core.C,
  core => !core.C,
  core => core.N,
  core => !core.N,
  core => core.V,
  core => !core.V,
  core => core.C && !core.Z,
  core => !core.C || core.Z,
  core => core.N === core.V,
  core => core.N !== core.V,
  core => core.N === core.V && !core.Z,
  core => core.N !== core.V || core.Z,
];

function branchIf(condition: (typeof conditions)[number]): Execute {
  return (cpu, opcode) => {
    if (!condition(cpu.core)) return 1;
    cpu.r[PC]! += ((opcode << 24) >> 23) + 2;
    return 2;
  };
}

/** Encodings from the highest bit on, "." for an operand's; those that name SP or PC where that is special are left. */
const encodings: [pattern: string, execute: Execute][] = [
  ["00000", (cpu, opcode) => shiftLeft(cpu, d(opcode), cpu.r[n(opcode)]!, immediate5(opcode))],
  ["00001", (cpu, opcode) => shiftRight(cpu, d(opcode), cpu.r[n(opcode)]!, immediate5(opcode) || 32)],
  [
    "00010",
    (cpu, opcode) => {
      const value = cpu.r[n(opcode)]!;
      const shift = immediate5(opcode) || 32;
      cpu.core.C = ((value >>> (shift - 1)) & 1) !== 0;
      return flagged(cpu, d(opcode), value >> Math.min(shift, 31));
    },
  ],
  ["0001100", (cpu, opcode) => keep(cpu, d(opcode), cpu.add(cpu.r[n(opcode)]!, cpu.r[m(opcode)]!))],
  ["0001101", (cpu, opcode) => keep(cpu, d(opcode), cpu.subtract(cpu.r[n(opcode)]!, cpu.r[m(opcode)]!))],
  ["0001110", (cpu, opcode) => keep(cpu, d(opcode), cpu.add(cpu.r[n(opcode)]!, m(opcode)))],
  ["0001111", (cpu, opcode) => keep(cpu, d(opcode), cpu.subtract(cpu.r[n(opcode)]!, m(opcode)))],
  ["00100", (cpu, opcode) => flagged(cpu, t(opcode), immediate8(opcode))],
  ["00101", (cpu, opcode) => compared(cpu.subtract(cpu.r[t(opcode)]!, immediate8(opcode)))],
  ["00110", (cpu, opcode) => keep(cpu, t(opcode), cpu.add(cpu.r[t(opcode)]!, immediate8(opcode)))],
  ["00111", (cpu, opcode) => keep(cpu, t(opcode), cpu.subtract(cpu.r[t(opcode)]!, immediate8(opcode)))],
  ["0100000000", (cpu, opcode) => flagged(cpu, d(opcode), cpu.r[d(opcode)]! & cpu.r[n(opcode)]!)],
  ["0100000001", (cpu, opcode) => flagged(cpu, d(opcode), cpu.r[d(opcode)]! ^ cpu.r[n(opcode)]!)],
  [
    "0100000010",
    (cpu, opcode) => {
      const shift = cpu.r[n(opcode)]! & 0xff;
      return shift === 0 || shift > 31 ? LEFT : shiftLeft(cpu, d(opcode), cpu.r[d(opcode)]!, shift);
    },
  ],
  [
    "0100000011",
    (cpu, opcode) => {
      const shift = cpu.r[n(opcode)]! & 0xff;
      return shift === 0 || shift > 31 ? LEFT : shiftRight(cpu, d(opcode), cpu.r[d(opcode)]!, shift);
    },
  ],
  [
    "0100000101",
    (cpu, opcode) => {
      const carry = cpu.core.C ? 1 : 0;
      return keep(cpu, d(opcode), cpu.add(cpu.r[n(opcode)]!, cpu.r[d(opcode)]!, carry));
    },
  ],
  [
    "0100000110",
    (cpu, opcode) => {
      const borrow = cpu.core.C ? 0 : 1;
      return keep(cpu, d(opcode), cpu.subtract(cpu.r[d(opcode)]!, cpu.r[n(opcode)]!, borrow));
    },
  ],
  ["0100001000", (cpu, opcode) => compared(cpu.flags(cpu.r[d(opcode)]! & cpu.r[n(opcode)]!))],
  ["0100001001", (cpu, opcode) => keep(cpu, d(opcode), cpu.subtract(0, cpu.r[n(opcode)]!))],
  ["0100001010", (cpu, opcode) => compared(cpu.subtract(cpu.r[d(opcode)]!, cpu.r[n(opcode)]!))],
  ["0100001100", (cpu, opcode) => flagged(cpu, d(opcode), cpu.r[d(opcode)]! | cpu.r[n(opcode)]!)],
  ["0100001101", (cpu, opcode) => flagged(cpu, d(opcode), Math.imul(cpu.r[d(opcode)]!, cpu.r[n(opcode)]!))],
  ["0100001110", (cpu, opcode) => flagged(cpu, d(opcode), cpu.r[d(opcode)]! & ~cpu.r[n(opcode)]!)],
  ["0100001111", (cpu, opcode) => flagged(cpu, d(opcode), ~cpu.r[n(opcode)]!)],
  [
    "01000100",
    (cpu, opcode) => {
      if (anyD(opcode) >= SP || anyM(opcode) === PC) return LEFT;
      return keep(cpu, anyD(opcode), cpu.r[anyD(opcode)]! + cpu.r[anyM(opcode)]!);
    },
  ],
  [
    "01000110",
    (cpu, opcode) => {
      const isSpecial = anyD(opcode) === SP || anyD(opcode) === PC || anyM(opcode) === PC;
      return isSpecial ? LEFT : keep(cpu, anyD(opcode), cpu.r[anyM(opcode)]!);
    },
  ],
  [
    "010001110....000",
    (cpu, opcode) => {
      const target = cpu.r[anyM(opcode)]!;
      // The end of a handler.
      if (target >>> 28 === 15 || anyM(opcode) === PC) return LEFT;
      cpu.r[PC] = target & ~1;
      return 2;
    },
  ],
  [
    "01000101",
    (cpu, opcode) =>
      anyM(opcode) === PC || anyD(opcode) === PC
        ? LEFT
        : compared(cpu.subtract(cpu.r[anyD(opcode)]!, cpu.r[anyM(opcode)]!)),
  ],
  ["01001", (cpu, opcode) => cpu.loadWord(t(opcode), ((cpu.r[PC]! + 2) & ~3) + 4 * immediate8(opcode))],
  ["0101000", (cpu, opcode) => cpu.storeWord(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["0101001", (cpu, opcode) => cpu.storeHalf(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["0101010", (cpu, opcode) => cpu.storeByte(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["0101100", (cpu, opcode) => cpu.loadWord(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["0101101", (cpu, opcode) => cpu.loadHalf(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["0101110", (cpu, opcode) => cpu.loadByte(d(opcode), cpu.r[n(opcode)]! + cpu.r[m(opcode)]!)],
  ["01100", (cpu, opcode) => cpu.storeWord(d(opcode), cpu.r[n(opcode)]! + 4 * immediate5(opcode))],
  ["01101", (cpu, opcode) => cpu.loadWord(d(opcode), cpu.r[n(opcode)]! + 4 * immediate5(opcode))],
  ["01110", (cpu, opcode) => cpu.storeByte(d(opcode), cpu.r[n(opcode)]! + immediate5(opcode))],
  ["01111", (cpu, opcode) => cpu.loadByte(d(opcode), cpu.r[n(opcode)]! + immediate5(opcode))],
  ["10000", (cpu, opcode) => cpu.storeHalf(d(opcode), cpu.r[n(opcode)]! + 2 * immediate5(opcode))],
  ["10001", (cpu, opcode) => cpu.loadHalf(d(opcode), cpu.r[n(opcode)]! + 2 * immediate5(opcode))],
  ["10010", (cpu, opcode) => cpu.storeWord(t(opcode), cpu.r[SP]! + 4 * immediate8(opcode))],
  ["10011", (cpu, opcode) => cpu.loadWord(t(opcode), cpu.r[SP]! + 4 * immediate8(opcode))],
  ["10101", (cpu, opcode) => keep(cpu, t(opcode), cpu.r[SP]! + 4 * immediate8(opcode))],
  ["101100000", (cpu, opcode) => keep(cpu, SP, cpu.r[SP]! + 4 * (opcode & 0x7f))],
  ["101100001", (cpu, opcode) => keep(cpu, SP, cpu.r[SP]! - 4 * (opcode & 0x7f))],
  [
    "1011010",
    (cpu, opcode) => {
      const list = (opcode & 0xff) | ((opcode & 0x100) << (LR - 8));
      const count = ones(list);
      const first = index(cpu.r[SP]! - 4 * count, 2);
      if (first + count > cpu.words.length) return LEFT;
      for (let register = 0, place = first; register <= LR; register++) {
        if ((list >> register) & 1) cpu.words[place++] = cpu.r[register]!;
      }
      cpu.r[SP]! -= 4 * count;
      // One less where LR is among them: rp2040js reckons so.
      return 1 + count - ((opcode >> 8) & 1);
    },
  ],
  [
    "1011110",
    (cpu, opcode) => {
      const list = opcode & 0xff;
      const isReturn = (opcode & 0x100) !== 0;
      const count = ones(opcode & 0x1ff);
      const first = index(cpu.r[SP]!, 2);
      if (first + count > cpu.words.length) return LEFT;
      const target = isReturn ? cpu.words[first + count - 1]! : 0;
      // The end of a handler.
      if (target >>> 28 === 15) return LEFT;
      for (let register = 0, place = first; register < 8; register++) {
        if ((list >> register) & 1) cpu.r[register] = cpu.words[place++]!;
      }
      cpu.r[SP]! += 4 * count;
      if (!isReturn) return 1 + count;
      cpu.r[PC] = target & ~1;
      return 2 + count;
    },
  ],
  ["1011001010", (cpu, opcode) => keep(cpu, d(opcode), cpu.r[n(opcode)]! & 0xffff)],
  ["1011001011", (cpu, opcode) => keep(cpu, d(opcode), cpu.r[n(opcode)]! & 0xff)],
  ...conditions.map((condition, code): [string, Execute] => [
    `1101${code.toString(2).padStart(4, "0")}`,
    branchIf(condition),
  ]),
  [
    "11100",
    (cpu, opcode) => {
      cpu.r[PC]! += ((opcode << 21) >> 20) + 2;
      return 2;
    },
  ],
  [
    "11110",
    (cpu, opcode) => {
      const next = cpu.r[PC]!;
      const second = cpu.halves[(next - RAM) >>> 1]!;
      if (second >> 14 !== 3 || (second & 0x1000) === 0) return LEFT;
      const sign = (opcode << 21) >> 31;
      const upper = ((second >> 13) & 1) === 1 ? sign & 1 : ~sign & 1;
      const lower = ((second >> 11) & 1) === 1 ? sign & 1 : ~sign & 1;
      const offset =
        (sign << 24) | (upper << 23) | (lower << 22) | ((opcode & 0x3ff) << 12) | ((second & 0x7ff) << 1);
      cpu.r[LR] = (next + 2) | 1;
      cpu.r[PC] = next + 2 + offset;
      return 3;
    },
  ],
];

function ones(list: number): number {
  let count = 0;
  for (let rest = list; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function shiftLeft(cpu: Thumb, register: number, value: number, shift: number): number {
  if (shift !== 0) cpu.core.C = ((value >>> (32 - shift)) & 1) !== 0;
  return flagged(cpu, register, value << shift);
}

function shiftRight(cpu: Thumb, register: number, value: number, shift: number): number {
  cpu.core.C = ((value >>> (shift - 1)) & 1) !== 0;
  return flagged(cpu, register, shift === 32 ? 0 : (value >>> shift) | 0);
}

function keep(cpu: Thumb, register: number, result: number): number {
  cpu.r[register] = result;
  return 1;
}

function flagged(cpu: Thumb, register: number, result: number): number {
  return keep(cpu, register, cpu.flags(result));
}

/** Only the flags are wanted. */
function compared(_result: number): number {
  return 1;
}

const table: (Execute | undefined)[] = Array.from({ length: 0x10000 });
for (const [pattern, execute] of encodings) {
  const bits = pattern.padEnd(16, ".");
  const fixed = Number.parseInt(bits.replace(/\d/g, "1").replaceAll(".", "0"), 2);
  const value = Number.parseInt(bits.replaceAll(".", "0"), 2);
  for (let opcode = 0; opcode < table.length; opcode++) {
    if ((opcode & fixed) === value) table[opcode] = execute;
  }
}
