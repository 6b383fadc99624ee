/**
 * When a router hears nothing from a neighbor: while their link is down or dead, or the neighbor is dead. What the neighbor has to
 * say in the meantime arrives once it is heard again (the session starts anew with all it knows then).
 */
import type { ScenarioEvent } from "../scenario/scenario.js";
import { type Epoch, linkKey } from "../scenario/state.js";

/** From `from`, inclusive, to `to`, exclusive, on the router's clock; `to` is Infinity and `end` null for one that does not end. */
export interface Silence {
  from: number;
  to: number;
  event: ScenarioEvent;
  end: ScenarioEvent | null;
}

export interface Channel {
  /** Keep-alives stop although the port stays up; what the router's hold timer is for. */
  silences: Silence[];
  /** The port is down. */
  downs: Silence[];
}

export function channelTo(epochs: readonly Epoch[], router: string, neighbor: string): Channel {
  const key = linkKey([router, neighbor]);
  const linkOf = ({ state }: Epoch) => state.links.get(key)!;
  const dead = spans(epochs, epoch => linkOf(epoch).dead);
  // The death takes the packets that leave from its time on; its news comes a round trip later.
  const later = spans(epochs, ({ state }) => state.deadNodes.has(neighbor)).map(silence => ({
    ...silence,
    from: silence.from + roundTripAt(epochs, key, silence.from),
    to: silence.to + roundTripAt(epochs, key, silence.to),
  }));
  return { silences: merged([...dead, ...later]), downs: spans(epochs, epoch => !linkOf(epoch).up) };
}

function roundTripAt(epochs: readonly Epoch[], key: string, time: number): number {
  return Number.isFinite(time)
    ? 2 * epochs.findLast(({ from }) => from <= time)!.state.links.get(key)!.latency
    : 0;
}

function spans(epochs: readonly Epoch[], holds: (epoch: Epoch) => boolean): Silence[] {
  const found: Silence[] = [];
  let open: Silence | null = null;
  for (const epoch of epochs) {
    const { event, from } = epoch;
    if (event && holds(epoch) && !open) {
      open = { from, to: Number.POSITIVE_INFINITY, event, end: null };
      found.push(open);
    } else if (!holds(epoch) && open) {
      open.to = from;
      open.end = event;
      open = null;
    }
  }
  return found;
}

/** Overlapping and touching silences as one. */
export function merged(silences: readonly Silence[]): Silence[] {
  const result: Silence[] = [];
  for (const silence of [...silences].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (!last || silence.from > last.to) result.push({ ...silence });
    else if (silence.to > last.to) {
      last.to = silence.to;
      last.end = silence.end;
    }
  }
  return result;
}

/** When something said at `time` is heard: at once, or when the silence around it ends; Infinity for never. */
export function heardAt({ silences, downs }: Channel, time: number): number {
  const around = merged([...silences, ...downs]).find(({ from, to }) => from <= time && time < to);
  return around ? around.to : time;
}
