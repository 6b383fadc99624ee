import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noRoom } from "../../../host/protocol/room.js";
import { Drop, Verdict } from "../../../host/protocol/words.js";
import { type Bytes, concat, ROUTING } from "../packet/build.js";
import { dropped, from6, type Reason, routing6 } from "./dropped.js";
import { Edge, NONE, query4, query6, server4, server6 } from "./edge.js";

describe.each(["host", "mcu"] as const)("a packet is dropped, profile %s", profile => {
  let edge: Edge;
  beforeAll(async () => {
    edge = await Edge.start(profile);
  });
  beforeEach(() => edge.configure());

  function expectDropped(packet: Bytes, reason: Reason, port = 0): void {
    const outcome = edge.forward(packet, port);
    expect(outcome).toMatchObject({ verdict: Verdict.DROPPED, reason: Drop[reason] });
    expect(outcome.packet).toHaveLength(0);
    // It stays as it came, and is counted once.
    const { packetBuffer } = edge.router.exports;
    expect(edge.router.bytes(packetBuffer(), packet.length)).toEqual(Uint8Array.from(packet));
    const { received, forwarded, delivered, drops } = edge.counters();
    expect({ received, forwarded, delivered }).toEqual({ received: 1, forwarded: 0, delivered: 0 });
    const counted = Object.entries(drops).filter(([, count]) => count !== 0);
    expect(counted).toEqual([[reason, 1]]);
  }

  test.each(dropped)("%s: %s", (reason, _name, packet) => expectDropped(packet, reason));

  test("PORT_DOWN: by a port that is down", () => {
    edge.setPort(0, { up: 0 });
    expectDropped(query4, "PORT_DOWN");
  });

  test("PORT_DOWN: by a port that there is not", () => expectDropped(query6, "PORT_DOWN", 3));

  test.each([query4, query6])("EGRESS_DOWN: every way there is down", packet => {
    edge.setPort(1, { up: 0 });
    expectDropped(packet, "EGRESS_DOWN");
  });

  test("NO_NEXT_HOP: a bare forwarding table leads nowhere, whatever its host's numbers are", () => {
    const { router } = edge;
    router.call("CONFIGURE", { ...noRoom, ports: 1, prefixes4: 4, prefixes6: 4 });
    edge.setPort(0);
    router.check(router.exports.insert4(0xc6336400, 24, profile === "host" ? 0xfff0 : 0xf0), "insert4");
    expectDropped(query4, "NO_NEXT_HOP");
    const address = concat(server4, new Uint8Array(12));
    const { length, neighbor, port } = router.call("LOOKUP", { family: 4, address });
    expect({ length, neighbor, port }).toEqual({ length: 24, neighbor: NONE, port: NONE });
  });

  test("every reason has a case", () => {
    const covered = new Set<string>([
      ...dropped.map(([reason]) => reason),
      "NONE",
      "PORT_DOWN",
      "EGRESS_DOWN",
    ]);
    expect(Object.keys(Drop).filter(reason => !covered.has(reason))).toEqual([]);
  });

  test("a routing header that asks for nothing any more is none of the router's business", () => {
    const done = from6(server6, { nextHeader: ROUTING, payload: routing6(0, 0) });
    const segmentRouting = from6(server6, { nextHeader: ROUTING, payload: routing6(4, 1) });
    expect(edge.forward(done).verdict).toBe(Verdict.FORWARDED);
    expect(edge.forward(segmentRouting).verdict).toBe(Verdict.FORWARDED);
  });
});
