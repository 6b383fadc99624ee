/** Who is linked to whom, and who forwards: what never changes during a run. */
import type { Link, Scenario } from "../scenario/scenario.js";
import { linkKey } from "../scenario/state.js";

export interface Adjacency {
  node: string;
  link: Link;
  /** Of the link in a NetworkState. */
  key: string;
}

export class Topology {
  readonly #adjacent = new Map<string, Adjacency[]>();
  readonly #asn = new Map<string, number>();
  readonly #stubs: ReadonlySet<string>;
  readonly #serves: ReadonlyMap<string, readonly string[]>;

  constructor({ sites, routers, transit, links }: Pick<Scenario, "sites" | "routers" | "transit" | "links">) {
    for (const { name, asn } of [...sites, ...routers, ...transit]) {
      this.#asn.set(name, asn);
      this.#adjacent.set(name, []);
    }
    for (const link of links) {
      const [a, b] = link.ends;
      const key = linkKey(link.ends);
      this.#adjacent.get(a)!.push({ node: b, link, key });
      this.#adjacent.get(b)!.push({ node: a, link, key });
    }
    this.#stubs = new Set(sites.filter(({ transit }) => !transit).map(({ name }) => name));
    this.#serves = new Map(sites.map(({ name, announces }) => [name, announces]));
  }

  /** In the order of the file. */
  adjacent(node: string): readonly Adjacency[] {
    return this.#adjacent.get(node)!;
  }

  asn(node: string): number {
    return this.#asn.get(node)!;
  }

  /** Whether it passes on what is not meant for itself. */
  forwards(node: string): boolean {
    return !this.#stubs.has(node);
  }

  /** Whether it answers what arrives for a prefix, announced at the moment or not. */
  serves(node: string, prefix: string): boolean {
    return this.#serves.get(node)?.includes(prefix) ?? false;
  }
}
