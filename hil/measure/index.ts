/**
 * Measurements: observations of a scenario's repeats in, one report out (result.ts has its shape).
 *
 *     sampling -> service, settling -> connectivity, failover, queries, sessions -> outcome -> convergence -> statistics, tallies -> measure
 *
 * The figures are adapted from RFC 6412, RFC 6413 and RFC 6414; each formula stands beside its code. docs/measurements.md explains them to users.
 */
export { type Measurement, measure } from "./measure.js";
export * from "./result.js";
