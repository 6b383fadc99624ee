/** Which sites a router could possibly reach at all, by whatever metric: breadth first over what works. */
import type { Scenario } from "./scenario.js";
import { type NetworkState, works } from "./state.js";

type Network = Pick<Scenario, "sites" | "links">;

/** Names of the sites that announce a prefix and that packets from a router can get to. */
export type Reach = (router: string, prefix: string) => string[];

export function reachOf({ sites, links }: Network, state: NetworkState): Reach {
  const stubs = new Set(sites.filter(({ transit }) => !transit).map(({ name }) => name));
  return (router, prefix) => {
    const seen = new Set([router]);
    for (const node of seen) {
      if (stubs.has(node)) continue;
      for (const { ends } of links) {
        const other = ends[0] === node ? ends[1] : ends[1] === node ? ends[0] : node;
        if (works(state, ends) && !state.deadNodes.has(other)) seen.add(other);
      }
    }
    return sites
      .map(({ name }) => name)
      .filter(name => seen.has(name) && state.announced.get(name)!.has(prefix));
  };
}
