/** Where two targets' records of one stream part: the fate of every packet, compared run by run. */
import type { Report } from "../measure/result.js";
import type { Fate, TraceDifference } from "./comparison.js";

type Span = Report["timeline"][number]["spans"][number];

/** At most one difference a stream, in the order of the streams. */
export function tracesApart(a: Report, b: Report): TraceDifference[] {
  return a.streams.flatMap(({ client, router, prefix, start, interval }, stream) => {
    const stretches = [...stretchesOf(a.timeline[stream]!.spans, b.timeline[stream]!.spans)];
    const apart = stretches.filter(stretch => !sameFate(stretch.a, stretch.b));
    const [begin] = apart;
    if (begin === undefined) return [];
    return {
      stream,
      client,
      router,
      prefix,
      packet: begin.first,
      time: start + begin.first * interval,
      a: begin.a && fateOf(begin.a),
      b: begin.b && fateOf(begin.b),
      packets: apart.reduce((sum, { packets }) => sum + packets, 0),
    };
  });
}

/** Consecutive packets that had one fate on either target; null where that one sent no more. */
interface Stretch {
  first: number;
  packets: number;
  a: Span | null;
  b: Span | null;
}

function* stretchesOf(a: readonly Span[], b: readonly Span[]): Generator<Stretch> {
  let first = 0;
  const [left, right] = [new Walk(a), new Walk(b)];
  while (left.span || right.span) {
    const packets = Math.min(left.remaining, right.remaining);
    yield { first, packets, a: left.span, b: right.span };
    first += packets;
    left.advance(packets);
    right.advance(packets);
  }
}

/** Goes through runs of packets by less than a run at a time. */
class Walk {
  #index = 0;
  #passed = 0;

  constructor(readonly spans: readonly Span[]) {}

  get span(): Span | null {
    return this.spans[this.#index] ?? null;
  }

  /** Packets of the present run that are still ahead. */
  get remaining(): number {
    return this.span === null ? Infinity : this.span.packets - this.#passed;
  }

  /** By at most `remaining` packets. */
  advance(packets: number): void {
    this.#passed += packets;
    if (this.#passed !== this.span?.packets) return;
    this.#index++;
    this.#passed = 0;
  }
}

function fateOf({ site, neighbor, loss, roundTrip }: Span): Fate {
  return { site, neighbor, loss, roundTrip };
}

function sameFate(a: Span | null, b: Span | null): boolean {
  return (
    a?.site === b?.site &&
    a?.neighbor === b?.neighbor &&
    a?.roundTrip === b?.roundTrip &&
    a?.loss?.at === b?.loss?.at &&
    a?.loss?.detail === b?.loss?.detail
  );
}
