/** The packets of one stream on a line: a dot for one that was answered, in its site's colour, a cross for one that was lost. */
import type { Report } from "../measure/result.js";
import type { Markup } from "../report/html/markup.js";
import { type Axis, cross, dots } from "./sheet.js";

export function packets(report: Report, stream: number, axis: Axis, y: number, radius: number): Markup[] {
  const { interval } = report.streams[stream]!;
  const places = (answeredBy: string | null) =>
    report.timeline[stream]!.spans.filter(({ site }) => site === answeredBy)
      .flatMap(({ from, packets }) => Array.from({ length: packets }, (_, n) => from + n * interval))
      .filter(at => at >= axis.from && at <= axis.to)
      .map((at): [number, number] => [axis.at(at), y]);
  return [
    dots("london", radius, places("London")),
    dots("newyork", radius, places("New York")),
    ...places(null).map(([x]) => cross(x, y, radius - 0.5)),
  ];
}
