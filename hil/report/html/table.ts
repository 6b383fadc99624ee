/** A table that scrolls sideways where the page is too narrow for it. */
import { type Content, type Markup, markup } from "./markup.js";

export interface Heading {
  head: string;
  number?: boolean;
  note?: string;
}

export function table(headings: Heading[], rows: Content[][]): Markup {
  const kind = (i: number) => (headings[i]!.number === true ? "number" : "");
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="table"><table><thead><tr>${headings.map(
    ({ head, note }, i) => markup`<th scope="col" class="${kind(i)}" title="${note ?? ""}">${head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    row => markup`<tr>${row.map((cell, i) => markup`<td class="${kind(i)}">${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}
