/**
 * Pictures are as wide as the page lets them be: times become percentages of the width, while heights, strokes and text keep their
 * size in pixels. So the same picture is sharp and readable on a desk and on a phone.
 */
import { type Markup, markup } from "./markup.js";

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600].map(seconds => seconds * 1_000_000);

export class Scale {
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}

  /** "12.345%" of the width, kept inside the picture. */
  at(time: number): string {
    return percentage(this.share(time));
  }

  span(from: number, to: number): string {
    return percentage(this.share(to) - this.share(from));
  }

  share(time: number): number {
    return Math.min(Math.max((time - this.from) / (this.to - this.from), 0), 1);
  }

  holds(time: number): boolean {
    return time >= this.from && time <= this.to;
  }

  /** Time between round instants of which about `count` fit in. */
  step(count: number): number {
    return roundStep((this.to - this.from) / count);
  }

  /** Those instants, counted from `origin`. */
  ticks(count: number, origin = 0): number[] {
    const step = this.step(count);
    const first = Math.ceil((this.from - origin) / step);
    const last = Math.floor((this.to - origin) / step);
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => origin + (first + i) * step);
  }
}

/** At least `least`: 1, 2 or 5 times a power of ten below a second, and what clocks show above. */
function roundStep(least: number): number {
  if (least > 500_000) return STEPS.find(step => step >= least) ?? Math.ceil(least / 3_600e6) * 3_600e6;
  return roundUp(least);
}

/** The next 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find(factor => factor * power >= value * 0.999_999) ?? 10) * power;
}

export function percentage(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}

/** A line down the picture at `at`, and its label above `top`; the outermost labels stay inside. */
export function tickLabel(scale: Scale, at: number, label: string, top: number, bottom: number): Markup {
  const x = scale.at(at);
  const share = scale.share(at);
  const anchor = share < 0.02 ? "start" : share > 0.98 ? "end" : "middle";
  return markup`<line class="grid" x1="${x}" x2="${x}" y1="${top - 4}" y2="${bottom}"/><text class="tick" x="${x}" y="${
    top - 9
  }" text-anchor="${anchor}">${label}</text>`;
}
