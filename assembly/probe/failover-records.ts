import { repairedGroups, repairTicks, reselectedSets, reselectTicks } from "../failover";
import { RecordKind } from "../words";
import { addRecord } from "./records";

/** Records what the failover just carried out has touched, behind the record of its cause. */
export function addFailover(time: u64): void {
  addRecord(time, RecordKind.REPAIR, 0, repairedGroups, repairTicks);
  addRecord(time, RecordKind.RESELECT, 0, reselectedSets, reselectTicks);
}
