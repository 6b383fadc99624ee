/** Boards whose boot loader is a drive: found by what a file on it says, and flashed by copying a file to it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FlashMethod } from "../../firmware/build/board.js";
import { TargetError } from "../target-error.js";

export type DriveMethod = Extract<FlashMethod, { method: "drive" }>;

export const MOUNTS = "/proc/mounts";

/** Where people and desktops mount drives. Elsewhere only a FAT file system can be a board's. */
const PLACES = /^\/(media|run\/media|mnt)\//;
const FAT = ["vfat", "msdos"];

/** What the system says of a drive that has gone. */
const GONE = ["EIO", "ENODEV", "ENXIO"];

/** Paths of drives: those of this board, and those of others that have a file of the same name. */
export interface Drives {
  own: string[];
  others: string[];
}

/** Looks at all that is mounted by the table at `mounts`, as proc(5) describes it. */
export function findDrives({ info, identity }: DriveMethod, mounts = MOUNTS): Drives {
  const line = new RegExp(identity, "m");
  const drives: Drives = { own: [], others: [] };
  for (const point of mountPoints(mounts)) {
    const text = textOf(join(point, info));
    if (text !== null) drives[line.test(text.replaceAll("\r", "")) ? "own" : "others"].push(point);
  }
  return drives;
}

function mountPoints(mounts: string): string[] {
  const table = textOf(mounts);
  if (table === null) return volumes();
  const points = table.split("\n").flatMap(line => {
    const [, point = "", type = ""] = line.split(" ");
    const path = point.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
    return FAT.includes(type) || PLACES.test(path) ? [path] : [];
  });
  return [...new Set(points)];
}

/** macOS has no table. */
function volumes(): string[] {
  const folder = "/Volumes";
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : [];
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/**
 * Copies `file` to a drive, and waits until it is there. A boot loader that has all of it starts it at once, before the file
 * system has finished its books, so a drive that goes while it is written to is no failure: HELLO has the last word.
 * Throws a TargetError where the drive refuses the file.
 */
export async function copyToDrive(file: string, drive: string): Promise<void> {
  const image = await readFile(file);
  const copy = await open(join(drive, basename(file)), "w").catch(error => refuse(drive, error));
  try {
    try {
      await copy.writeFile(image);
      await copy.sync();
    } finally {
      await copy.close();
    }
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code ?? "")) refuse(drive, error);
  }
}

function refuse(drive: string, error: unknown): never {
  throw new TargetError(`cannot write to ${drive}: ${(error as NodeJS.ErrnoException).code}`);
}
