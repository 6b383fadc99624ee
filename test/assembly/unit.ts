/** Compiles part of the core by itself, so that a function that the ABI does not show can be tested. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { instantiate } from "@assemblyscript/loader";
import asc from "assemblyscript/asc";
import type { Profile } from "../../host/router/router.js";

const core = fileURLToPath(new URL("../../assembly/", import.meta.url));

/** What an entry exports, and its linear memory. */
export type Unit<Exports> = Exports & { memory: { readonly buffer: ArrayBuffer } };

/** Compiles and starts an entry with this source, whose imports are relative to `assembly/`. */
export async function unit<Exports extends object>(profile: Profile, source: string): Promise<Unit<Exports>> {
  let binary = new Uint8Array<ArrayBuffer>(new ArrayBuffer(0));
  const options = ["--runtime", "stub", "--noAssert", "--memoryBase", "0", "--use", "abort=", "-O3"];
  options.push(...(profile === "mcu" ? ["--use", "PROFILE_MCU=1"] : ["--enable", "simd"]));
  const { error, stderr } = await asc.main(["unit.ts", "-o", "unit.wasm", ...options], {
    readFile: name => {
      if (name === "unit.ts") return source;
      try {
        return readFileSync(core + name, "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array<ArrayBuffer>;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const { exports } = await instantiate<Record<string, unknown>>(binary);
  return exports as unknown as Unit<Exports>;
}
