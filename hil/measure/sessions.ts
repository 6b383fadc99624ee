/**
 * What an event did to conversations. A conversation's state lives at the site that answered its first packet: it breaks when its
 * packets reach another one, or when that site dies.
 *
 * The event met the conversations that were open at its instant (a packet sent, another to come, not broken before), and those that
 * began after it and broke before the next event: a site that returns is used only after its hold time.
 */
import type { Session, StreamObservation } from "../world/observation.js";
import type { Outcome } from "./result.js";
import { runsIn, sentAt, sentBefore, type Window } from "./sampling.js";

export function sessionsIn(stream: StreamObservation, window: Window): Outcome["sessions"] {
  const begin = sentBefore(stream, window.from);
  const end = sentBefore(stream, window.to);
  const within = (packet: number) => packet >= begin && packet < end;
  const count = { open: 0, kept: 0, moved: 0, homeDied: 0, neverBegan: 0 };
  for (const session of stream.sessions) {
    const { first, packets, site, brokenAt } = session;
    if (site === null || first >= end || first + packets <= begin || (brokenAt !== null && brokenAt < begin))
      continue;
    const died = session.homeDied && interrupted(stream, session, window);
    const moved = brokenAt !== null && within(brokenAt);
    if (first >= begin && !died && !moved) continue;
    count.open++;
    if (died) count.homeDied++;
    else if (moved) count.moved++;
    else count.kept++;
  }
  count.neverBegan = stream.sessions.filter(({ first, site }) => site === null && within(first)).length;
  return count;
}

/** In this window the session's packets were lost or reached another site; another event may have killed its home. */
function interrupted(stream: StreamObservation, { first, packets, site }: Session, window: Window): boolean {
  const during = {
    from: Math.max(window.from, sentAt(stream, first)),
    to: Math.min(window.to, sentAt(stream, first + packets)),
  };
  return runsIn(stream, during).some(({ span }) =>
    span.site === null ? span.loss?.at === "router" || span.loss?.at === "network" : span.site !== site,
  );
}
