/** Every target gives the same answers, to the byte: those of the core in this process, whose matches are the slow reference's. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emulatedBoards } from "../../firmware/build/board.js";
import { messages } from "../../host/protocol/messages.js";
import { type Profile, Router } from "../../host/router/router.js";
import { openEmulated } from "../../host/target/emulated.js";
import type { Target } from "../../host/target/target.js";
import { openWasm } from "../../host/target/wasm.js";
import { testImage } from "../firmware/image.js";
import { decideAll } from "./decisions.js";
import { lookUp, type Match } from "./lookups.js";
import { forwardAll } from "./packets.js";
import { differences, type Exchange, noting } from "./record.js";
import { refuseAll } from "./refusals.js";

async function openBoard(name: string): Promise<Target> {
  const { directory } = await testImage(name);
  return openEmulated(name, directory);
}

const targets: { name: string; profile: Profile; open: () => Promise<Target> }[] = [
  { name: "wasm", profile: "host", open: () => openWasm("host") },
  { name: "wasm-mcu", profile: "mcu", open: () => openWasm("mcu") },
  ...emulatedBoards().map(name => ({ name, profile: "mcu" as const, open: () => openBoard(name) })),
];

const profiles: Profile[] = ["host", "mcu"];
const matches: Match[] = [];
const conversations: Record<string, (router: Router) => void> = {
  "longest matches": router => matches.push(...lookUp(router)),
  decisions: decideAll,
  packets: forwardAll,
  refusals: refuseAll,
};
const names = Object.keys(conversations);

const noted = new Map<string, Exchange[]>();

beforeAll(async () => {
  for (const profile of profiles) {
    for (const name of names) {
      const { router, exchanges } = noting(await Router.load(profile));
      conversations[name]!(router);
      noted.set(`${profile} ${name}`, exchanges);
    }
  }
});

/** The longest ICMP error of the smaller profile, bytes; in the other one it quotes more of the packet. */
const QUOTING = 128;

/** What the profiles have in common: all of it, or where an ICMP error is longer than one of them affords, what is before. */
function common({ name, answer }: Exchange, other: Exchange): string {
  const head = 2 * messages.FORWARD.response.size;
  const longest = Math.max(answer.length, other.answer.length);
  return name === "FORWARD" && longest > head + 2 * QUOTING ? answer.slice(0, head) : answer;
}

describe("the core in this process", () => {
  it("finds the longest matches of the reference", () => {
    expect(matches.length).toBeGreaterThan(1000);
    expect(matches.filter(({ found, expected }) => `${found}` !== `${expected}`)).toEqual([]);
  });

  it.each(names)("answers the same in both profiles about %s", name => {
    const [host, mcu] = profiles.map(profile => noted.get(`${profile} ${name}`)!);
    expect(host!.map((exchange, index) => common(exchange, mcu![index]!))).toEqual(
      mcu!.map((exchange, index) => common(exchange, host![index]!)),
    );
  });
});

describe.each(targets)("$name answers as the core in this process", ({ profile, open }) => {
  let target: Target;

  beforeAll(async () => {
    target = await open();
    await target.client.hello();
  });

  afterAll(() => target?.close());

  it.each(names)("about %s", async name => {
    expect(await differences(target.client, noted.get(`${profile} ${name}`)!)).toEqual([]);
  });
});
