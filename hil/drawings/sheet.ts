/**
 * A drawing that stands alone: an SVG with its own look for light and dark pages. It is 800 wide; on a phone, where that becomes half of it,
 * text is larger, for which layouts leave room.
 */
import { type Content, Markup, markup } from "../report/html/markup.js";

export const WIDTH = 800;

const STYLE = `
    text { font: 16px "DejaVu Sans", Verdana, Arial, sans-serif; fill: #1f2328 }
    .bold { font-weight: bold }
    .dim { fill: #57606a; font-size: 14px }
    .mid { text-anchor: middle } .end { text-anchor: end }
    .panel { fill: #ffffff }
    .ground { fill: #f3f5f7 }
    .grid { stroke: #d5dae0 }
    .line { fill: none; stroke: #6e7781; stroke-width: 1.5 }
    .dashed { stroke-dasharray: 5 4 }
    .instant { stroke: #1f2328; stroke-width: 2 }
    .london { fill: #1f5fb0; stroke: #1f5fb0 } .newyork { fill: #a85a12; stroke: #a85a12 } .port { fill: #1a7f4b; stroke: #1a7f4b }
    .lost { fill: none; stroke: #c81e2b; stroke-width: 2.5; stroke-linecap: round }
    .gap { fill: #c81e2b; opacity: .14 } .broken { fill: #d9606a } .died { fill: #8a939c }
    .on { fill: #ffffff } .flat { stroke: none }
    .curve { fill: none; stroke: #7c3fc4; stroke-width: 2.5; stroke-linejoin: round }
    text.london, text.newyork, text.port, text.lost { stroke: none } text.lost { fill: #c81e2b }
    .pale { opacity: .35; stroke: none }
    .faint circle { opacity: .4; stroke: none }
    @media (max-width: 520px) { text { font-size: 21px } .dim { font-size: 19px } }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .dim { fill: #9aa4af }
      .panel { fill: #14181e }
      .ground { fill: #22272e }
      .grid { stroke: #333b45 }
      .line { stroke: #8b949e }
      .instant { stroke: #e6edf3 }
      .london { fill: #6cb0ff; stroke: #6cb0ff } .newyork { fill: #e59a4b; stroke: #e59a4b } .port { fill: #4cc57c; stroke: #4cc57c }
      .lost { stroke: #ff6470 } .gap { fill: #ff6470; opacity: .2 } .broken { fill: #a8323c } .died { fill: #6a737d }
      .on { fill: #0b1016 } .curve { stroke: #b78df5 } text.lost { fill: #ff6470 }
    }
  `;

export interface Sheet {
  title: string;
  /** What is to be seen, for those who do not see it, and the run that it is from. */
  description: string;
  height: number;
  content: Content;
}

export function sheet({ title, description, height, content }: Sheet): string {
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title text">
  <title id="title">${title}</title>
  <desc id="text">${description}</desc>
  <style>${new Markup(STYLE)}</style>
  <rect class="panel" width="${WIDTH}" height="${height}" rx="8"/>
  ${content}
</svg>
`.text;
}

/** From values to places on a line of the sheet. Coordinates have one decimal, so that files do not differ by rounding. */
export class Axis {
  constructor(
    readonly from: number,
    readonly to: number,
    readonly begin: number,
    readonly end: number,
  ) {}

  at(value: number): number {
    const share = (this.place(value) - this.place(this.from)) / (this.place(this.to) - this.place(this.from));
    return round(this.begin + share * (this.end - this.begin));
  }

  protected place(value: number): number {
    return value;
  }
}

export class LogAxis extends Axis {
  protected override place(value: number): number {
    return Math.log10(value);
  }
}

export function round(coordinate: number): number {
  return Number(coordinate.toFixed(1));
}

export function text(kind: string, x: number, y: number, content: Content): Markup {
  return markup`<text class="${kind}" x="${x}" y="${y}">${content}</text>
  `;
}

export function upright(kind: string, x: number, top: number, bottom: number): Markup {
  return markup`<line class="${kind}" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>
  `;
}

export function level(kind: string, left: number, right: number, y: number): Markup {
  return markup`<line class="${kind}" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>
  `;
}

export function dots(kind: string, radius: number, places: [x: number, y: number][]): Markup {
  return markup`<g class="${kind}">${places.map(([x, y]) => markup`<circle cx="${x}" cy="${y}" r="${radius}"/>`)}</g>
  `;
}

export function cross(x: number, y: number, half: number): Markup {
  return markup`<path class="lost" d="M${round(x - half)} ${y - half}l${2 * half} ${2 * half}m0-${2 * half}l-${2 * half} ${2 * half}"/>
  `;
}

/** A length, with its name above it at `middle`. */
export function span(
  left: number,
  right: number,
  y: number,
  name: string,
  middle = (left + right) / 2,
): Markup {
  return markup`<path class="line" d="M${left} ${y - 6}v12M${left} ${y}H${right}m0-6v12"/>
  ${text("mid", round(middle), y - 9, name)}`;
}
