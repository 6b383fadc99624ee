/**
 * What the core's functions are called in `assembly/`: the `mcu` profile is compiled with names, which stand in a section of the
 * module that is not translated (WebAssembly Core Specification 7.4.1).
 */
import { moduleSections, nameSection } from "../../host/router/sections.js";

/** By the name of the function in the C that wasm2c writes, `router_f12`: `assembly/fib/packed4/lookup`. */
export type CoreNames = ReadonlyMap<string, string>;

const EXPORT_SECTION = 7;
/** Kind of an export. */
const FUNCTION = 0;
/** Part of the section of names. */
const FUNCTION_NAMES = 1;

/** Empty where the module tells no names. */
export function coreNames(module: Uint8Array): CoreNames {
  const names = namesByNumber(module);
  const byC = new Map(Array.from(names, ([number, name]) => [`router_f${number}`, name]));
  for (const [exported, number] of exportedFunctions(module)) {
    const name = names.get(number);
    if (name === undefined) continue;
    // The function itself, and a wrapper for those who call from outside.
    byC.set(`router_${exported}_0`, name).set(`router_${exported}`, name);
  }
  return byC;
}

/** The folder of `assembly/` that a function is of: `assembly/fib/packed4/lookup` is in `fib`, `assembly/schedule/poll` in none. */
export function roomOf(name = ""): string | null {
  const [, folder, ...rest] = name.split("/");
  return rest.length > 1 ? folder! : null;
}

function namesByNumber(module: Uint8Array): Map<number, string> {
  const names = new Map<number, string>();
  const section = nameSection(module)?.contents;
  while (section && !section.isAtEnd) {
    const id = section.number();
    const part = section.part();
    if (id !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
  }
  return names;
}

function* exportedFunctions(module: Uint8Array): Generator<[string, number]> {
  const section = moduleSections(module).find(({ id }) => id === EXPORT_SECTION)?.contents;
  for (let left = section?.number() ?? 0; left > 0; left--) {
    const [name, kind, number] = [section!.text(), section!.number(), section!.number()];
    if (kind === FUNCTION) yield [name, number];
  }
}
