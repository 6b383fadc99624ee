import { existsSync } from "node:fs";
import { join } from "node:path";
import { imageDirectory, readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { NEARHOP } from "../nearhop.js";
import { Client } from "../protocol/client.js";
import { TargetError } from "../target-error.js";
import { type Process, start } from "../transport/child-process.js";
import { DeviceTarget } from "./device.js";
import { qemu } from "./qemu.js";
import { rp2040js } from "./rp2040js.js";
import type { Target } from "./target.js";

/**
 * Thirty seconds, in silence or not: an emulator's time is not the host's, and it may be held up. On a busy host QEMU may stand still
 * for seconds, or skip a board's idle time, and send its heartbeats, before it looks for what came in.
 */
const WAITS = 120;

/** The board in its emulator as a target. Throws as `boot`. */
export async function openEmulated(name: string, directory?: string): Promise<Target> {
  const { line, end } = await boot(name, directory);
  return new DeviceTarget(name, new Client(line, { quietWaits: WAITS, waits: WAITS }), end, "emulated");
}

/**
 * Boots the image of a board, built in `directory`, in the emulator that its board.json names. Throws a TargetError
 * that says what to install or to build.
 */
export async function boot(name: string, directory = currentImage(name)): Promise<Process> {
  const { emulator } = readBoard(name);
  if (!emulator) throw new TargetError(`${name} has no emulator`);
  const isPico = emulator.program === "rp2040js";
  const command = isPico ? rp2040js() : qemu(emulator.arguments);
  const image = join(directory, isPico ? "router.bin" : "router.elf");
  if (!existsSync(image)) throw new TargetError(`there is no image of ${name}: ${NEARHOP} build ${name}`);
  return start(path => command(image, path));
}

/** Where `nearhop build` puts the image. One of other sources would answer for a router that is not this one. */
function currentImage(name: string): string {
  const directory = imageDirectory(name);
  if (existsSync(directory) && !isCurrent(readBoard(name), directory)) {
    throw new TargetError(`the image of ${name} is older than its sources: ${NEARHOP} build ${name}`);
  }
  return directory;
}
