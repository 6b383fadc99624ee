import { describe, expect, it } from "vitest";
import { NONE } from "../../../host/protocol/messages.js";
import { prefixBatches } from "../../../host/protocol/prefixes.js";
import { parseAddress, parsePrefix } from "../../../host/tables/address.js";
import { Lab } from "../probe/lab.js";

function announce(lab: Lab, slot: number, prefix: string): void {
  for (const { family, tail } of prefixBatches([parsePrefix(prefix)]))
    lab.router.call("ANNOUNCE", { slot, family }, tail);
}

function way(lab: Lab, address: string): [length: number, neighbor: number] {
  const { family, bytes } = parseAddress(address);
  const { length, neighbor } = lab.router.call("LOOKUP", { family, address: bytes });
  return [length, neighbor];
}

describe.each(["host", "mcu"] as const)("a longest match that leads nowhere, %s profile", profile => {
  it.each([
    ["203.0.113.128/25", "203.0.113.0/24", "203.0.113.200", [25, 24]],
    ["203.0.113.7/32", "0.0.0.0/0", "203.0.113.7", [32, 0]],
    ["2001:db8:53::/48", "2001:db8::/32", "2001:db8:53::1", [48, 32]],
    ["2001:db8:53::1/128", "2001:db8:53::/64", "2001:db8:53::1", [128, 64]],
    ["2001:db8:53::1/128", "::/0", "2001:db8:53::1", [128, 0]],
  ])("%s gives way to %s while its neighbor is down", async (inner, outer, address, [longer, shorter]) => {
    const lab = await Lab.build(profile);
    announce(lab, 0, inner);
    announce(lab, 1, outer);
    expect(way(lab, address)).toEqual([longer, 0]);
    lab.event(10, "PORT_DOWN", 0);
    lab.run(20);
    expect(way(lab, address)).toEqual([shorter, 1]);
    lab.router.call("PORT", {
      port: 0,
      up: 1,
      mtu: 1500,
      address4: new Uint8Array(4),
      address6: new Uint8Array(16),
    });
    expect(way(lab, address)).toEqual([longer, 0]);
  });

  it("is what is told where no shorter one leads anywhere either", async () => {
    const lab = await Lab.build(profile);
    announce(lab, 0, "203.0.113.128/25");
    announce(lab, 0, "203.0.113.0/24");
    lab.event(10, "PORT_DOWN", 0);
    lab.run(20);
    expect(way(lab, "203.0.113.200")).toEqual([25, NONE]);
    expect(way(lab, "192.0.2.200")).toEqual([NONE, NONE]);
  });

  it("sends a stream the wider way without losing a packet", async () => {
    const lab = await Lab.build(profile);
    announce(lab, 0, "203.0.113.128/25");
    announce(lab, 1, "203.0.113.0/24");
    const destination = parseAddress("203.0.113.200").bytes;
    lab.stream(0, { source: parseAddress("198.51.100.9").bytes, destination });
    lab.event(2000, "PORT_DOWN", 0);
    const seen = lab.run(5000).filter(({ kind }) => kind === "EGRESS" || kind === "DROP");
    expect(seen.map(({ kind, value, count }) => [kind, value, count])).toEqual([
      ["EGRESS", 0, 0],
      ["EGRESS", 1, 2],
    ]);
  });
});
