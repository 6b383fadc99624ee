/** The end of a detection time, RFC 5880 section 6.8.4. */
import { BfdDiagnostic, BfdState } from "../../words";
import { enter } from "./change";
import { session, sessionCount } from "./session";
import { detectionEnd, updateDetections } from "./timers";

/**
 * Ends every detection time that is over at `time`, in the order of slots: the remote system is forgotten, and a session that is
 * Init or Up goes down.
 */
export function detect(time: u64): void {
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (detectionEnd(s) > time) continue;
    s.remoteDiscriminator = 0;
    if (s.state >= <u8>BfdState.INIT) enter(s, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED, time);
  }
  updateDetections();
}
