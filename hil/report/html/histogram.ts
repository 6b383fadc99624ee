/** How often a time lay where: bars over an axis of time, the median and the 99th of a hundred as lines across them. */
import type { Statistic } from "../../measure/result.js";
import { figureName } from "../recurring.js";
import { count, existing, measured, tickOffset } from "../units.js";
import { type Content, type Markup, markup } from "./markup.js";
import { Scale, tickLabel } from "./scale.js";

const HEIGHT = 56;
const AXIS = 24;
/** A bar of a single time among thousands is still seen. */
const LEAST = 2;
/** Bars start at zero unless all are beyond this share of the greatest. */
const FAR = 0.5;
const MARGIN = 0.04;

/** One axis for histograms that are to be compared. */
export function scaleOf(statistics: Statistic[]): Scale {
  const edges = statistics.flatMap(({ histogram: { width, first, counts } }) => [
    first * width,
    (first + counts.length) * width,
  ]);
  const [least, most] = [Math.min(...edges), Math.max(...edges)];
  if (least < FAR * most) return new Scale(0, most * (1 + MARGIN));
  const margin = (most - least) * MARGIN;
  return new Scale(least - margin, most + margin);
}

/** `about`: what it is a figure of, after which event; `times`: how often the event came. */
export function histogram(
  statistic: Statistic,
  scale: Scale,
  about: string,
  id: string,
  times: number,
): Markup {
  const { spread, resolution, direction } = statistic;
  const [median, p99, max] = [spread.median, spread.p99, spread.max].map(one => measured(one, resolution));
  const name = figureName(statistic) + existing(spread, times);
  if (spread.max.value === 0)
    return markup`<figure><figcaption><b>${name}</b> ${max} every time</figcaption></figure>`;
  const told = `median ${median}, p99 ${p99}, max ${max}`;
  return markup`<figure class="${direction}"><figcaption><b>${name}</b> ${told}<small>bars up to ${count(
    Math.max(...statistic.histogram.counts),
  )}</small></figcaption>${picture(statistic, scale, id, `${name}: ${about}. ${told}.`)}</figure>`;
}

function picture({ histogram, spread }: Statistic, scale: Scale, id: string, title: string): Markup {
  const { width, first, counts } = histogram;
  const tallest = Math.max(...counts);
  const bottom = AXIS + HEIGHT;
  const write = (time: number, step: number) => tickOffset(time, step).replace("+", "");
  const bars = counts.map((number, i): Content => {
    if (number === 0) return null;
    const [from, to] = [(first + i) * width, (first + i + 1) * width];
    const height = Math.max((number / tallest) * HEIGHT, LEAST);
    return markup`<rect class="bar" x="${scale.at(from)}" width="${scale.span(from, to)}" y="${(
      bottom - height
    ).toFixed(
      1,
    )}" height="${height.toFixed(1)}"><title>${write(from, width)} to ${write(to, width)}: ${count(number)}</title></rect>`;
  });
  const line = (kind: string, { value }: { value: number }) =>
    markup`<line class="${kind}" x1="${scale.at(value)}" x2="${scale.at(value)}" y1="${AXIS}" y2="${bottom}"/>`;
  return markup`<svg width="100%" height="${bottom}" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title><rect class="ground" y="${AXIS}" width="100%" height="${HEIGHT}"/>${scale
    .ticks(4)
    .map(at =>
      tickLabel(scale, at, write(at, scale.step(4)), AXIS, bottom),
    )}${bars}${line("median", spread.median)}${line("p99", spread.p99)}</svg>`;
}
