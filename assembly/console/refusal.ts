import { Status } from "../status";
import { responseBody } from "./frame";
import { NAK_DETAIL, NAK_SIZE, NAK_STATUS } from "./messages";
import { write32 } from "./wire";

/** Length of a NAK body. */
export const NAK_LENGTH: u32 = NAK_SIZE;

/** Writes a NAK; the handler returns what this gives. `detail` as in host/protocol/messages.ts. */
export function refuse(status: u32, detail: u32 = 0): i32 {
  store<u8>(responseBody(), <u8>status, NAK_STATUS);
  write32(responseBody() + NAK_DETAIL, detail);
  return -1;
}

/** The answer to a request that needs none beyond its status. */
export function done(status: u32): i32 {
  return status == Status.OK ? 0 : refuse(status);
}

export function isRefusal(size: i32): bool {
  return size < 0;
}
