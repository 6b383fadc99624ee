import { describe, expect, it } from "vitest";
import { parseChip } from "../../firmware/build/chip.js";
import { registersHeader, vectorTable } from "../../firmware/build/registers.js";

const sample = `
title: A chip
source: Its manual
blocks:
  UART:
    section: 4.2 "UART"
    at: { UART0: 0x40034000, UART1: 0x40038000 }
    registers:
      DR: 0x00
      SCRATCH: { offset: 0x0C, every: 4 }
      LCR_H: { offset: 0x2C, fields: { FEN: 4, WLEN: { bits: 6:5, values: { 8: 3 } } } }
  PSM:
    section: 2.13 "Power-On State Machine"
    at: 0x40010000
    registers: { WDSEL: 8 }
exceptions:
  Reset: { number: 1, handler: resetHandler }
  SysTick: { number: 15 }
interrupts:
  count: 50
  lines:
    UART0: { number: 20, handler: uartHandler }
`;

const chip = parseChip("registers.yaml", sample);

it("a chip's registers, fields and interrupts are macros, and its handlers are declared", () => {
  expect(registersHeader([chip]).split("\n")).toEqual(
    expect.arrayContaining([
      "#define UART0_DR REGISTER(0x40034000u)",
      "#define UART1_DR REGISTER(0x40038000u)",
      "#define UART1_SCRATCH(index) REGISTER(0x4003800cu + 4 * (index))",
      "#define UART_LCR_H_FEN (1u << 4)",
      "#define UART_LCR_H_WLEN(value) ((u32)(value) << 5)",
      "#define UART_LCR_H_WLEN_MASK (0x3u << 5)",
      "#define UART_LCR_H_WLEN_8 (3u << 5)",
      "#define PSM_WDSEL REGISTER(0x40010008u)",
      "#define UART0_IRQ 20",
      "void uartHandler(void);",
    ]),
  );
});

it("a vector table has a handler in each place that the chip has, and begins where VTOR can point", () => {
  const table = vectorTable([chip]);
  const entries = [...table.matchAll(/^ {2}(.+),$/gm)].map(([, handler]) => handler);
  expect(entries).toHaveLength(16 + 50);
  expect(entries[0]).toBe("(Handler)handlerStackTop");
  expect(entries[1]).toBe("resetHandler");
  expect(entries[2]).toBe("0");
  expect(entries[15]).toBe("strayHandler");
  expect(entries.slice(16)).toEqual(
    Array.from({ length: 50 }, (_, number) => (number === 20 ? "uartHandler" : "strayHandler")),
  );
  expect(table).toContain("aligned(512)");
});

describe("a mistake in the registers of a chip is told with its place", () => {
  it.each([
    ["DR: 0x00", "DR: 0x02", "9:11: expected an address or offset: a multiple of 4 below 2^32, found 2"],
    ["FEN: 4", "FEN: 32", "11:45: expected a bit, 0 to 31, or bits, high:low, found 32"],
    ["6:5", "5:6", '11:62: expected a bit, 0 to 31, or bits, high:low, found "5:6"'],
    ["8: 3 }", "8: 4 }", "11:75: expected values that fit the bits, found a mapping"],
    ["every: 4", "each: 4", '10:32: expected one of offset, every, fields, found "each"'],
    ["number: 20", "number: no", '22:22: expected a whole number from 0 to 239, found "no"'],
    ["count: 50", "count: 20", "22:5: expected numbers below the count, found a mapping"],
    ["title: A chip\n", "", "2:1: expected title: text, found no such key"],
    ["  UART:", "  UA-RT:", '5:3: expected a name of letters, digits and _, found "UA-RT"'],
    ["at: 0x40010000", "at: {", "15:5: expected well-formed YAML, found "],
  ])("%s as %j", (right, wrong, message) => {
    const text = sample.replace(right, wrong);
    expect(() => parseChip("registers.yaml", text)).toThrow(`registers.yaml:${message}`);
  });
});
