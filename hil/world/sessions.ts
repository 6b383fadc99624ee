/**
 * Conversations: consecutive packets of a TCP stream. The site that answers the first packet holds the state; a later packet that
 * reaches another site breaks the session. Packets lost on the way do not (they would be sent again), the death of the
 * site that holds the state does, even where no packet falls into it. A session breaks once: by the earlier of the two, and by the
 * death where both come at one instant.
 */
import type { Outcome } from "./chance.js";
import type { Session } from "./observation.js";
import type { PlannedStream } from "./traffic.js";

/** When a node was dead, `to` exclusive; in order of time. */
export interface Death {
  node: string;
  from: number;
  to: number;
}

export function sessionsOf(
  stream: PlannedStream,
  outcomes: readonly Outcome[],
  deaths: readonly Death[],
): Session[] {
  if (stream.transport === "udp") return [];
  const packets = outcomes.reduce((sum, outcome) => sum + outcome.packets, 0);
  const size = stream.sessionPackets || packets;
  const sessions: Session[] = [];
  let at = 0;
  for (let first = 0; first < packets; first += size) {
    const end = Math.min(first + size, packets);
    while (outcomes[at]!.first + outcomes[at]!.packets <= first) at++;
    const site = outcomes[at]!.site;
    const moved = site === null ? null : brokenAt(outcomes, at, end, site);
    const death = deaths.find(({ node, from, to }) => node === site && meets(stream, first, end, from, to));
    sessions.push({
      first,
      packets: end - first,
      site,
      brokenAt: moved,
      homeDied: death !== undefined,
      broken: breaking(
        death === undefined ? null : Math.max(death.from, stream.start + first * stream.interval),
        moved === null ? null : stream.start + moved * stream.interval,
      ),
    });
  }
  return sessions;
}

/** The first packet before `end` that reached another site than `home`, from outcome number `at` on. */
function brokenAt(outcomes: readonly Outcome[], at: number, end: number, home: string): number | null {
  for (let i = at; i < outcomes.length && outcomes[i]!.first < end; i++) {
    const { reached, first } = outcomes[i]!;
    if (reached !== null && reached !== home) return first;
  }
  return null;
}

function breaking(died: number | null, moved: number | null): Session["broken"] {
  if (died !== null && (moved === null || died <= moved)) return { time: died, cause: "homeDied" };
  return moved === null ? null : { time: moved, cause: "moved" };
}

/** Whether a session was open at any time from `from` to `to`. */
function meets(
  { start, interval }: PlannedStream,
  first: number,
  end: number,
  from: number,
  to: number,
): boolean {
  return start + first * interval < to && start + (end - 1) * interval >= from;
}
