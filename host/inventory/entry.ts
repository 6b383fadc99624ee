/** Entries of an inventory for the boards that answered a scan. */
import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { hex, type PortScan } from "../target/scan.js";
import { DEFAULT_BAUD_RATE } from "../transport/serial.js";

const BY_ID = "/dev/serial/by-id";

/** YAML, a board an entry, and nothing where there is no board; `byId` is the folder with names of ports that stay the same. */
export function entriesFor(scans: PortScan[], baud: number, byId = BY_ID): string {
  const counts = new Map<string, number>();
  const entries = scans.flatMap(scan => {
    if (!("hello" in scan)) return [];
    const { board, uniqueId } = scan.hello;
    const count = (counts.get(board) ?? 0) + 1;
    counts.set(board, count);
    const entry = {
      board,
      port: lastingName(scan.path, byId),
      // A board whose chip has no number says 0.
      ...(uniqueId.some(byte => byte !== 0) && { id: hex(uniqueId) }),
      ...(baud !== DEFAULT_BAUD_RATE && { baud }),
    };
    return [[`${board}-${count}`, entry] as const];
  });
  // Of an empty mapping YAML would make one to which nothing can be added.
  if (entries.length === 0) return "";
  return stringify(Object.fromEntries(entries), {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  });
}

/** The name of a port that does not depend on the socket it is in, where it has one. */
function lastingName(path: string, byId: string): string {
  try {
    const device = realpathSync(path);
    const links = readdirSync(byId).map(name => join(byId, name));
    return links.find(link => realpathSync(link) === device) ?? path;
  } catch {
    return path;
  }
}
