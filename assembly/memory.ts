/**
 * Linear memory. Static buffers lie below `__heap_base`; `configure` carves the pools above it, once. A pool module
 * says what it needs (`bytesFor`), and takes it when all fit (`carve`), so that a refusal leaves no trace.
 */
import { MCU } from "./profile";

/** Most memory that the `host` profile takes, in bytes. */
const HOST_LIMIT: usize = 1 << 30;

/** Rounds up to 8 bytes, the strictest natural alignment. */
export function align(bytes: usize): usize {
  return (bytes + 7) & ~7;
}

/** Where pools begin. */
export function poolsBase(): usize {
  return align(__heap_base);
}

/** Bytes that pools can use, where the platform has `real` bytes of memory (0: all that the module declares). */
export function poolsLimit(real: u32): usize {
  const end: usize = MCU ? (real != 0 ? <usize>real : (<usize>memory.size()) << 16) : HOST_LIMIT;
  return end - poolsBase();
}

/** Makes memory up to `end` exist. Only the `host` profile grows. */
export function reserve(end: usize): bool {
  const pages = <i32>((end + 0xffff) >> 16);
  const missing = pages - memory.size();
  return missing <= 0 || (!MCU && memory.grow(missing) >= 0);
}
