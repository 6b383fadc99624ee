/**
 * Measurements: observations of a scenario's repeats in, one report out (result.ts has its shape).
 *
 *     sampling -> service, settling -> connectivity, queries, sessions -> outcome -> convergence -> statistics -> measure
 *
 * The figures are adapted from RFC 6412 and RFC 6413; each formula stands beside its code. docs/measurements.md explains them to users.
 */
export { type Measurement, measure } from "./measure.js";
export * from "./result.js";
