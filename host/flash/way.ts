/** Which of the ways that a board takes is open on this machine now. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Board, FlashMethod } from "../../firmware/build/board.js";
import { findProgram, missing } from "../../firmware/build/tools.js";
import { InputError } from "../input-error.js";
import { TargetError } from "../target-error.js";
import { type DriveMethod, findDrives, MOUNTS } from "./drive.js";

export type MethodName = FlashMethod["method"];
export const METHODS = ["drive", "openocd", "st-flash", "dfu-util"] as const satisfies MethodName[];

type ProgramMethod = Exclude<FlashMethod, DriveMethod>;

/** `drive` is where it is mounted, `program` the full path. */
export type Way = { method: DriveMethod; drive: string } | { method: ProgramMethod; program: string };

/** Milliseconds between two looks for a drive. */
const LOOK = 200;

/** The methods that the board takes, or the named one of them. Throws an InputError where there is none. */
export function methodsOf({ name, flash }: Board, method?: MethodName): FlashMethod[] {
  const methods = flash.filter(one => method === undefined || one.method === method);
  if (methods.length > 0) return methods;
  if (flash.length === 0) {
    throw new InputError({ file: name }, "a board that nearhop can flash", "one that it only emulates");
  }
  const names = flash.map(one => one.method).join(", ");
  throw new InputError({ file: "--method" }, `a way to flash ${name}: ${names}`, JSON.stringify(method));
}

/**
 * The first of the methods that can be used on this machine now; `mounts` is its table of mounted file systems. Throws a
 * TargetError that says what to do where there is none, or where two drives are this board's.
 */
export function findWay(board: string, methods: FlashMethod[], mounts = MOUNTS): Way {
  const closed: string[] = [];
  for (const method of methods) {
    const found = method.method === "drive" ? openDrive(board, method, mounts) : openProgram(method);
    if (typeof found !== "string") return found;
    closed.push(`\n  ${found}`);
  }
  throw new TargetError(`${board} cannot be flashed now:${closed.join("")}`);
}

/** As `findWay`, after `wait` milliseconds in which the board's drive may appear, and is preferred to any other way. */
export async function waitForWay(
  board: string,
  methods: FlashMethod[],
  wait: number,
  mounts = MOUNTS,
): Promise<Way> {
  const drive = methods.find(one => one.method === "drive");
  const deadline = Date.now() + wait;
  while (drive && Date.now() < deadline) {
    const found = openDrive(board, drive, mounts);
    if (typeof found !== "string") return found;
    await delay(LOOK);
  }
  return findWay(board, methods, mounts);
}

/** What is about to be done, as a shell would be told it. */
export function commandOf(way: Way, directory: string): string {
  const folder = relative("", directory) || ".";
  if ("drive" in way) return ["cp", join(folder, way.method.file), way.drive].map(quoted).join(" ");
  const command = [way.method.method, ...way.method.arguments].map(quoted).join(" ");
  return `cd ${quoted(folder)} && ${command}`;
}

function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function openDrive(board: string, method: DriveMethod, mounts: string): Way | string {
  const { own, others } = findDrives(method, mounts);
  if (own.length > 1) {
    throw new TargetError(`more than one drive is a ${board}'s: ${own.join(", ")}; leave one`);
  }
  if (own.length === 1) return { method, drive: own[0]! };
  const device = join("/dev/disk/by-label", method.label);
  if (existsSync(device)) return `its drive is there, but not mounted: udisksctl mount -b ${device}`;
  const strange = others.length === 0 ? "" : ` (${others.join(", ")}: another board's)`;
  return `no drive of it is mounted${strange}: ${method.prepare}`;
}

function openProgram(method: ProgramMethod): Way | string {
  const program = findProgram(method.method);
  return program === null ? missing(method.method) : { method, program };
}
