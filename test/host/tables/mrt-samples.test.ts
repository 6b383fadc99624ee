import { describe, expect, it } from "vitest";
import { formatAddress, formatPrefix } from "../../../host/tables/address.js";
import { peerKey, readChurn } from "../../../host/tables/churn.js";
import { openInput } from "../../../host/tables/input.js";
import { loadTable } from "../../../host/tables/load.js";
import { readRib } from "../../../host/tables/mrt/rib.js";
import { Skipped } from "../../../host/tables/mrt/skipped.js";
import { writeText } from "../../../host/tables/write-text.js";
import { sharedPath } from "../../shared-data.js";
import { all } from "./input-of.js";

const sample = (name: string) => sharedPath(`data/mrt/${name}`)!;

async function table(name: string): Promise<string[]> {
  const { table } = await loadTable(sample(name));
  return Buffer.concat([...writeText(table)])
    .toString()
    .trimEnd()
    .split("\n");
}

async function churn(name: string): Promise<string[]> {
  const events = await all(readChurn(openInput(sample(name))));
  return events.map(
    event =>
      `${event.kind} ${peerKey(event.peer)} ${event.prefixes.map(formatPrefix).join(" ")}` +
      (event.kind === "announce" ? ` via ${formatAddress(event.path.nextHop!)}` : ""),
  );
}

describe.runIf(sharedPath("data/mrt"))("files of real daemons", () => {
  it("BIRD: a dump with path identifiers", async () => {
    expect(await table("bird-mrtdump_rib")).toEqual([
      "0.0.0.0/0",
      "169.254.169.254/32",
      "192.168.0.0/24",
      "172.17.0.0/24 192.168.0.10",
      "172.17.1.0/24 192.168.0.10",
      "172.17.2.0/24 192.168.0.10",
    ]);
    const records = await all(readRib(openInput(sample("bird-mrtdump_rib")), new Skipped()));
    const two = records
      .find(({ prefix }) => formatPrefix(prefix) === "172.17.2.0/24")!
      .entries.map(({ pathId, path }) => [pathId, path().med, path().asPath[0]?.asns[0]]);
    expect(two).toEqual([
      [2, 10, 4_200_000_000],
      [1, 20, 4_294_967_194],
    ]);
  });

  it("OpenBGPD: the same routes in TABLE_DUMP and TABLE_DUMP_V2", async () => {
    const routes = await table("openbgpd_rib_table");
    expect(routes).toHaveLength(21);
    expect(routes[0]).toBe("192.168.0.0/16 192.168.0.15");
    expect(await table("openbgpd_rib_table-v2")).toEqual(routes);
  });

  it("OpenBGPD: a dump of a kind that is not read", async () => {
    await expect(table("openbgpd_rib_table-mp")).rejects.toThrow(
      "expected routes (records of TABLE_DUMP or TABLE_DUMP_V2), found 31 of type 16 subtype 2",
    );
  });

  it("Quagga: a dump of both families, some prefixes with two routes", async () => {
    expect(await table("quagga_rib")).toEqual([
      "172.17.0.0/24 192.168.0.10",
      "172.17.1.0/24 192.168.0.10",
      "172.17.2.0/24 192.168.0.10",
      "fd01:1::/64 fd02::10",
      "fd01:1:1::/64 fd02::10",
      "fd01:1:2::/64 fd02::10",
    ]);
  });

  it("BIRD: updates with path identifiers, told by the subtype or not", async () => {
    const told = await churn("bird-mrtdump_bgp");
    expect(told).toHaveLength(4);
    expect(new Set(told)).toEqual(
      new Set(["announce 192.168.0.10 AS65000 172.17.0.0/24 172.17.1.0/24 172.17.2.0/24 via 192.168.0.10"]),
    );
    const untold = await churn("bird_bgp");
    expect(untold).toHaveLength(6);
    expect(untold).toContain(told[0]);
    expect(await churn("bird6_bgp")).toContain("announce fd02::10 AS65000 fd02:17::/64 via fd02::10");
  });

  it("OpenBGPD and Quagga: updates of both families", async () => {
    for (const name of ["openbgpd_bgp", "quagga_bgp"]) {
      const events = await churn(name);
      expect(events.some(event => event.includes("."))).toBe(true);
      expect(events.some(event => event.includes("::"))).toBe(true);
    }
  });
});
