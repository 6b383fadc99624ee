export type { NamedReport } from "./comparable.js";
export { compare } from "./compare.js";
export type { Comparison } from "./comparison.js";
export { readReport } from "./read.js";
export { terminal } from "./terminal.js";
