/** Reads XML, or HTML that closes all but its void elements, tag by tag; throws where it is not well formed. */

export interface Element {
  name: string;
  attributes: Record<string, string>;
}

const VOID = new Set(["meta"]);
const ENTITY: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"<]*")?)*)\s*(\/?)>/giy;

export function elementsOf(source: string): { elements: Element[]; text: string } {
  const body = source.replace(/^<\?xml[^?]*\?>|^<!doctype html>/i, "");
  const elements: Element[] = [];
  const open: string[] = [];
  let text = "";
  for (let at = 0; at < body.length; ) {
    if (open.at(-1) === "script" || open.at(-1) === "style") {
      at = body.indexOf(`</${open.at(-1)}>`, at);
    }
    if (body[at] !== "<") {
      const next = body.indexOf("<", at);
      text += decode(body.slice(at, next < 0 ? undefined : next));
      at = next < 0 ? body.length : next;
      continue;
    }
    TAG.lastIndex = at;
    const match = TAG.exec(body);
    if (match === null) throw new Error(`no tag at ${body.slice(at, at + 80)}`);
    const [all, closes, name, attributes, empty] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
    ];
    at += all.length;
    if (closes !== "") {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> where </${expected}> was expected`);
      continue;
    }
    elements.push({ name, attributes: attributesOf(attributes) });
    if (empty === "" && !VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return { elements, text };
}

function attributesOf(source: string): Record<string, string> {
  const found = source.matchAll(/([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi);
  return Object.fromEntries([...found].map(([, name, value]) => [name!, decode(value ?? "")]));
}

function decode(source: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(source)) throw new Error(`a bare & in ${source.slice(0, 80)}`);
  return source.replace(/&([a-z0-9#]+);/g, (_, name: string) => ENTITY[name]!);
}
