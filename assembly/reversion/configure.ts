import { restoreNeighbor } from "../failover";
import { ignoreShutdown, isHeldBack, isNeighbor } from "../nexthop/neighbor";
import { now } from "../schedule";
import { Status } from "../status";
import { REVERSION_FLAG_COUNT, ReversionFlag } from "../words";
import { ceilingOf, isEffective } from "./merit";
import { forgive } from "./neighbors";
import { forgiveRoutes } from "./routes";
import { hasReversion, reversionOf } from "./settings";

/** Sets how a neighbor is let back: the fields of REVERSION. What it has done until now is forgotten, and it is not held back. */
export function setReversion(
  number: u32,
  flags: u32,
  waitToRestore: u32,
  halfLife: u32,
  maxSuppress: u32,
  penalty: u32,
  suppress: u32,
  reuse: u32,
): Status {
  if (!isNeighbor(number)) return Status.UNKNOWN_NEIGHBOR;
  if (flags >> REVERSION_FLAG_COUNT != 0) return Status.BAD_VALUE;
  let ceiling: u32 = 0;
  if (halfLife != 0) {
    // The first flap alone never suppresses, and enough of them do.
    if (penalty == 0 || penalty > suppress || reuse == 0 || reuse >= suppress) return Status.BAD_VALUE;
    ceiling = ceilingOf(reuse, maxSuppress, halfLife);
    if (!isEffective(ceiling, suppress)) return Status.BAD_VALUE;
  } else if ((maxSuppress | penalty | suppress | reuse) != 0) return Status.BAD_VALUE;
  if (!hasReversion()) {
    if ((waitToRestore | halfLife) != 0) return Status.CAPACITY;
  } else {
    const it = reversionOf(number);
    it.waitToRestore = waitToRestore;
    it.halfLife = halfLife;
    it.ceiling = ceiling;
    it.penalty = <u16>penalty;
    it.suppress = <u16>suppress;
    it.reuse = <u16>reuse;
    forgive(number);
    forgiveRoutes(number, now());
    if (isHeldBack(number)) restoreNeighbor(number);
  }
  ignoreShutdown(number, (flags & ReversionFlag.IGNORE_GRACEFUL_SHUTDOWN) != 0);
  return Status.OK;
}
