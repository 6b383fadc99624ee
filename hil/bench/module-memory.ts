/**
 * The `mcu` module declares as much memory as a board may have; the largest tables, and the addresses that are looked up in
 * them, need more. The memory section (WebAssembly core specification 1.0, section 5.5.8) is written anew, all else is
 * left as it is.
 */
const HEADER = 8;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/** The module with from `minimum` to `maximum` pages of memory, both at most 127. */
export function withMemory(module: Uint8Array, minimum: number, maximum: number): Uint8Array {
  for (let at = HEADER; at < module.length; ) {
    const { value: size, behind: body } = readLeb(module, at + 1);
    if (module[at] === MEMORY_SECTION) {
      const limits = [1, HAS_MAXIMUM, minimum, maximum];
      const section = [MEMORY_SECTION, limits.length, ...limits];
      return Buffer.concat([module.subarray(0, at), Buffer.from(section), module.subarray(body + size)]);
    }
    at = body + size;
  }
  throw new RangeError("expected a module with a memory section, found none");
}

/** An unsigned number in LEB128. */
function readLeb(bytes: Uint8Array, at: number): { value: number; behind: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, behind: at };
  }
}
