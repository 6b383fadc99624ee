/** BFD against BIRD's, over a real network stack. */
import { afterEach, describe, expect, it } from "vitest";
import { BfdAuthentication, BfdDiagnostic, BfdFlag, BfdState } from "../../host/protocol/words.js";
import { type Family, Line } from "../assembly/liveness/bfd/line.js";
import { type Bird, startBird } from "./bird.js";
import { eventually, Namespace } from "./namespace.js";

const isPossible = process.platform === "linux" && process.getuid?.() === 0;
const key = "correct horse";

const timers = "min rx interval 100 ms; min tx interval 100 ms; idle tx interval 1 s; multiplier 5;";

interface Case {
  name: string;
  family: Family;
  authentication: BfdAuthentication;
  flags: number;
}

const cases: Case[] = [
  { name: "IPv4", family: 4, authentication: BfdAuthentication.NONE, flags: 0 },
  { name: "IPv6", family: 6, authentication: BfdAuthentication.NONE, flags: 0 },
  { name: "several hops", family: 4, authentication: BfdAuthentication.NONE, flags: BfdFlag.MULTIHOP },
  { name: "keyed SHA-1", family: 4, authentication: BfdAuthentication.KEYED_SHA1, flags: 0 },
  {
    name: "meticulous keyed SHA-1",
    family: 6,
    authentication: BfdAuthentication.METICULOUS_KEYED_SHA1,
    flags: 0,
  },
];

function configuration({ family, authentication, flags }: Case, device: string): string {
  const [own, far] = family === 4 ? ["192.0.2.1", "192.0.2.2"] : ["2001:db8::1", "2001:db8::2"];
  const kinds = {
    [BfdAuthentication.NONE]: "",
    [BfdAuthentication.KEYED_SHA1]: "authentication keyed sha1;",
    [BfdAuthentication.METICULOUS_KEYED_SHA1]: "authentication meticulous keyed sha1;",
  };
  const secret = authentication ? `${kinds[authentication]} password "${key}" { id 7; };` : "";
  return flags === BfdFlag.MULTIHOP
    ? `multihop { ${timers} ${secret} };\nneighbor ${own} local ${far} multihop on;`
    : `interface "${device}" { ${timers} ${secret} };\nneighbor ${own} dev "${device}" local ${far};`;
}

describe.skipIf(!isPossible)("BFD with BIRD over a real network stack (as root, on Linux)", () => {
  const open: { end(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.end();
  });

  /** A router on the wall clock, whose line is the namespace's interface. */
  async function connect(
    namespace: Namespace,
    values: Case,
  ): Promise<{ line: Line; cut(isCut: boolean): void }> {
    const padded = new Uint8Array(20);
    padded.set(new TextEncoder().encode(key));
    const { authentication, flags, family } = values;
    const session = {
      authentication,
      flags,
      keyId: 7,
      key: padded,
      multiplier: 5,
      minTx: 100_000,
      minRx: 100_000,
    };
    const line = await Line.build("host", session, family);
    const start = process.hrtime.bigint();
    const wait = () => line.wait(Number((process.hrtime.bigint() - start) / 1000n) - line.now);
    let isCut = false;
    line.onSent = ({ packet }) => {
      if (!isCut) namespace.send(packet);
    };
    namespace.onPacket = packet => {
      wait();
      if (!isCut && packet.length < 200) line.receive(packet);
    };
    const timer = setInterval(wait, 10);
    open.push({ end: async () => clearInterval(timer) });
    return { line, cut: cut => (isCut = cut) };
  }

  async function stateAt(bird: Bird): Promise<string> {
    const [, , , , row] = (await bird.ask("show", "bfd", "sessions")).trim().split("\n");
    return row?.split(/\s+/)[2] ?? "none";
  }

  it.each(cases)("comes up over $name, goes down when the line is cut, and up again", async each => {
    const namespace = await Namespace.open(["192.0.2.2/24", "2001:db8::2/64"]);
    open.push({ end: () => namespace.close() });
    const { line, cut } = await connect(namespace, each);
    const bird = await startBird(namespace, configuration(each, namespace.device));
    open.push(bird);

    const both = (state: BfdState, named: string) =>
      eventually(async () => {
        expect(line.state().state).toBe(state);
        expect(await stateAt(bird)).toBe(named);
      });
    await both(BfdState.UP, "Up");
    await eventually(async () =>
      expect(line.state()).toMatchObject({
        transmitInterval: 100_000,
        detectionTime: 500_000,
        polling: 0,
      }),
    );
    expect(line.discards()).toEqual({});

    cut(true);
    await both(BfdState.DOWN, "Down");
    expect(line.state().diagnostic).toBe(BfdDiagnostic.DETECTION_TIME_EXPIRED);
    expect(line.isUsed()).toBe(false);
    cut(false);
    await both(BfdState.UP, "Up");
  });
});
