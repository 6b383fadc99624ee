/**
 * How long a router takes for its own work tells its processor and its clock: a virtual clock stands still meanwhile, QEMU counts
 * instructions, silicon counts cycles. So such times are compared only between clocks of one kind: the same board and kind of clock, and
 * the same ticks. Every other time is the scenario's or comes from its packets, and has to be the same everywhere.
 */
import type { Report, TargetInfo } from "../measure/result.js";
import type { Comparison } from "./comparison.js";

/** Routers whose clocks are not of one kind, in the order of `a`. */
export function unlikeClocks(a: Report, b: Report): Comparison["unlikeClocks"] {
  return a.targets.flatMap(one => {
    const other = b.targets.find(({ router }) => router === one.router);
    if (other === undefined || isAlike(one, other)) return [];
    return { router: one.router, a: clockName(one), b: clockName(other) };
  });
}

function isAlike(one: TargetInfo, other: TargetInfo): boolean {
  return one.board === other.board && one.clock === other.clock && one.tickRate === other.tickRate;
}

function clockName({ target, clock }: TargetInfo): string {
  return `${target} (${clock} clock)`;
}
