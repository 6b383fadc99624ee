/** `router.wasm` to C: wasm2c of the npm package `wabt`, then `specialise` (docs/decisions/0010-wasm2c-from-npm.md). */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type CoreNames, coreNames, roomOf } from "./names.js";
import { run } from "./run.js";
import { specialise } from "./specialise.js";

/** The only version whose output `specialise` was written for. */
const VERSION = "1.0.39";

/** The rooms of `assembly/` that packets go through. Their code is made for speed, that of all others, as it runs once an event, for size. */
const HOT: readonly (string | null)[] = ["fib", "flow", "forward", "nexthop", "packet"];

/** Writes `router.c` of the module of that name into `directory`. */
export async function translate(module: string, directory: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve("wabt/package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  if (version !== VERSION) throw new Error(`expected wabt ${VERSION}, found ${version}: run npm ci`);
  const wasm2c = join(dirname(manifest), "bin", "wasm2c");
  const options = ["-n", "router", "--no-debug-names", "-o", "wasm2c.c"];
  await run(process.execPath, [wasm2c, module, ...options], directory);
  const [source, header] = await Promise.all(
    ["wasm2c.c", "wasm2c.h"].map(name => readFile(join(directory, name), "utf8")),
  );
  const cold = coldOnes(coreNames(await readFile(join(directory, module))));
  await writeFile(join(directory, "router.c"), specialise(source!, header!, cold));
}

function coldOnes(names: CoreNames): Set<string> {
  const cold = [...names].filter(([, name]) => name.includes("assembly/") && !HOT.includes(roomOf(name)));
  return new Set(cold.map(([called]) => called));
}
