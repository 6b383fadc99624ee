import { execFileSync } from "node:child_process";

/** Builds everything before any test, so that no test runs against a stale router.wasm or command line. */
export default function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", "inherit", "inherit"] });
}
