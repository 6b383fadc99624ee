import { InputError } from "../input-error.js";
import { inventoryFile, type LabBoard, readInventory } from "../inventory/inventory.js";
import { lineTo, proveIdentity } from "../inventory/line.js";
import { openEmulated } from "./emulated.js";
import { lineName, openLine } from "./line.js";
import { emulated, TARGETS } from "./names.js";
import type { Target } from "./target.js";
import { openWasm } from "./wasm.js";

export interface OpenOptions {
  /** How long to wait for a board that another run has, milliseconds. */
  wait?: number;
}

/**
 * Starts or reaches the target of that name, and meets it. Throws an InputError for a name that nobody knows, and a
 * TargetError where there is nobody, it speaks another schema, or it is another board than the inventory has under that name.
 */
export async function openTarget(name: string, { wait = 0 }: OpenOptions = {}): Promise<Target> {
  const { target, entry } = await start(name, wait);
  try {
    const hello = await target.client.hello();
    if (entry) proveIdentity(entry, hello);
    return target;
  } catch (error) {
    await target.close();
    throw error;
  }
}

async function start(name: string, wait: number): Promise<{ target: Target; entry?: LabBoard }> {
  switch (name) {
    case "wasm":
      return { target: await openWasm("host") };
    case "wasm-mcu":
      return { target: await openWasm("mcu") };
  }
  if (emulated.includes(name)) return { target: await openEmulated(name) };
  const line = lineName(name);
  if (line) return { target: await openLine(name, line, wait) };
  const boards = readInventory();
  const entry = boards.find(board => board.name === name);
  if (entry) return { target: await openLine(name, await lineTo(entry), wait), entry };
  const inventory = inventoryFile();
  const known = boards.map(({ name }) => name).join(", ") || "none";
  const names = inventory === null ? "" : ` (${inventory} has ${known})`;
  throw new InputError({ file: "target" }, `${TARGETS}${names}`, JSON.stringify(name));
}
