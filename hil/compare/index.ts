export type { NamedReport } from "./comparable.js";
export { compare } from "./compare.js";
export type { Comparison } from "./comparison.js";
export { readReport } from "./read.js";
export { comparisonText } from "./terminal.js";
