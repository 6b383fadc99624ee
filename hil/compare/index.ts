export type { NamedReport } from "./comparable.js";
export { compare } from "./compare.js";
export type { Comparison } from "./comparison.js";
export { gateFigures, gateReports, isBaseline, type NamedFigures } from "./gate/gate.js";
export type { Gate } from "./gate/shape.js";
export { gateText } from "./gate/text.js";
export { comparisonJson, comparisonJsonSchema, gateJson, gateJsonSchema } from "./json.js";
export { readMeasured } from "./read.js";
export { comparisonText } from "./terminal.js";
