/** Whatever a scenario calls its sites and clients, it stays text: in XML, in HTML and on a terminal. */

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters have no place in a report; XML 1.0 (section 2.2) forbids most, a terminal would obey them. */
const CONTROLS = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/** For text and for quoted attributes of XML and HTML. */
export function escapeMarkup(text: string): string {
  return plainText(text).replace(/[&<>"']/g, character => ENTITIES[character]!);
}

/** On one line, without control characters. */
export function plainText(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(CONTROLS, "\uFFFD");
}
