import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Path of a file in the folder of large reference data beside a checkout, or null where there is none. */
export function sharedPath(name: string): string | null {
  const path = fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}
