/**
 * Every interleaving of events, up to a number of them.
 *
 * One that comes to a state to which another has come before is not followed further: the core does the same in the same state, and
 * shorter interleavings are walked first, so whatever can follow has been looked at, or will be. The state is every byte of linear
 * memory and every global, but for those that `machine.ts` names with their reason, and all that is known. The events of one
 * neighbor are not taken for those of another: the neighbors differ.
 */
import { type Event, eventsOf } from "./events.js";
import { Invariants } from "./invariants.js";
import { atFirst, copyOf, type Known, keyOf, type Plan } from "./known.js";
import { Network } from "./network.js";

/** Events in an interleaving, and in those of a plan that differs a little. A test run has time for six; `MODEL_DEPTH=7` takes minutes. */
export const DEPTH = Number(process.env.MODEL_DEPTH ?? 6);
export const SHORTER = DEPTH - 1;

/** Gives how many states there are. Throws where one of them is not as it should be. */
export async function walk(plan: Plan, depth: number): Promise<number> {
  const network = await Network.build(plan);
  const { machine } = network;
  const events = eventsOf(plan);
  const invariants = new Invariants(network);
  const start = machine.keep();
  const first = atFirst(plan);
  const seen = new Set([machine.keyOf(start) + keyOf(first)]);

  /** The interleavings that go on with one more event than `way`, as far as they come to new states. */
  const step = (way: Event[]): Event[][] => {
    machine.restore(start);
    const before = way.reduce((known, event) => follow(network, event, known), first);
    const state = machine.keep();
    naming(way, () => invariants.before(before));
    return events.flatMap(event => {
      const further = [...way, event];
      return naming(further, () => {
        machine.restore(state);
        const after = follow(network, event, before, after => invariants.between(before, after));
        const key = machine.keyOf(machine.keep()) + keyOf(after);
        if (seen.has(key)) return [];
        seen.add(key);
        invariants.behind(after);
        return [further];
      });
    });
  };
  let ways: Event[][] = [[]];
  for (let length = 0; length < depth; length++) ways = ways.flatMap(step);
  return seen.size;
}

/** The event happens; gives what is known then. `between` looks at the router while groups are repaired and nothing is selected anew. */
function follow(network: Network, event: Event, known: Known, between?: (after: Known) => void): Known {
  const { machine } = network;
  const after = copyOf(known);
  event.change(after);
  let reads = 0;
  machine.onTicks = () => {
    // At the beginning, after repair, after re-selection; where nothing changes, only at the beginning.
    if (reads++ % 3 !== 1 || !between) return;
    const inside = machine.keep();
    between(after);
    machine.restore(inside);
  };
  event.happen(network, after);
  machine.onTicks = () => {};
  return after;
}

/** What is thrown tells the events that led there. */
function naming<T>(way: Event[], act: () => T): T {
  try {
    return act();
  } catch (error) {
    const names = way.map(({ name }) => name).join(", ");
    throw new Error(`after ${names || "nothing"}: ${(error as Error).message}`, { cause: error });
  }
}
