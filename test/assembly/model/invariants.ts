/** What holds after every event, and in the midst of it. */
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import type { Route } from "../rib/world.js";
import { comeback } from "./events.js";
import { copyOf, expected, isHeldBack, isUsable, type Known, neighbors, repaired } from "./known.js";
import type { Network } from "./network.js";

export class Invariants {
  /** By prefix, where each flow went before the event. */
  #before: (number | null)[][] = [];

  constructor(readonly network: Network) {}

  /** In each state that events follow. */
  before(known: Known): void {
    this.#before = this.network.egress();
    this.#comesBack(known);
  }

  /** No packet goes to who is down, none is dropped while a member or the backup is there, and no flow moves that need not. */
  between(before: Known, after: Known): void {
    // What is due for two at once is done for one after the other, and in between all is selected anew.
    if (after.now !== before.now && changed(before, after) > 1) return;
    this.network.egress().forEach((flows, rank) => {
      const left = repaired(expected(before)[rank]!, after);
      flows.forEach((neighbor, flow) => {
        const was = this.#before[rank]![flow]!;
        goes(neighbor, was !== null && isUsable(after, was) ? [was] : left);
      });
    });
  }

  /** Members, weights and backup are what selection from scratch gives, all packets go there, and no pool has more in use. */
  behind(known: Known): void {
    const routes = expected(known);
    this.network.routes().forEach((alike, rank) => {
      for (const route of alike) same(route, routes[rank]);
    });
    this.network.egress().forEach((flows, rank) => {
      const members = Object.keys(routes[rank]?.members ?? {}).map(Number);
      for (const neighbor of flows) goes(neighbor, members);
    });
    this.#poolsAreAsExpected(known, routes);
  }

  #poolsAreAsExpected(known: Known, routes: (Route | null)[]): void {
    const isRouted = known.isAnnounced.includes(true);
    const { paths, sets, groups, prefixes4, heldNeighbors } = this.network.state();
    const held = known.comebacks.filter((_, neighbor) => isHeldBack(known, neighbor)).length;
    const inUse = { paths: 6, sets: isRouted ? 2 : 0, prefixes4: isRouted ? 3 : 0, heldNeighbors: held };
    same({ paths, sets, prefixes4, heldNeighbors }, inUse);
    // A group is shared where flows go the same way, which among several members only history tells.
    const [different, shared] = groupsOf(routes);
    if (groups !== different && !(shared && groups === sets)) same(groups, different);
  }

  /** Once everything is up and announced again nothing is used up, and when all is withdrawn nothing is left. */
  #comesBack(known: Known): void {
    const { network } = this;
    const back = copyOf(known);
    for (const event of comeback(known.plan)) {
      event.change(back);
      event.happen(network, back);
    }
    this.behind(back);
    for (const neighbor of neighbors) network.withdraw(neighbor);
    const { paths, sets, groups, prefixes4 } = network.state();
    same({ paths, sets, groups, prefixes4 }, { paths: 6, sets: 0, groups: 0, prefixes4: 0 });
  }
}

/** How many different groups there are, and whether several members are in more than one. */
function groupsOf(routes: (Route | null)[]): [different: number, shared: boolean] {
  const there = routes.filter(route => route !== null);
  const different = new Set(there.map(({ members, backup }) => JSON.stringify([members, backup])));
  return [different.size, there.filter(({ members }) => Object.keys(members).length > 1).length > 1];
}

// What follows is asked many million times, for which `expect` is too slow.

function same(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
}

/** A packet leaves by one of these neighbors, or is dropped where there is none. */
function goes(neighbor: number | null, wanted: number[]): void {
  const isRight = neighbor === null ? wanted.length === 0 : wanted.includes(neighbor);
  if (!isRight) expect(wanted).toContain(neighbor);
}

/** How many neighbors went up or down, or are held back no more. */
function changed(before: Known, after: Known): number {
  const is = (known: Known, neighbor: number) => [known.isUp[neighbor], isHeldBack(known, neighbor)].join();
  return before.isUp.filter((_, neighbor) => is(before, neighbor) !== is(after, neighbor)).length;
}
