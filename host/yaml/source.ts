/**
 * A YAML document that remembers where everything in it stands, so that every complaint about it can name
 * file, line and column. A path is a list of keys and indices, as zod's issues have it.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { InputError, type Place } from "../input-error.js";

export type Path = readonly PropertyKey[];

export class Source {
  readonly #document: Document;
  readonly #lines: LineCounter;
  /** The document as plain values. */
  readonly value: unknown;

  private constructor(
    readonly file: string,
    document: Document,
    lines: LineCounter,
  ) {
    this.#document = document;
    this.#lines = lines;
    const [error] = document.errors;
    // What follows a semicolon is advice for programmers.
    if (error) this.#refuse(error.pos[0], error.message.split(";")[0]!);
    visit(document, {
      Alias: (_, alias) => {
        if (alias.resolve(document)) return;
        throw new InputError(
          this.#placeAt(startOf(alias) ?? 0),
          "an alias of an anchor before it",
          `*${alias.source}`,
        );
      },
    });
    try {
      this.value = document.toJS();
    } catch (error) {
      // Aliases that would unfold without end.
      this.#refuse(0, (error as Error).message);
    }
  }

  /** Throws an InputError at the first mistake in the YAML itself. */
  static parse(file: string, text: string): Source {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false }) as Document;
    return new Source(file, document, lines);
  }

  /** Where the value at `path` starts; where there is none, the nearest thing around it. */
  place(path: Path): Place {
    return this.#placeAt(this.#locate(path).value);
  }

  /** Where the last key of `path` stands. */
  keyPlace(path: Path): Place {
    return this.#placeAt(this.#locate(path).key);
  }

  /** Throws an InputError at the value at `path`. */
  fail(path: Path, expected: string, found: string): never {
    throw new InputError(this.place(path), expected, found);
  }

  /** Throws an InputError at the last key of `path`. */
  failAtKey(path: Path, expected: string, found: string): never {
    throw new InputError(this.keyPlace(path), expected, found);
  }

  #refuse(offset: number, message: string): never {
    throw new InputError(this.#placeAt(offset), "well-formed YAML", lowerFirst(message));
  }

  /** Offsets of the last key and of the value, as far as `path` leads. */
  #locate(path: Path): { key: number; value: number } {
    let node = this.#resolve(this.#document.contents);
    let value = node?.range?.[0] ?? 0;
    let key = value;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) break;
        key = startOf(pair.key) ?? key;
        value = startOf(pair.value) ?? key;
        node = this.#resolve(pair.value as Node | null);
      } else if (isSeq(node) && typeof step === "number" && node.items[step]) {
        key = value = startOf(node.items[step]) ?? value;
        node = this.#resolve(node.items[step] as Node);
      } else break;
    }
    return { key, value };
  }

  #resolve(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.#document) ?? null) : node;
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
