/**
 * HTML and SVG by template, safe by default: whatever is put into a template is escaped, unless it came out of one itself.
 *
 *     markup`<td>${client}</td>`      client is text, whatever it contains
 */
import { escapeMarkup } from "../escape.js";

export class Markup {
  constructor(readonly text: string) {}
}

/** Null and undefined are nothing; lists are put one after the other. */
export type Content = Markup | string | number | null | undefined | Content[];

export function markup(strings: TemplateStringsArray, ...contents: Content[]): Markup {
  return new Markup(
    strings.map((part, i) => part + (i < contents.length ? render(contents[i]) : "")).join(""),
  );
}

function render(content: Content): string {
  if (content === null || content === undefined) return "";
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(render).join("");
  return escapeMarkup(String(content));
}
