/**
 * The registers, exceptions and interrupts of a chip as data, from which `registers.h` and `vectors.c` of an image are made.
 * What every Cortex-M has is in `runtime/cortex-m.yaml`, the rest in the chip's `registers.yaml`:
 *
 *     title: RP2040
 *     source: RP2040 Datasheet
 *     blocks:
 *       UART:
 *         section: 4.2 "UART"                             of the source
 *         at: { UART0: 0x40034000, UART1: 0x40038000 }    an address alone where there is one, with the block's name
 *         registers:                                      in C:
 *           IBRD: 0x24                                    UART0_IBRD          the u32 at 0x40034024
 *           SCRATCH: { offset: 0x0C, every: 4 }           UART0_SCRATCH(n)    the one at 0x4003400C + 4 * n
 *           LCR_H:
 *             offset: 0x2C
 *             fields:
 *               FEN: 4                                    UART_LCR_H_FEN      1u << 4
 *               WLEN: 6:5                                 UART_LCR_H_WLEN(2), UART_LCR_H_WLEN_MASK
 *               WLEN: { bits: 6:5, values: { 8: 3 } }     UART_LCR_H_WLEN_8 too
 *     interrupts:
 *       count: 26
 *       lines:
 *         UART0: { number: 20, handler: uartHandler }     UART0_IRQ, and the C function that it leads to
 *
 * An exception or interrupt without a handler is a stray one. Addresses and offsets are in bytes.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { object, text, whole } from "../../host/yaml/form.js";
import { inputError } from "../../host/yaml/problem.js";
import { Source } from "../../host/yaml/source.js";

/** The handler of an exception or interrupt that nobody handles. */
export const STRAY = "strayHandler";

const ADDRESS = "an address or offset: a multiple of 4 below 2^32";
const address = z.int(ADDRESS).multipleOf(4, ADDRESS).min(0, ADDRESS).max(0xffff_fffc, ADDRESS);

const NAME = "a name of letters, digits and _";
const named = <T extends z.ZodType>(value: T) => z.record(z.string().regex(/^\w+$/, NAME), value);

const BITS = "a bit, 0 to 31, or bits, high:low";
const bits = z
  .union([z.int(), z.string()], BITS)
  .transform(written => (typeof written === "number" ? [written, written] : written.split(":").map(Number)))
  .refine(pair => pair.length === 2 && pair.every(bit => bit >= 0 && bit <= 31) && pair[0]! >= pair[1]!, BITS)
  .transform(([high, low]) => ({ low: low!, width: high! - low! + 1 }));

const field = z.preprocess(
  written => (isMapping(written) ? written : { bits: written }),
  object({ bits, values: named(whole(0, 0xffff_ffff)).default({}) }).refine(fits, {
    path: ["values"],
    error: "values that fit the bits",
  }),
);

function fits({ bits, values }: { bits: { width: number }; values: Record<string, number> }): boolean {
  return Object.values(values).every(value => value < 2 ** bits.width);
}

const register = z.preprocess(
  written => (isMapping(written) ? written : { offset: written }),
  object({ offset: address, every: address.optional(), fields: named(field).default({}) }),
);

const block = object({
  section: text,
  at: z.union([address, named(address)], "an address, or one for each name"),
  registers: named(register),
});

const line = object({
  number: whole(0, 239),
  handler: z
    .string()
    .regex(/^[a-z]\w*$/, "the name of a C function")
    .default(STRAY),
});

const form = object({
  title: text,
  /** The manual that the sections are of. */
  source: text,
  blocks: named(block),
  exceptions: named(line).default({}),
  interrupts: object({ count: whole(1, 240), lines: named(line) })
    .refine(({ count, lines }) => Object.values(lines).every(({ number }) => number < count), {
      path: ["lines"],
      error: "numbers below the count",
    })
    .optional(),
});

export type Chip = z.infer<typeof form>;

/** Reads such a file. Throws an InputError at its first mistake. */
export function readChip(file: string): Chip {
  return parseChip(file, readFileSync(file, "utf8"));
}

export function parseChip(file: string, content: string): Chip {
  const source = Source.parse(file, content);
  const { data, error } = form.safeParse(source.value);
  if (data) return data;
  throw inputError(source, error.issues);
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
