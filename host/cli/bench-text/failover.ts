import type { FailoverFigures } from "../../../hil/bench/failover.js";
import { columns } from "../columns.js";

export function failoverText(figures: FailoverFigures[]): string {
  return [
    "Failover, us: two neighbors that announce everything",
    columns([
      ["cause", "prefixes", "route sets", "repaired", "p99", "re-selected", "p99"],
      ...figures.flatMap(({ prefixes, sets, portDown, neighborDeath }) =>
        (
          [
            ["port down", portDown],
            ["hold time over", neighborDeath],
          ] as const
        ).map(([cause, { repair, reselect }]) => [
          cause,
          `${prefixes}`,
          `${sets}`,
          microseconds(repair.median),
          microseconds(repair.p99),
          microseconds(reselect.median),
          microseconds(reselect.p99),
        ]),
      ),
    ]),
  ].join("\n");
}

function microseconds(nanoseconds: number): string {
  return (nanoseconds / 1000).toFixed(2);
}
