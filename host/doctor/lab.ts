/** What runs leave on this machine and share: the inventory, and the locks. */
import { inventoryFile, readInventory } from "../inventory/inventory.js";
import { listLocks } from "../lock.js";
import type { Check } from "./check.js";

export function examineInventory(): Check[] {
  const what = inventoryFile();
  if (what === null) return [];
  try {
    const names = readInventory().map(({ name }) => name);
    return [{ what, use: "board", state: "ok", text: names.join(", ") }];
  } catch (error) {
    return [{ what, use: "board", state: "missing", text: (error as Error).message }];
  }
}

export function examineLocks(directory?: string): Check[] {
  return listLocks(directory).map(({ board, path, owner }): Check => {
    const what = `lock of ${board}`;
    if (owner === null) {
      const text = `its owner has ended: the next run takes it away, or rm ${path}`;
      return { what, use: "board", state: "advice", text };
    }
    const text = `in use by ${owner.user} (pid ${owner.pid}) since ${owner.since}`;
    return { what, use: "board", state: "ok", text };
  });
}
