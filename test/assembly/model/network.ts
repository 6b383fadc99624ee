/**
 * The router of the model.
 *
 *   clients --- port 3 (192.0.2.49)   port 0 (192.0.2.1)  --- neighbor 0 --- 198.51.100.0/25, 198.51.100.128/25, 203.0.113.0/24
 *                                     port 1 (192.0.2.17) --- neighbor 1 --- the same
 *                                     port 2 (192.0.2.33) --- neighbor 2 --- the same
 *
 * or several neighbors behind one port. Each neighbor has a BFD session, which is up, and whose far end the model speaks for; and
 * if so planned a hold timer that runs, with keep-alives more seldom than that, and something to hold it back when it returns.
 */
import { BfdState, Verdict } from "../../../host/protocol/words.js";
import { parsePrefix } from "../../../host/tables/address.js";
import { control, enclosed } from "../liveness/bfd/packet.js";
import { type Bytes, concat, ip4, ipv4, udp } from "../packet/build.js";
import { batchesOf, type Route, World } from "../rib/world.js";
import { localPrefs, NEIGHBORS, neighbors, type Plan, settings, weights } from "./known.js";
import { Machine } from "./machine.js";

/** The first two have the same paths, and so one route set. */
const prefixes = [["198.51.100.0/25", "198.51.100.128/25"], ["203.0.113.0/24"]];
const destinations = ["198.51.100.1", "203.0.113.1"];
const CLIENTS = 3;
const FLOWS = 8;

/** Of BFD: beyond all that the model waits for. */
const INTERVAL = 100_000_000;
const DURATION = 1_000_000_000;

const capacities = {
  ports: 4,
  neighbors: NEIGHBORS,
  paths: 2 * NEIGHBORS,
  // Two are in use at once, and a batch makes one more before it gives one back.
  sets: 3,
  pathsPerSet: NEIGHBORS,
  buckets: FLOWS,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 16,
  prefixes6: 0,
  streams: 0,
  events: 0,
  records: 0,
  bfdSessions: NEIGHBORS,
  reversion: 1,
  histories: 0,
};

/** What is asked at every step: by port, down and up; by neighbor and rank; by rank and prefix. */
function requestsOf(machine: Machine) {
  const batches = prefixes.flatMap(batchesOf);
  return {
    ports: Array.from({ length: capacities.ports }, (_, port) =>
      [0, 1].map(up => {
        const values = { port, up, mtu: 1500, address4: addressOf(port), address6: new Uint8Array(16) };
        return machine.prepare("PORT", values);
      }),
    ),
    announcements: neighbors.map(neighbor =>
      batches.map(({ family, tail }, rank) =>
        machine.prepare("ANNOUNCE", { slot: NEIGHBORS * rank + neighbor, family }, tail),
      ),
    ),
    withdrawals: neighbors.map(neighbor =>
      batches.map(({ family, tail }) => machine.prepare("WITHDRAW", { neighbor, family }, tail)),
    ),
    questions: prefixes.map(alike =>
      alike.map(prefix => {
        const { family, length, bytes } = parsePrefix(prefix);
        return { prefix, ask: machine.prepare("ROUTE", { family, length, address: bytes }) };
      }),
    ),
  };
}

/** The router's own. */
function addressOf(port: number): Bytes {
  return ip4(`192.0.2.${16 * port + 1}`);
}

export class Network {
  readonly #world: World;
  readonly #speech: ReadonlyMap<"up" | "down", Bytes[]>[] = [];
  /** By prefix, a packet of each flow. */
  readonly #packets = destinations.map(destination =>
    Array.from({ length: FLOWS }, (_, flow) => {
      const ends = { source: ip4("203.0.113.129"), destination: ip4(destination) };
      return ipv4({ ...ends, payload: udp(ends.source, ends.destination, 40_000 + flow, 53) });
    }),
  );

  readonly #requests: ReturnType<typeof requestsOf>;
  readonly #answers = new Map<string, Route | null>();

  private constructor(
    readonly machine: Machine,
    readonly plan: Plan,
  ) {
    this.#world = World.of(machine.router);
    this.#requests = requestsOf(machine);
  }

  static async build(plan: Plan): Promise<Network> {
    const network = new Network(await Machine.start(capacities), plan);
    network.#begin();
    return network;
  }

  #begin(): void {
    const { router } = this.machine;
    this.#world.settings(settings);
    for (let port = 0; port < capacities.ports; port++) this.port(port, true);
    for (const neighbor of neighbors) {
      const port = this.plan.portOf[neighbor]!;
      const own = addressOf(port);
      const far = ip4(`192.0.2.${16 * port + 2 + neighbor}`);
      router.call("NEIGHBOR", {
        neighbor,
        port,
        up: 1,
        asn: 64500,
        routerId: 0xc0000201 + neighbor,
        address: concat(far, new Uint8Array(12)),
        cost: 10,
        latency: 1000,
        holdTime: this.plan.silence?.holdTime ?? 0,
      });
      localPrefs.forEach((byNeighbor, rank) => {
        const path = { neighbor, localPref: byNeighbor[neighbor]!, weight: weights[neighbor]! };
        this.#world.path(NEIGHBORS * rank + neighbor, path);
      });
      this.announce(neighbor);
      const { silence, rules } = this.plan;
      if (silence) {
        const { interval, phases } = silence;
        router.call("SPEAKER", { neighbor, interval, phase: phases[neighbor]! });
      }
      router.call("REVERSION", { neighbor, flags: 0, ...rules });
      router.call("BFD", {
        neighbor,
        flags: 0,
        multiplier: 3,
        minTx: INTERVAL,
        minRx: INTERVAL,
        authentication: 0,
        keyId: 0,
        key: new Uint8Array(20),
        seed: 1 + neighbor,
        farMultiplier: 0,
        farMinTx: 0,
        farMinRx: 0,
      });
      const { localDiscriminator } = router.call("BFD_STATE", { neighbor });
      const say = (state: BfdState, final = false) =>
        enclosed(control({ state, final, your: localDiscriminator, minTx: INTERVAL, minRx: INTERVAL }), {
          source: far,
          destination: own,
        });
      this.#speech.push(
        new Map([
          ["down", [say(BfdState.DOWN)]],
          ["up", [say(BfdState.INIT), say(BfdState.UP, true), say(BfdState.UP)]],
        ]),
      );
      this.bfd(neighbor, "up", 0);
    }
    router.call("RUN", { duration: DURATION });
    this.advance(0);
  }

  port(port: number, isUp: boolean): void {
    this.#requests.ports[port]![isUp ? 1 : 0]!();
  }

  announce(neighbor: number): void {
    for (const announce of this.#requests.announcements[neighbor]!) announce();
  }

  withdraw(neighbor: number): void {
    for (const withdraw of this.#requests.withdrawals[neighbor]!) withdraw();
  }

  /** The far end of a neighbor's BFD session says at `now` what takes it down or up; the neighbor follows. */
  bfd(neighbor: number, direction: "up" | "down", now: number): void {
    for (const packet of this.#speech[neighbor]!.get(direction)!) {
      this.#receive(packet, this.plan.portOf[neighbor]!);
      this.advance(now);
    }
  }

  /** Device time goes on until `time`. */
  advance(time: number): void {
    this.machine.router.exports.advance(BigInt(time));
  }

  #receive(packet: Bytes, port: number): Verdict {
    const { router } = this.machine;
    router.bytes(router.exports.packetBuffer(), packet.length).set(packet);
    return router.exports.forward(port, packet.length) as Verdict;
  }

  /** By prefix, the neighbor that each flow leaves by; null where it is dropped. */
  egress(): (number | null)[][] {
    const { exports } = this.machine.router;
    return this.#packets.map(flows =>
      flows.map(packet =>
        this.#receive(packet, CLIENTS) === Verdict.FORWARDED ? exports.egressNeighbor() : null,
      ),
    );
  }

  /** By rank, how each prefix is routed. */
  routes(): (Route | null)[][] {
    return this.#requests.questions.map(alike => alike.map(question => this.#answerTo(question)));
  }

  /** Equal answers are decoded once. */
  #answerTo({ prefix, ask }: { prefix: string; ask: () => Uint8Array | null }): Route | null {
    const answer = ask();
    if (!answer) return null;
    const key = Buffer.from(answer).toString("latin1");
    let route = this.#answers.get(key);
    if (!route) {
      route = this.#world.route(prefix)!;
      this.#answers.set(key, route);
    }
    return route;
  }

  state() {
    return this.#world.state();
  }
}
