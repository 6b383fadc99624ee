import { existsSync } from "node:fs";
import { join } from "node:path";
import { imageDirectory, readBoard } from "../../firmware/build/board.js";
import { findProgram, requireTool } from "../../firmware/build/tools.js";
import { Client } from "../protocol/client.js";
import { TargetError } from "../target-error.js";
import { type Process, start } from "../transport/child-process.js";
import { DeviceTarget } from "./device.js";
import type { Target } from "./target.js";

/** The board in QEMU as a target. Throws as `boot`. */
export async function openQemu(name: string, directory?: string): Promise<Target> {
  const { line, end } = await boot(name, directory);
  return new DeviceTarget(name, new Client(line), end, "emulated");
}

/**
 * Boots the image of a board, built in `directory`, in the emulator that its board.json names. Throws a TargetError
 * that says what to install or to build.
 */
export async function boot(name: string, directory = imageDirectory(name)): Promise<Process> {
  const { emulator } = readBoard(name);
  if (!emulator) throw new TargetError(`${name} has no emulator`);
  const program = requireTool(emulator.program);
  const image = join(directory, "router.elf");
  if (!existsSync(image)) throw new TargetError(`there is no image of ${name}: nearhop build ${name}`);
  return start(path => [
    ...leash(),
    program,
    ...emulator.arguments,
    ...["-display", "none", "-monitor", "none", "-nic", "none"],
    ...["-chardev", `socket,id=line,path=${path}`, "-serial", "chardev:line"],
    ...["-kernel", image],
  ]);
}

/** An emulator that skips idle time never rests; where Linux can, it dies with this process, however that ends. */
function leash(): string[] {
  const setpriv = findProgram("setpriv");
  return setpriv === null ? [] : [setpriv, "--pdeathsig", "KILL"];
}
