import { execFileSync } from "node:child_process";

/** Compiles both profiles before any test, so that a test never runs against a stale router.wasm. */
export default function buildCore(): void {
  execFileSync("npm", ["run", "--silent", "build:core"], { stdio: ["ignore", "inherit", "inherit"] });
}
