/** Requests that are refused, each with a status of its own and what it says about the place; nothing of them is carried out. */
import { Refused } from "../../host/protocol/refused.js";
import type { Router } from "../../host/router/router.js";
import { Edge } from "../assembly/forward/edge.js";

const zero = new Uint8Array(16);
const good = [24, 198, 51, 100, 0];

export function refuseAll(router: Router): void {
  new Edge(router);
  for (const { slot, family, tail } of [
    { slot: 0, family: 4, tail: [...good, 33, 203, 0, 113, 0] },
    { slot: 0, family: 4, tail: [...good, ...good, 24, 203, 0, 113, 1] },
    { slot: 0, family: 4, tail: good.slice(1) },
    { slot: 0, family: 5, tail: good },
    { slot: 3, family: 4, tail: good },
    { slot: 4, family: 4, tail: good },
  ]) {
    refused(() => router.call("ANNOUNCE", { slot, family }, Uint8Array.from(tail)));
  }
  refused(() => router.call("WITHDRAW", { neighbor: 2, family: 4 }, Uint8Array.from(good)));
  refused(() => router.call("LOOKUP", { family: 0, address: zero }));
  refused(() => router.call("ROUTE", { family: 4, length: 24, address: zero }));
  refused(() => router.call("ROUTE", { family: 6, length: 129, address: zero }));
  refused(() =>
    router.call("PORT", { port: 3, up: 1, mtu: 1500, address4: zero.subarray(0, 4), address6: zero }),
  );
  refused(() => router.call("SPEAKER", { neighbor: 0, interval: 0, phase: 0 }));
  router.call("STATE", {});
}

function refused(request: () => unknown): void {
  try {
    request();
  } catch (error) {
    if (error instanceof Refused) return;
    throw error;
  }
  throw new Error("the router takes what it has to refuse");
}
