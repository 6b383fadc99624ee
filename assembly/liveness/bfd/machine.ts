/** The state machine, RFC 5880 section 6.2, as section 6.8.6 puts it. */
import { BfdState } from "../../words";

/** The state behind `own`, which is not AdminDown, when a packet with state `received` comes. */
export function nextState(own: u32, received: u32): u32 {
  if (received == BfdState.ADMIN_DOWN) return BfdState.DOWN;
  if (own == BfdState.DOWN) {
    if (received == BfdState.DOWN) return BfdState.INIT;
    return received == BfdState.INIT ? BfdState.UP : BfdState.DOWN;
  }
  if (own == BfdState.INIT) return received == BfdState.DOWN ? BfdState.INIT : BfdState.UP;
  return received == BfdState.DOWN ? BfdState.DOWN : BfdState.UP;
}
