/**
 * The boards of a lab, by name: `boards.yaml` of the working folder, or the file that NEARHOP_BOARDS names.
 * `docs/lab.md` explains every key.
 */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { boardNames } from "../../firmware/build/board.js";
import { type Place, unreadable } from "../input-error.js";
import { lineName } from "../target/line.js";
import { builtIn } from "../target/names.js";
import { DEFAULT_BAUD_RATE } from "../transport/serial.js";
import { object, parsed, text, whole } from "../yaml/form.js";
import { describe, inputError } from "../yaml/problem.js";
import { Source } from "../yaml/source.js";

const FILE = "boards.yaml";

/** As a name in a path, and never as `serial:PATH` or `tcp://host:port`. */
const name = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u, "a name: letters, digits, and any of . _ -")
  .refine(name => !builtIn.includes(name), "a name that is no target of nearhop's own");

const entry = object({
  board: z.enum(boardNames()),
  port: parsed("the path of a port, or tcp://host:port", readPort).optional(),
  usb: text.optional(),
  id: parsed('a unique id: 16 hexadecimal digits in quotes, as "0123456789abcdef"', value =>
    typeof value === "string" && /^[0-9a-f]{16}$/i.test(value) ? value.toLowerCase() : undefined,
  ).optional(),
  baud: whole(1, 99_999_999).default(DEFAULT_BAUD_RATE),
  notes: text.optional(),
});

const form = z.record(name, entry);

/** One of its `port`, `usb` and `id` at least is there, and not both of `port` and `usb`. */
export interface LabBoard extends z.infer<typeof entry> {
  name: string;
  /** Where its entry stands. */
  place: Place;
}

function readPort(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value.startsWith("serial:")) return undefined;
  return value.startsWith("tcp:") && lineName(value) === null ? undefined : value;
}

/** The inventory's path, or null where there is none. */
export function inventoryFile(): string | null {
  return process.env.NEARHOP_BOARDS || (existsSync(FILE) ? FILE : null);
}

/** All boards of the inventory; none where there is none. Throws an InputError. */
export function readInventory(): LabBoard[] {
  const file = inventoryFile();
  return file === null ? [] : parseInventory(file, contentOf(file));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unreadable(file, "an inventory of boards", error);
  }
}

/** `file` is for messages. Throws an InputError. */
export function parseInventory(file: string, content: string): LabBoard[] {
  const source = Source.parse(file, content);
  const read = form.safeParse(source.value ?? {});
  if (!read.success) throw inputError(source, read.error.issues);
  const boards = Object.entries(read.data).map(([name, entry]) => ({
    name,
    ...entry,
    place: source.keyPlace([name]),
  }));
  for (const board of boards) checkWhere(source, board);
  for (const key of ["port", "usb", "id"] as const) checkUnique(source, boards, key);
  return boards;
}

function checkWhere(source: Source, { name, port, usb, id }: LabBoard): void {
  if (port !== undefined && usb !== undefined) source.failAtKey([name, "usb"], "port or usb", "both");
  if ((port ?? usb ?? id) === undefined) {
    source.failAtKey([name], "where the board is: its port, the usb serial of its port, or its id", "none");
  }
}

function checkUnique(source: Source, boards: LabBoard[], key: "port" | "usb" | "id"): void {
  const owners = new Map<string, string>();
  for (const { name, [key]: value } of boards) {
    if (value === undefined) continue;
    const owner = owners.get(value);
    if (owner !== undefined) source.fail([name, key], `another ${key} than ${owner}'s`, describe(value));
    owners.set(value, name);
  }
}
