/**
 * What a build of the core comes to, for `assembly/budgets.json`: the bytes of each profile's `router.wasm`, without the
 * names that it tells, and the opcodes of the exports that packets and routes go through most.
 *
 * Opcodes are counted in the compiled module, as they stand there and not as often as they run: those of the export, with
 * all that the compiler inlined into it, and of every function that it calls, directly or not, each once. `block`, `else`,
 * `end` and the like count.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { modulePath, type Profile } from "../../host/router/router.js";
import { nameSection } from "../../host/router/sections.js";
import { Opcodes } from "./opcodes.js";

/** The exports that are counted. */
const hot = {
  host: ["lookup4", "lookup6", "lookupBatch4", "lookupBatch6", "insert4", "remove4", "forward"],
  mcu: ["lookup4", "lookup6", "insert4", "remove4", "forward"],
} as const;

export interface Budget {
  bytes: number;
  /** By export. */
  opcodes: Record<string, number>;
}

export type Budgets = Record<Profile, Budget>;

const file = fileURLToPath(new URL("../../assembly/budgets.json", import.meta.url));

export function recorded(): Budgets {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Writes down what there is now. */
export async function record(): Promise<void> {
  const budgets: Budgets = { host: await measure("host"), mcu: await measure("mcu") };
  writeFileSync(file, `${JSON.stringify(budgets, null, 2)}\n`);
}

/** A profile as it was built last. */
export async function measure(profile: Profile): Promise<Budget> {
  const module = await Opcodes.read(modulePath(profile));
  const counts = hot[profile].map(name => [name, module.reached(name).length]);
  return { bytes: bytesOf(readFileSync(modulePath(profile))), opcodes: Object.fromEntries(counts) };
}

function bytesOf(module: Uint8Array): number {
  const { start, end } = nameSection(module) ?? { start: 0, end: 0 };
  return module.length - (end - start);
}
