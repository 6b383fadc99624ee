import { basename } from "node:path";

/** How the command line is started here, for hints: by npx, unless this process shows that it is on the PATH. */
export const NEARHOP = isOnPath() ? "nearhop" : "npx nearhop";

function isOnPath(): boolean {
  // npx, too, starts the link of that name, but says so.
  return basename(process.argv[1] ?? "") === "nearhop" && process.env.npm_command === undefined;
}
