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
import { isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { InputError, type Place } from "../../host/input-error.js";

/** The handler of an exception or interrupt that nobody handles. */
export const STRAY = "strayHandler";

const ADDRESS = "an address or offset: a multiple of 4 below 2^32";
const address = z.int(ADDRESS).multipleOf(4, ADDRESS).min(0, ADDRESS).max(0xffff_fffc, ADDRESS);

const TEXT = "text";

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
  z.strictObject({ bits, values: named(z.int().nonnegative()).default({}) }).refine(fits, {
    path: ["values"],
    error: "values that fit the bits",
  }),
);

function fits({ bits, values }: { bits: { width: number }; values: Record<string, number> }): boolean {
  return Object.values(values).every(value => value < 2 ** bits.width);
}

const register = z.preprocess(
  written => (isMapping(written) ? written : { offset: written }),
  z.strictObject({ offset: address, every: address.optional(), fields: named(field).default({}) }),
);

const block = z.strictObject({
  section: z.string(TEXT),
  at: z.union([address, named(address)], "an address, or one for each name"),
  registers: named(register),
});

const line = z.strictObject({
  number: z.int().nonnegative(),
  handler: z
    .string()
    .regex(/^[a-z]\w*$/, "the name of a C function")
    .default(STRAY),
});

const schema = z.strictObject({
  title: z.string(TEXT),
  /** The manual that the sections are of. */
  source: z.string(TEXT),
  blocks: named(block),
  exceptions: named(line).default({}),
  interrupts: z
    .strictObject({ count: z.int().positive(), lines: named(line) })
    .refine(({ count, lines }) => Object.values(lines).every(({ number }) => number < count), {
      path: ["lines"],
      error: "numbers below the count",
    })
    .optional(),
});

export type Chip = z.infer<typeof schema>;

/** Reads such a file. Throws an InputError at its first mistake. */
export function readChip(file: string): Chip {
  return parseChip(file, readFileSync(file, "utf8"));
}

export function parseChip(file: string, text: string): Chip {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [malformed] = document.errors;
  if (malformed) throw new InputError(place(malformed.pos[0]), "well-formed YAML", malformed.message);
  const { data, error } = schema.safeParse(document.toJS());
  if (data) return data;
  const { path, expected } = mistake(error.issues[0]!);
  const around = [path, ...path.map((_, end) => path.slice(0, end)).reverse()];
  const node = around.map(keys => document.getIn(keys, true)).find(isNode);
  const found = isScalar(node) ? JSON.stringify(node.value) : document.hasIn(path) ? "a mapping" : "nothing";
  throw new InputError(place(node?.range?.[0] ?? 0), `${path.join(".")}: ${expected}`, found);
}

function mistake(issue: z.core.$ZodIssue): { path: PropertyKey[]; expected: string } {
  switch (issue.code) {
    case "unrecognized_keys":
      return { path: [...issue.path, issue.keys[0]!], expected: "no such key" };
    case "invalid_key":
      return { path: issue.path, expected: issue.issues[0]!.message };
    default:
      return { path: issue.path, expected: issue.message };
  }
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
