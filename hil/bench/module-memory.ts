/**
 * The `mcu` module declares as much memory as a board may have; the largest tables, and the addresses that are looked up in
 * them, need more. The memory section (WebAssembly core specification 1.0, section 5.5.8) is written anew, all else is
 * left as it is.
 */
import { moduleSections } from "../../host/router/sections.js";

const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** The module with from `minimum` to `maximum` pages of memory, both at most 127. */
export function withMemory(module: Uint8Array, minimum: number, maximum: number): Uint8Array {
  const section = moduleSections(module).find(({ id }) => id === MEMORY_SECTION);
  if (!section) throw new RangeError("expected a module with a memory section, found none");
  const limits = [1, HAS_MAXIMUM, minimum, maximum];
  const written = Buffer.from([MEMORY_SECTION, limits.length, ...limits]);
  return Buffer.concat([module.subarray(0, section.start), written, module.subarray(section.end)]);
}
