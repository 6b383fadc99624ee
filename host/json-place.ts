/**
 * Where things stand in a JSON text (RFC 8259), for messages about it. A text is parsed with `JSON.parse`; only when
 * something is wrong with it, in form or in content, is it walked through here.
 */

/** The text is not JSON. */
export interface Fault {
  /** Index of the character that does not belong; the text's length if it ends too early. */
  offset: number;
  expected: string;
}

const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"([ !#-[\]-\uffff]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/** Deeper than any case or report; a walk is recursive. */
const DEPTH = 64;

/** Longest piece of a wrong text that a message shows. */
const SHOWN = 40;

class NotJson extends Error {
  constructor(readonly fault: Fault) {
    super(fault.expected);
  }
}

/** Walks through a text, and tells each value to `visit` with its path and the index at which it starts. */
class Walk {
  #at = 0;

  constructor(
    readonly text: string,
    readonly visit: (path: readonly PropertyKey[], offset: number) => void,
  ) {}

  document(): void {
    this.#value([]);
    this.#skip(SPACE);
    if (this.#at < this.text.length) this.#fail("nothing more");
  }

  #value(path: readonly PropertyKey[]): void {
    this.#skip(SPACE);
    this.visit(path, this.#at);
    if (path.length > DEPTH) this.#fail(`at most ${DEPTH} levels of lists and objects`);
    const first = this.text[this.#at];
    if (first === "{") this.#object(path);
    else if (first === "[") this.#array(path);
    else if (first === '"') this.#string();
    else if (!this.#skip(WORD) && !this.#skip(NUMBER)) this.#fail("a JSON value");
  }

  #object(path: readonly PropertyKey[]): void {
    this.#at++;
    if (this.#accept("}")) return;
    do {
      this.#skip(SPACE);
      if (this.text[this.#at] !== '"') this.#fail("a key in quotes");
      const key = JSON.parse(this.#string()) as string;
      if (!this.#accept(":")) this.#fail('":"');
      this.#value([...path, key]);
    } while (this.#accept(","));
    if (!this.#accept("}")) this.#fail('"," or "}"');
  }

  #array(path: readonly PropertyKey[]): void {
    this.#at++;
    if (this.#accept("]")) return;
    let index = 0;
    do this.#value([...path, index++]);
    while (this.#accept(","));
    if (!this.#accept("]")) this.#fail('"," or "]"');
  }

  #string(): string {
    const start = this.#at;
    if (!this.#skip(STRING)) this.#fail("a JSON text in quotes");
    return this.text.slice(start, this.#at);
  }

  /** Takes a mark, if it is next. */
  #accept(mark: string): boolean {
    this.#skip(SPACE);
    if (this.text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }

  #fail(expected: string): never {
    throw new NotJson({ offset: this.#at, expected });
  }
}

/** The first thing that keeps a text from being JSON, or null. */
export function findFault(text: string): Fault | null {
  try {
    new Walk(text, () => {}).document();
    return null;
  } catch (error) {
    if (error instanceof NotJson) return error.fault;
    throw error;
  }
}

/** Index at which the value at `path` starts in a text that is JSON; where there is none, that of the nearest value around it. */
export function offsetOf(text: string, path: readonly PropertyKey[]): number {
  let offset = 0;
  new Walk(text, (visited, at) => {
    // The last that matches: of keys that repeat, JSON.parse takes the last one, too.
    if (visited.length <= path.length && visited.every((key, i) => key === path[i])) offset = at;
  }).document();
  return offset;
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value);
}

/** The beginning of a text, for a message. A terminal shall not act on what a wrong file holds. */
export function excerpt(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
  return shown.replace(/\p{Cc}/gu, character => JSON.stringify(character).slice(1, -1));
}
