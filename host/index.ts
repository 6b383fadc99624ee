/** The library: what an application imports from "nearhop". */
export { InputError } from "./input-error.js";
export { Client, type ClientOptions } from "./protocol/client.js";
export { type Answer, type MessageName, messages, type Request, record } from "./protocol/messages.js";
export { prefixBatches } from "./protocol/prefixes.js";
export { Refused, statusName } from "./protocol/refused.js";
export * from "./protocol/words.js";
export { type Platform, type Profile, Router } from "./router/router.js";
export {
  type Address,
  formatAddress,
  formatPrefix,
  type Prefix,
  parseAddress,
  parsePrefix,
} from "./tables/address.js";
export { type ChurnEvent, readChurn } from "./tables/churn.js";
export { openInput } from "./tables/input.js";
export { type LoadedTable, loadTable } from "./tables/load.js";
export { replay } from "./tables/replay.js";
export type { PrefixTable } from "./tables/routes.js";
export { synthesize } from "./tables/synth.js";
export { openTarget } from "./target/open.js";
export type { Target } from "./target/target.js";
export { OutOfTimeError, TargetError } from "./target-error.js";
export type { Transport as Line } from "./transport/transport.js";
