export type { NamedReport } from "./comparable.js";
export { compare } from "./compare.js";
export type { Comparison } from "./comparison.js";
export { comparisonJson, comparisonJsonSchema } from "./json.js";
export { readReport } from "./read.js";
export { comparisonText } from "./terminal.js";
