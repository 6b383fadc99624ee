/**
 * router.wasm -> C -> object files -> ELF, BIN, HEX, UF2 and MAP of a board. The same core, compiler and board give the same
 * bytes: everything runs in the output directory under relative names, and nothing in it tells time or place.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { modulePath } from "../../host/router/router.js";
import { TargetError } from "../../host/target-error.js";
import { type Board, boardFile, firmwarePath, readBoard } from "./board.js";
import { readChip } from "./chip.js";
import { configHeader, memoryScript } from "./config.js";
import { registersHeader, vectorTable } from "./registers.js";
import { run } from "./run.js";
import { type Section, sections } from "./sections.js";
import { requireTool } from "./tools.js";
import { uf2 } from "./uf2.js";
import { translate } from "./wasm2c.js";

export interface Image {
  board: string;
  /** SHA-256 of router.wasm, the first 8 bytes, as HELLO tells it. */
  buildHash: Uint8Array;
  /** Name -> path. */
  files: { elf: string; bin: string; hex: string; map: string; uf2?: string; sums: string };
  sections: Section[];
  /** Bytes that a loader writes, and bytes of RAM in use (stacks and linear memory are in it). */
  flash: number;
  ram: number;
}

const RUNTIME = ["main.c", "memory.c", "trap.c", "cortex-m.c"];

const COMPILE = [
  "-c",
  "-std=c11",
  "-O2",
  "-g",
  "-mthumb",
  // No access that a Cortex-M0+ would refuse: start-up makes every CPU refuse it.
  "-mno-unaligned-access",
  "-ffreestanding",
  // The loops of memcpy and memset are not calls of memcpy and memset.
  "-fno-tree-loop-distribute-patterns",
  "-ffunction-sections",
  "-fdata-sections",
  // Linear memory is read and written through pointers of every width.
  "-fno-strict-aliasing",
  "-Wall",
  "-Wextra",
  "-Werror",
];

const TRANSLATED = [
  // wasm2c's output declares what it does not use, and its operands are unsigned throughout.
  "-Wno-unused",
  // A Cortex-M0+ reaches the module's globals from one address, and does not load the address of each.
  "-fno-data-sections",
  "-fsection-anchors",
  // Without a predictor of branches, copies of code that keep a way straight only take room.
  "-freorder-blocks-algorithm=simple",
];

const LINK = ["-mthumb", "-nostdlib", "-Wl,--gc-sections", "-Wl,--fatal-warnings"];

/**
 * Builds `router.*` of a board from the module at `core` into the folder `to`, which is made. `onProgress` gets the
 * share that is done, 0 to 1. Throws a TargetError if a tool or the core is missing.
 */
export async function buildImage(
  name: string,
  to: string,
  onProgress: (share: number) => void = () => {},
  core: string = modulePath("mcu"),
): Promise<Image> {
  const board = readBoard(name);
  const gcc = requireTool("arm-none-eabi-gcc");
  const objcopy = requireTool("arm-none-eabi-objcopy");
  if (!existsSync(core)) throw new TargetError(`${core} is missing: npm run build:core`);
  const directory = resolve(to);
  await mkdir(directory, { recursive: true });
  // The hash is of the very bytes that are translated, even while the core is being compiled anew.
  const module = await readFile(core);
  const buildHash = createHash("sha256").update(module).digest().subarray(0, 8);
  await writeFile(join(directory, "router.wasm"), module);

  const steps = 4 + RUNTIME.length + board.sources.length;
  let done = 0;
  const step = () => onProgress(done++ / steps);

  step();
  await translate("router.wasm", directory);
  await writeFile(join(directory, "board-config.h"), configHeader(board, buildHash));
  await writeFile(join(directory, "memory.ld"), memoryScript(board));
  const chips = ["cortex-m.yaml", "registers.yaml"].map(file => readChip(boardFile(board, file)));
  await writeFile(join(directory, "registers.h"), registersHeader(chips));
  await writeFile(join(directory, "vectors.c"), vectorTable(chips));

  const cpu = `-mcpu=${board.cpu}`;
  const places = [`-ffile-prefix-map=${firmwarePath()}=`, `-ffile-prefix-map=${directory}=`];
  const includes = ["-I.", ...board.folders.map(folder => `-I${folder}`)];
  const compile = async (source: string, more: string[] = []) => {
    const object = basename(source).replace(/c$/, "o");
    step();
    await run(gcc, [...COMPILE, cpu, ...places, ...includes, ...more, source, "-o", object], directory);
    return object;
  };
  const objects: string[] = [await compile("router.c", TRANSLATED), await compile("vectors.c")];
  for (const source of [...RUNTIME, ...board.sources]) objects.push(await compile(boardFile(board, source)));

  step();
  const script = boardFile(board, "link.ld");
  const map = "-Wl,-Map=router.map";
  await run(
    gcc,
    [...LINK, cpu, "-L.", "-T", script, map, ...objects, "-lgcc", "-o", "router.elf"],
    directory,
  );
  await run(objcopy, ["-O", "binary", "router.elf", "router.bin"], directory);
  await run(objcopy, ["-O", "ihex", "router.elf", "router.hex"], directory);
  return describe(board, buildHash, directory);
}

/** Reads back what was built, and writes what follows from it: UF2, where the board takes it, and the checksums. */
async function describe(board: Board, buildHash: Uint8Array, directory: string): Promise<Image> {
  const path = (name: string) => join(directory, name);
  const files = {
    elf: path("router.elf"),
    bin: path("router.bin"),
    hex: path("router.hex"),
    map: path("router.map"),
    ...(board.uf2Family && { uf2: path("router.uf2") }),
    sums: path("SHA256SUMS"),
  };
  const found = sections(await readFile(files.elf));
  const stored = found.filter(section => section.stored);
  if (files.uf2) {
    const address = Math.min(...stored.map(section => section.address));
    await writeFile(files.uf2, uf2(await readFile(files.bin), address, Number(board.uf2Family)));
  }
  const summed = [files.elf, files.bin, files.hex, ...(files.uf2 ? [files.uf2] : [])];
  const sums = await Promise.all(
    summed.map(async file => {
      const hash = createHash("sha256").update(await readFile(file));
      return `${hash.digest("hex")}  ${basename(file)}\n`;
    }),
  );
  await writeFile(files.sums, sums.join(""));
  const total = (some: Section[]) => some.reduce((sum, section) => sum + section.size, 0);
  return {
    board: board.name,
    buildHash,
    files,
    sections: found,
    flash: total(stored),
    ram: total(found.filter(section => inRam(board, section))),
  };
}

/** Where the linker may place variables, code may be beside them. */
function inRam(board: Board, { address }: Section): boolean {
  return Object.values(board.memory).some(({ origin, length, access }) => {
    const size = Number.parseInt(length, 10) << (length.endsWith("K") ? 10 : 20);
    const offset = address - Number(origin);
    return access.includes("w") && offset >= 0 && offset < size;
  });
}
