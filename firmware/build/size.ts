/**
 * What an image is made of, by section and by room of `assembly/`. A function that the compilers inlined counts where it was
 * inlined.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Board, boardFile, firmwarePath, readBoard } from "./board.js";
import { buildHashOf } from "./image.js";
import { type Piece, pieces } from "./map.js";
import { type CoreNames, coreNames, roomOf } from "./names.js";
import { type LinearMemory, linearMemory } from "./pools.js";
import { type Section, sections } from "./sections.js";

export interface RoomSize {
  /** A folder of `assembly/`; or one of `otherRooms`. */
  room: string;
  /** Code. */
  text: number;
  /** Constants. */
  rodata: number;
  /** Variables with a value to begin with, and others; memory that is only reserved is among them. */
  data: number;
  bss: number;
}

export interface Sizes {
  board: string;
  /** As HELLO tells it, in hexadecimal. */
  buildHash: string;
  sections: Section[];
  rooms: RoomSize[];
  linearMemory: LinearMemory;
}

/** What stands beside the folders of `assembly/`. */
export const otherRooms = {
  /** The files of `assembly/` itself, and what the compiler adds. */
  top: "(top)",
  /** The core's constants and variables, which the compiler keeps together. */
  data: "(data)",
  runtime: "runtime",
  drivers: "drivers",
  libgcc: "libgcc",
  linearMemory: "linear memory",
  stacks: "stacks",
  alignment: "alignment",
} as const;

const columns = { ".text": "text", ".rodata": "rodata", ".data": "data" } as const;

/** Of the image that was built for a board into `directory`. */
export async function imageSizes(name: string, directory: string, checked = true): Promise<Sizes> {
  const board = readBoard(name);
  const read = (file: string) => readFile(join(directory, file));
  const [module, map, elf] = await Promise.all([read("router.wasm"), read("router.map"), read("router.elf")]);
  const found = sections(elf);
  return {
    board: name,
    buildHash: buildHashOf(module, checked).toString("hex"),
    sections: found,
    rooms: roomSizes(board, found, map.toString(), coreNames(module)),
    linearMemory: await linearMemory(module, board.linearMemory),
  };
}

/** By room, the core's first and in alphabetical order. Throws an Error where the MAP does not account for every byte. */
function roomSizes(board: Board, sections: readonly Section[], map: string, names: CoreNames): RoomSize[] {
  const found = pieces(map).filter(piece => sections.some(({ name }) => name === piece.section));
  for (const { name, size } of sections) {
    const sum = found.reduce((bytes, piece) => bytes + (piece.section === name ? piece.size : 0), 0);
    if (sum !== size)
      throw new Error(`${name} of ${board.name} has ${size} bytes, and the MAP tells of ${sum}`);
  }
  const rooms = new Map<string, RoomSize>();
  for (const piece of found) {
    const room = roomOfPiece(board, piece, names);
    const row = rooms.get(room) ?? { room, text: 0, rodata: 0, data: 0, bss: 0 };
    row[columns[piece.section as keyof typeof columns] ?? "bss"] += piece.size;
    rooms.set(room, row);
  }
  const last: string[] = Object.values(otherRooms);
  const order = ({ room }: RoomSize) => last.indexOf(room);
  return [...rooms.values()].sort((a, b) => order(a) - order(b) || (a.room < b.room ? -1 : 1));
}

function roomOfPiece(board: Board, { section, name, file }: Piece, names: CoreNames): string {
  if (name === null) return section === ".stack" ? otherRooms.stacks : otherRooms.alignment;
  if (name === ".bss.linearMemory") return otherRooms.linearMemory;
  if (file === "router.o") return coreRoom(name, names);
  if (file.includes("libgcc.a")) return otherRooms.libgcc;
  return isRuntime(board, file) ? otherRooms.runtime : otherRooms.drivers;
}

/** `.text.unlikely.router_f12.part.0` is a part of the cold function `router_f12`. */
function coreRoom(section: string, names: CoreNames): string {
  const [called] = /\brouter_\w+/.exec(section) ?? [];
  return called === undefined ? otherRooms.data : (roomOf(names.get(called)) ?? otherRooms.top);
}

function isRuntime(board: Board, object: string): boolean {
  const source = object.replace(/o$/, "c");
  // What the build writes itself is of the board.
  if (source === "vectors.c") return false;
  return dirname(boardFile(board, source)) === firmwarePath("runtime");
}
