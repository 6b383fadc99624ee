import { existsSync } from "node:fs";
import { lockOwner } from "../lock.js";
import { deviceOf, openLine } from "../target/line.js";
import { TargetError } from "../target-error.js";
import { portHolders } from "../transport/port-holders.js";
import type { LabBoard } from "./inventory.js";
import { lineTo, proveIdentity } from "./line.js";

/** What is known of a board at this moment: `free` if it proves its identity, `in use by …`, `absent`, or what is wrong. */
export async function stateOf(entry: LabBoard): Promise<string> {
  try {
    const line = await lineTo(entry);
    const device = deviceOf(line);
    const owner = lockOwner(device);
    if (owner) return `in use by ${owner.user} (pid ${owner.pid}) since ${owner.since}`;
    if ("path" in line) {
      const holders = portHolders(device);
      if (holders.length > 0) return `in use by ${holders.join(", ")}`;
      if (!existsSync(device)) return "absent";
    }
    const target = await openLine(entry.name, line);
    try {
      proveIdentity(entry, await target.client.hello());
    } finally {
      await target.close();
    }
    return "free";
  } catch (error) {
    if (error instanceof TargetError) return error.message.split("\n")[0]!.replace(`${entry.name} is `, "");
    throw error;
  }
}
