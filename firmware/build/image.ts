/**
 * router.wasm -> C -> object files -> ELF, BIN, HEX, UF2 and MAP of a board. The same core, compiler and board give the same
 * bytes: everything runs in the output directory under relative names, and nothing in it tells time or place.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { modulePath } from "../../host/router/router.js";
import { TargetError } from "../../host/target-error.js";
import { accessesHeader } from "./accesses.js";
import { type Board, boardFile, firmwarePath, readBoard } from "./board.js";
import { readChip } from "./chip.js";
import { configHeader, memoryScript } from "./config.js";
import { registersHeader, vectorTable } from "./registers.js";
import { run } from "./run.js";
import { sealed } from "./second-stage.js";
import { type Section, sections } from "./sections.js";
import { requireTool } from "./tools.js";
import { uf2 } from "./uf2.js";
import { translate } from "./wasm2c.js";

/** Paths. BIN, HEX and UF2 are for flash; what is copied to RAM is gone when the power is. */
interface Files {
  elf: string;
  bin: string;
  hex: string;
  map: string;
  uf2?: string;
  ramUf2?: string;
  sums: string;
}

export interface Image {
  board: string;
  /** As HELLO tells it. */
  buildHash: Uint8Array;
  files: Files;
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
  // How deep the stack can get: a .ci file for each source.
  "-fcallgraph-info=su",
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
  // What is called by cold functions alone need not be cold: packets come in by one.
  "-fno-ipa-profile",
  // Eight registers are best given to what is used most, and for the whole of a function.
  "-fira-algorithm=priority",
  "-fira-region=one",
];

const LINK = ["-mthumb", "-nostdlib", "-Wl,--gc-sections", "-Wl,--fatal-warnings"];

/**
 * Builds `router.*` of a board from the module at `core` into the folder `to`, which is made. `onProgress` gets the
 * share that is done, 0 to 1. Without `checked` nothing keeps the core inside its memory: to be measured, not used. Throws a TargetError if a tool or the core is missing.
 */
export async function buildImage(
  name: string,
  to: string,
  onProgress: (share: number) => void = () => {},
  core: string = modulePath("mcu"),
  checked = true,
): Promise<Image> {
  const board = readBoard(name);
  const gcc = requireTool("arm-none-eabi-gcc");
  const objcopy = requireTool("arm-none-eabi-objcopy");
  if (!existsSync(core)) throw new TargetError(`${core} is missing: npm run build:core`);
  const directory = resolve(to);
  await mkdir(directory, { recursive: true });
  // They are what says that an image is whole (current.ts).
  await rm(join(directory, "SHA256SUMS"), { force: true });
  // The hash is of the very bytes that are translated, even while the core is being compiled anew.
  const module = await readFile(core);
  const buildHash = buildHashOf(module, checked);
  await writeFile(join(directory, "router.wasm"), module);

  const steps = 4 + RUNTIME.length + board.sources.length;
  let done = 0;
  const step = () => onProgress(done++ / steps);

  step();
  await translate("router.wasm", directory);
  await writeFile(join(directory, "accesses.h"), accessesHeader());
  await writeFile(join(directory, "board-config.h"), configHeader(board, buildHash, checked));
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

  const link = async (script: string[], parts: string[], name: string) => {
    await run(gcc, [...LINK, cpu, "-L.", ...script, ...parts, "-lgcc", "-o", `${name}.elf`], directory);
    await run(objcopy, ["-O", "binary", `${name}.elf`, `${name}.bin`], directory);
    return readFile(join(directory, `${name}.bin`));
  };
  step();
  const script = ["-T", boardFile(board, "link.ld"), "-Wl,-Map=router.map"];
  const bytes = await link(script, objects, "router");
  const found = sections(await readFile(join(directory, "router.elf")));
  const linked = { address: Math.min(...found.filter(({ stored }) => stored).map(at => at.address)), bytes };
  let flashed = linked;
  if (board.secondStage) {
    const { source, address, flash } = board.secondStage;
    const bounds = [`-DIMAGE_START=${linked.address}u`, `-DIMAGE_END=${linked.address + bytes.length}u`];
    const place = [`-Wl,-Ttext=${address}`, "-Wl,-e,secondStage"];
    const code = await link(place, [await compile(boardFile(board, source), bounds)], "second-stage");
    flashed = { address: Number(flash), bytes: Buffer.concat([sealed(code), bytes]) };
  }
  return write(board, buildHash, directory, found, flashed, linked);
}

/** The first 8 bytes of the SHA-256 of router.wasm; of more than that where it is not checked, which is another program. */
export function buildHashOf(module: Uint8Array, checked: boolean): Buffer {
  const hash = createHash("sha256").update(module);
  if (!checked) hash.update("unchecked");
  return hash.digest().subarray(0, 8);
}

/** Bytes of the image, and where they belong. */
interface Placed {
  address: number;
  bytes: Buffer;
}

/** Writes what follows from the ELF file, and describes it all. */
async function write(
  board: Board,
  buildHash: Uint8Array,
  directory: string,
  sections: Section[],
  flashed: Placed,
  linked: Placed,
): Promise<Image> {
  const path = (name: string) => join(directory, name);
  const family = board.uf2Family;
  const files: Files = {
    elf: path("router.elf"),
    bin: path("router.bin"),
    hex: path("router.hex"),
    map: path("router.map"),
    ...(family && { uf2: path("router.uf2") }),
    ...(family && board.secondStage && { ramUf2: path("router-ram.uf2") }),
    sums: path("SHA256SUMS"),
  };
  await writeFile(files.bin, flashed.bytes);
  const hex = ["-I", "binary", "-O", "ihex", "--change-addresses", String(flashed.address)];
  await run(requireTool("arm-none-eabi-objcopy"), [...hex, "router.bin", "router.hex"], directory);
  for (const [file, { bytes, address }] of [
    [files.uf2, flashed],
    [files.ramUf2, linked],
  ] as const) {
    if (file) await writeFile(file, uf2(bytes, address, Number(family)));
  }
  const summed = [files.elf, files.bin, files.hex, files.uf2, files.ramUf2].filter(
    file => file !== undefined,
  );
  const sums = await Promise.all(
    summed.map(async file => {
      const hash = createHash("sha256").update(await readFile(file));
      return `${hash.digest("hex")}  ${basename(file)}\n`;
    }),
  );
  await writeFile(files.sums, sums.join(""));
  const inUse = sections.filter(section => inRam(board, section));
  return {
    board: board.name,
    buildHash,
    files,
    sections,
    flash: flashed.bytes.length,
    ram: inUse.reduce((sum, section) => sum + section.size, 0),
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
