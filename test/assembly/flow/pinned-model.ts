/** The table of pinned flows as a list of places for each set, and where a flow goes by it. Times are in ticks of 2^20 microseconds. */
import { TcpFlag } from "../packet/build.js";
import { halfSipHash } from "./half-sip-hash.js";
import { type Conversation, client, site4, site6 } from "./network.js";

const WAYS = 8;
const BRIEF = 8;

interface Place {
  name: string;
  state: "opening" | "established" | "closing";
  site: number;
  tick: number;
}

export class PinnedModel {
  readonly #sets: (Place | null)[][];
  readonly #key: Uint8Array;
  evicted = 0;

  constructor(
    flows: number,
    key: Uint8Array,
    readonly idle: number,
  ) {
    this.#sets = Array.from({ length: flows / WAYS }, () => new Array<Place | null>(WAYS).fill(null));
    this.#key = key;
  }

  get flows(): number {
    return this.#sets.flat().filter(Boolean).length;
  }

  /** The site that a packet reaches, where its route leads to `routed`. */
  send(
    flow: Conversation,
    flags: number,
    now: number,
    routed: number | null,
    isUp: (site: number) => boolean,
  ) {
    const set = this.#setOf(flow);
    const name = JSON.stringify(flow);
    const isOver = ({ state, tick }: Place) =>
      now - tick > (state === "established" ? this.idle : Math.min(this.idle, BRIEF));
    let at = set.findIndex(place => place?.name === name);
    if (at >= 0 && (isOver(set[at]!) || !isUp(set[at]!.site))) {
      set[at] = null;
      at = -1;
    }
    const mine = set[at];
    const { FIN, SYN, RST, ACK } = TcpFlag;
    if ((flags & (FIN | SYN | RST | ACK)) === SYN) {
      if (mine?.state === "established") return mine.site;
      if (routed === null) return null;
      if (at < 0) at = set.findIndex(place => place === null || isOver(place));
      if (at < 0) at = oldest(set, place => place.state !== "established");
      set[at] = { name, state: "opening", site: routed, tick: now };
      return routed;
    }
    if (!mine) return routed;
    if ((flags & (FIN | RST)) !== 0) {
      mine.state = "closing";
    } else if (mine.state === "opening" && (flags & SYN) === 0) {
      mine.state = "established";
      if (set.every(place => place?.state === "established")) {
        const victim = oldest(set, place => place !== mine);
        if (!isOver(set[victim]!)) this.evicted++;
        set[victim] = null;
      }
    }
    mine.tick = now;
    return mine.site;
  }

  #setOf(flow: Conversation): (Place | null)[] {
    const destination = flow.family === 4 ? site4 : site6;
    const ports = [flow.port >> 8, flow.port & 0xff, 443 >> 8, 443 & 0xff];
    const message = Uint8Array.from([...client(flow), ...destination, ...ports]);
    const [digest] = halfSipHash(this.#key, message, { compression: 1, finalization: 3 });
    return this.#sets[digest % this.#sets.length]!;
  }
}

/** The first of the places that were idle longest. */
function oldest(set: (Place | null)[], counts: (place: Place) => boolean): number {
  const ticks = set.map(place => (place && counts(place) ? place.tick : Number.POSITIVE_INFINITY));
  return ticks.indexOf(Math.min(...ticks));
}
