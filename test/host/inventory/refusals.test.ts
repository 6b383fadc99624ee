import { describe, expect, it, vi } from "vitest";
import { boardNames } from "../../../firmware/build/board.js";
import { parseInventory, readInventory } from "../../../host/inventory/inventory.js";

const good = `
window:
  board: pico
  port: /dev/ttyACM0
  id: "E6614C311B7F8C2F"
  notes: the one with the red cable
shelf: { board: netduinoplus2, usb: A50285BI, baud: 921600 }
far: { board: pico, port: "tcp://192.0.2.7:4001" }
somewhere: { board: pico, id: "0123456789abcdef" }
behind: { board: pico, port: "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0" }
`;

it("an inventory tells of each board what it is and where", () => {
  expect(parseInventory("boards.yaml", good)).toEqual([
    {
      name: "window",
      board: "pico",
      port: "/dev/ttyACM0",
      id: "e6614c311b7f8c2f",
      baud: 115_200,
      notes: "the one with the red cable",
      place: { file: "boards.yaml", line: 2, column: 1 },
    },
    {
      name: "shelf",
      board: "netduinoplus2",
      usb: "A50285BI",
      baud: 921_600,
      place: { file: "boards.yaml", line: 7, column: 1 },
    },
    expect.objectContaining({ name: "far", port: "tcp://192.0.2.7:4001" }),
    expect.objectContaining({ name: "somewhere", id: "0123456789abcdef" }),
    expect.objectContaining({ name: "behind", port: "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0" }),
  ]);
});

it("an inventory that nobody has written to yet has no boards", () => {
  expect(parseInventory("boards.yaml", "")).toEqual([]);
});

it.each([
  ["none", "no such file"],
  [".", "a directory"],
])("an inventory that cannot be read is bad input: %s", (name, found) => {
  vi.stubEnv("NEARHOP_BOARDS", name);
  expect(readInventory).toThrow(
    expect.objectContaining({
      name: "InputError",
      message: `${name}: expected an inventory of boards, found ${found}`,
    }),
  );
  vi.unstubAllEnvs();
});

describe("an inventory is refused, with the place, that has", () => {
  it.each([
    ["a list", "- pico", "1:1: expected a mapping, found a list of 1"],
    [
      "two documents",
      "a: { board: pico, port: x }\n---\nb: { board: pico, port: y }",
      "2:1: expected well-formed YAML, found source contains multiple documents",
    ],
    [
      "an entry with the name of a target",
      "pico: { board: pico, port: /dev/ttyACM0 }",
      '1:1: expected a name that is no target of nearhop\'s own, found "pico"',
    ],
    [
      "a name that is another kind of target's",
      '"serial:a": { board: pico, port: /dev/ttyACM0 }',
      '1:1: expected a name: letters, digits, and any of . _ -, found "serial:a"',
    ],
    [
      "no board",
      "a: { port: /dev/ttyACM0 }",
      `1:4: expected board: one of ${boardNames().join(", ")}, found no such key`,
    ],
    [
      "a board that nobody knows",
      "a:\n  board: pica\n  port: /dev/ttyACM0",
      `2:10: expected one of ${boardNames().join(", ")}, found "pica"`,
    ],
    [
      "an unknown key",
      "a: { board: pico, path: /dev/ttyACM0 }",
      '1:19: expected one of board, port, usb, id, baud, notes, found "path"',
    ],
    [
      "a board that is nowhere",
      "a: { board: pico }",
      "1:1: expected where the board is: its port, the usb serial of its port, or its id, found none",
    ],
    ...["serial:/dev/ttyACM0", "tcp://192.0.2.7", "tcp://192.0.2.7:65536", ""].map(port => [
      `for a port ${JSON.stringify(port)}`,
      `a: { board: pico, port: "${port}" }`,
      `1:25: expected the path of a port, or tcp://host:port, found "${port}"`,
    ]),
    [
      "a port in two ways",
      "a: { board: pico, port: /dev/ttyACM0, usb: X }",
      "1:39: expected port or usb, found both",
    ],
    [
      "an id that YAML takes for a number",
      "a: { board: pico, id: 1234567890123456 }",
      '1:23: expected a unique id: 16 hexadecimal digits in quotes, as "0123456789abcdef", found 1234567890123456',
    ],
    [
      "a baud rate of 0",
      "a: { board: pico, port: /dev/ttyACM0, baud: 0 }",
      "1:45: expected a whole number from 1 to 99999999, found 0",
    ],
    [
      "one port for two boards",
      "a: { board: pico, port: /dev/ttyACM0 }\nb: { board: pico, port: /dev/ttyACM0 }",
      '2:25: expected another port than a\'s, found "/dev/ttyACM0"',
    ],
  ])("%s", (_, text, message) => {
    expect(() => parseInventory("boards.yaml", text)).toThrow(
      expect.objectContaining({ name: "InputError", message: `boards.yaml:${message}` }),
    );
  });
});
