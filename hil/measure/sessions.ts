/**
 * What an event did to conversations. A conversation's state lives at the site that answered its first packet: it breaks when its
 * packets reach another one, or when that site dies.
 *
 * It breaks at one instant, and counts as broken in the one window that holds that instant; later windows know nothing of it. So an
 * event meets the conversations that are open and whole at its instant (a packet sent, another to come), and those that begin after
 * it and break before the next event.
 */
import type { StreamObservation } from "../world/observation.js";
import type { Outcome } from "./result.js";
import { sentBefore, type Window } from "./sampling.js";

export function sessionsIn(stream: StreamObservation, { from, to }: Window): Outcome["sessions"] {
  const begin = sentBefore(stream, from);
  const end = sentBefore(stream, to);
  const count = { open: 0, kept: 0, moved: 0, homeDied: 0, neverBegan: 0 };
  for (const { first, packets, site, broken } of stream.sessions) {
    if (site === null) {
      if (first >= begin && first < end) count.neverBegan++;
    } else if (broken !== null && broken.time < to) {
      if (broken.time < from) continue;
      count.open++;
      count[broken.cause]++;
    } else if (first < begin && first + packets > begin) {
      count.open++;
      count.kept++;
    }
  }
  return count;
}
