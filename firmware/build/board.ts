/** What is known of a board: `firmware/boards/<name>/board.json`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const hexadecimal = (digits: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${digits}}$`));

const region = z.strictObject({
  origin: hexadecimal(8),
  length: z.string().regex(/^\d+[KM]$/),
  access: z.enum(["rx", "rw", "rwx"]),
});

const flashMethod = z.discriminatedUnion("method", [
  z.strictObject({
    /** The board's boot loader is a drive, and starts the file that is copied to it. */
    method: z.literal("drive"),
    file: z.string(),
    /** A file of the drive, and the regular expression that a line of it matches on a drive of this board alone. */
    info: z.string(),
    identity: z.string(),
    /** Name of the file system. */
    label: z.string(),
    /** What a person does so that the drive appears. */
    prepare: z.string(),
  }),
  z.strictObject({
    /** A program, run with these arguments in the folder of the image. */
    method: z.enum(["openocd", "st-flash", "dfu-util"]),
    arguments: z.array(z.string()),
    /** What a person connects or presses before. */
    prepare: z.string(),
  }),
]);

export type FlashMethod = z.infer<typeof flashMethod>;

const schema = z.strictObject({
  name: z.string().max(16),
  title: z.string(),
  cpu: z.enum(["cortex-m0plus", "cortex-m0", "cortex-m3", "cortex-m4", "cortex-m7"]),
  clockHz: z.int(),
  /** Rate of `boardTicks`: a microsecond is a whole number of ticks. */
  tickRate: z.int().multipleOf(1_000_000),
  memory: z.record(z.string(), region),
  /** Bytes of the stacks of the main loop and of the interrupt handlers. */
  stacks: z
    .strictObject({ main: z.int().multipleOf(8), handlers: z.int().multipleOf(8) })
    .default({ main: 4096, handlers: 1024 }),
  /** Bytes of linear memory that the board affords, at most what the core declares. */
  linearMemory: z.int().multipleOf(8),
  serial: z.strictObject({ name: z.string(), baud: z.int() }),
  /** The ids of a board whose serial line is on USB too. */
  usb: z.strictObject({ vendorId: hexadecimal(4), productId: hexadecimal(4) }).optional(),
  /** The folder of `firmware/chips/` that holds what the board has in common with others. */
  chip: z.string().optional(),
  /** C sources beside those of every image; see `folders`. */
  sources: z.array(z.string()),
  /**
   * How to run the image without the board: in QEMU, to whose arguments the image, the serial line and no display are added,
   * or in rp2040js.
   */
  emulator: z
    .discriminatedUnion("program", [
      z.strictObject({ program: z.literal("qemu-system-arm"), arguments: z.array(z.string()) }),
      z.strictObject({ program: z.literal("rp2040js") }),
    ])
    .optional(),
  /**
   * The image runs from RAM, and lies in flash behind a second stage, which puts it there: its C source, where the boot ROM puts
   * the stage itself, and where flash begins.
   */
  secondStage: z
    .strictObject({ source: z.string(), address: hexadecimal(8), flash: hexadecimal(8) })
    .optional(),
  /** A board that appears as a drive takes UF2 files of this family. */
  uf2Family: hexadecimal(8).optional(),
  /** Ways to put the image on the board, the one that needs least first. */
  flash: z.array(flashMethod).default([]),
});

export interface Board extends z.infer<typeof schema> {
  /** Where sources, headers and the linker script are looked for, in this order: the board's folder, its chip's, `runtime/`. */
  readonly folders: string[];
}

/** Path of a file or folder of `firmware/`; its C sources stay there when the TypeScript is built into `dist/`. */
export function firmwarePath(...names: string[]): string {
  const up = import.meta.url.includes("/dist/firmware/") ? "../../../firmware/" : "../";
  return join(fileURLToPath(new URL(up, import.meta.url)), ...names);
}

/** Names of all boards, in order. */
export function boardNames(): string[] {
  return readdirSync(firmwarePath("boards"))
    .filter(name => existsSync(firmwarePath("boards", name, "board.json")))
    .sort();
}

/** Names of the boards that can be emulated, in order. */
export function emulatedBoards(): string[] {
  return boardNames().filter(name => readBoard(name).emulator !== undefined);
}

/** A board by its name, which must be one of `boardNames`. */
export function readBoard(name: string): Board {
  const text = readFileSync(firmwarePath("boards", name, "board.json"), "utf8");
  const board = schema.parse(JSON.parse(text));
  const chip = board.chip === undefined ? [] : [firmwarePath("chips", board.chip)];
  return { ...board, folders: [firmwarePath("boards", name), ...chip, firmwarePath("runtime")] };
}

/** Path of a file of a board, which must be in one of its folders. */
export function boardFile(board: Board, name: string): string {
  const path = board.folders.map(folder => join(folder, name)).find(existsSync);
  if (path === undefined) throw new Error(`${board.name} has no ${name}`);
  return path;
}

/** Where a board's image is built to, and looked for; apart from all others where it has no bounds checks. */
export function imageDirectory(name: string, checked = true): string {
  return firmwarePath("..", "build", checked ? "boards" : "boards-unchecked", name);
}
