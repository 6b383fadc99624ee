/** Who this router is, as its platform says: the fields of HELLO from `buildHash` through `memory`. */
import {
  HELLO_RESPONSE_BOOT_NONCE,
  HELLO_RESPONSE_BUILD_HASH,
  HELLO_RESPONSE_MEMORY,
  HELLO_RESPONSE_TICK_RATE,
} from "./console/messages";
import { identify } from "./platform";

const SIZE: u32 = HELLO_RESPONSE_MEMORY + 4 - HELLO_RESPONSE_BUILD_HASH;

const identity = memory.data(<i32>SIZE, 8);
let known = false;

function field(offset: u32): usize {
  return read() + (offset - HELLO_RESPONSE_BUILD_HASH);
}

/** Asked of the platform once, at first use: an import must not be called while the module is still starting. */
function read(): usize {
  if (!known) {
    identify(identity);
    known = true;
  }
  return identity;
}

/** Writes the identity where HELLO's `buildHash` stands. */
export function copyIdentity(target: usize): void {
  memory.copy(target, read(), SIZE);
}

/** Differs between two starts of the same board. */
export function bootNonce(): u32 {
  return load<u32>(field(HELLO_RESPONSE_BOOT_NONCE));
}

export function tickRate(): u32 {
  return load<u32>(field(HELLO_RESPONSE_TICK_RATE));
}

/** Real bytes of linear memory, or 0 where the platform has all that the module declares. */
export function realMemory(): u32 {
  return load<u32>(field(HELLO_RESPONSE_MEMORY));
}
