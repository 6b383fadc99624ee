/** What the compiler is told of a chip: `registers.h` and `vectors.c`. */
import { type Chip, STRAY } from "./chip.js";

/** Place of the first interrupt in the vector table, behind the initial stack and the exceptions. */
const INTERRUPTS = 16;

/** VTOR of a Cortex-M0+ takes multiples of this; of others, multiples of the table's size rounded up to a power of two. */
const VTOR_STEP = 256;

/** C: a macro for each register, each field and each interrupt number, and the handlers' declarations. */
export function registersHeader(chips: readonly Chip[]): string {
  const handlers = new Set(chips.flatMap(linesOf).map(({ handler }) => handler));
  return [
    "#pragma once",
    '#include "types.h"',
    "#define REGISTER(address) (*(volatile u32 *)(address))",
    ...chips.flatMap(({ title, source, blocks, interrupts }) => [
      `/* ${title}: ${source} */`,
      ...Object.entries(blocks).flatMap(([name, block]) => blockMacros(name, block)),
      ...Object.entries(interrupts?.lines ?? {}).map(([name, line]) => `#define ${name}_IRQ ${line.number}`),
    ]),
    ...[...handlers].map(handler => `void ${handler}(void);`),
    "",
  ].join("\n");
}

function blockMacros(name: string, { section, at, registers }: Chip["blocks"][string]): string[] {
  const places = typeof at === "number" ? { [name]: at } : at;
  return [
    `/* ${section} */`,
    ...Object.entries(registers).flatMap(([register, { offset, every, fields }]) => [
      ...Object.entries(places).map(([place, base]) => {
        const address = hex(base + offset);
        if (every === undefined) return `#define ${place}_${register} REGISTER(${address})`;
        return `#define ${place}_${register}(index) REGISTER(${address} + ${every} * (index))`;
      }),
      ...Object.entries(fields).flatMap(([field, { bits, values }]) =>
        fieldMacros(`${name}_${register}_${field}`, bits, values),
      ),
    ]),
  ];
}

function fieldMacros(
  name: string,
  { low, width }: { low: number; width: number },
  values: Record<string, number>,
): string[] {
  const named = Object.entries(values).map(([key, value]) => `#define ${name}_${key} (${value}u << ${low})`);
  if (width === 1) return [`#define ${name} (1u << ${low})`, ...named];
  return [
    `#define ${name}_MASK (${hex(2 ** width - 1)} << ${low})`,
    `#define ${name}(value) ((u32)(value) << ${low})`,
    ...named,
  ];
}

function hex(number: number): string {
  return `0x${number.toString(16)}u`;
}

/** C: the vector table, named `vectors`. */
export function vectorTable(chips: readonly Chip[]): string {
  const count = INTERRUPTS + Math.max(...chips.map(({ interrupts }) => interrupts?.count ?? 0));
  const table: string[] = Array.from({ length: count }, (_, place) => (place < INTERRUPTS ? "0" : STRAY));
  table[0] = "(Handler)handlerStackTop";
  for (const { place, handler } of chips.flatMap(linesOf)) table[place] = handler;
  const alignment = Math.max(VTOR_STEP, 2 ** Math.ceil(Math.log2(4 * count)));
  return [
    '#include "cortex-m.h"',
    "typedef void (*Handler)(void);",
    `__attribute__((section(".vectors"), aligned(${alignment}), used))`,
    "const Handler vectors[] = {",
    ...table.map(handler => `  ${handler},`),
    "};",
    "",
  ].join("\n");
}

function linesOf({ exceptions, interrupts }: Chip): { place: number; handler: string }[] {
  const from = (first: number, lines: Chip["exceptions"]) =>
    Object.values(lines).map(({ number, handler }) => ({ place: first + number, handler }));
  return [...from(0, exceptions), ...from(INTERRUPTS, interrupts?.lines ?? {})];
}
