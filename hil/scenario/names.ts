/** Looks names up, and complains where one is not known or taken twice. */
import { describe } from "../../host/yaml/problem.js";
import type { Path, Source } from "../../host/yaml/source.js";

export class Names {
  readonly #known = new Map<string, string>();

  constructor(readonly source: Source) {}

  /** `path` ends with the name as a key. */
  define(name: string, kind: string, path: Path): void {
    const taken = this.#known.get(name);
    if (taken !== undefined || name === "none") {
      const found =
        taken === undefined ? '"none", which means no site' : `${describe(name)}, which is a ${taken}`;
      this.source.failAtKey(path, "a name that is not taken", found);
    }
    this.#known.set(name, kind);
  }

  /** Complains unless `name` is of one of `kinds`. */
  require(name: string, kinds: readonly string[], path: Path): void {
    const kind = this.#known.get(name);
    if (kind !== undefined && kinds.includes(kind)) return;
    this.source.fail(
      path,
      this.#choice(kinds),
      kind ? `${describe(name)}, which is a ${kind}` : describe(name),
    );
  }

  /** The same where the name is a key. */
  requireKey(name: string, kinds: readonly string[], path: Path): void {
    const kind = this.#known.get(name);
    if (kind !== undefined && kinds.includes(kind)) return;
    const found = kind ? `${describe(name)}, which is a ${kind}` : describe(name);
    this.source.failAtKey(path, this.#choice(kinds), found);
  }

  #choice(kinds: readonly string[]): string {
    const names = [...this.#known].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name);
    return `the name of a ${kinds.join(" or ")} (${names.join(", ") || "there is none"})`;
  }
}
