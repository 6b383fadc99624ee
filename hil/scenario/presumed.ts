/** What an event presumes of the network that it finds: only what is announced can be withdrawn, only what is dead can return. */

import type { Path, Source } from "../../host/yaml/source.js";
import type { Change } from "./scenario.js";
import { isDead, linkKey, type NetworkState } from "./state.js";

export function checkPresumed(source: Source, path: Path, state: NetworkState, change: Change): void {
  const fail = (expected: string, found: string) => source.fail([...path, change.kind], expected, found);
  const isUp = (link: [string, string]) => state.links.get(linkKey(link))!.up;
  switch (change.kind) {
    case "withdraw":
    case "graceful_shutdown": {
      const missing = change.prefixes.find(prefix => !state.announced.get(change.site)!.has(prefix));
      if (missing) fail("a site that announces", `${change.site}, which does not announce ${missing} then`);
      if (state.deadNodes.has(change.site)) fail("a living site", `${change.site}, which is dead then`);
      return;
    }
    case "announce":
      if (state.deadNodes.has(change.site)) fail("a living site", `${change.site}, which is dead then`);
      return;
    case "silent_death":
      if (isDead(state, change.element)) fail("what lives", "what is dead already");
      return;
    case "return":
      if (!isDead(state, change.element)) fail("what died before", "what lives");
      return;
    case "port_down":
      if (change.links.some(link => !isUp(link))) fail("a link that is up", "one that is down already");
      return;
    case "port_up":
      if (change.links.some(isUp)) fail("a link that is down", "one that is up");
      return;
    case "metric":
    case "latency":
    case "overload":
      return;
  }
}
