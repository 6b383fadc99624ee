/** Draws the pictures of docs/failover/ from runs: `npm run drawings`. A test holds them to be fresh. */
import { writeFileSync } from "node:fs";
import { DRAWINGS } from "./index.js";

for (const [name, draw] of Object.entries(DRAWINGS)) {
  writeFileSync(new URL(`../../docs/failover/${name}.svg`, import.meta.url), await draw());
}
