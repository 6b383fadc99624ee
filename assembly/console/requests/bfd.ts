import { draftSession, endSession, setSession, Settings } from "../../liveness/bfd/configure";
import { discards } from "../../liveness/bfd/discards";
import { isPolling, isScripted, Session, sessionOf } from "../../liveness/bfd/session";
import { transmitInterval } from "../../liveness/bfd/timers";
import { isNeighbor } from "../../nexthop/neighbor";
import { isRunning } from "../../probe/index";
import { now } from "../../schedule";
import { Status } from "../../status";
import { BFD_DISCARD_COUNT, BfdFlag } from "../../words";
import { requestBody, responseBody } from "../frame";
import * as m from "../messages";
import { done, refuse } from "../refusal";
import { read32, write32, write64 } from "../wire";

export function bfd(): i32 {
  const body = requestBody();
  const number = <u32>load<u8>(body, m.BFD_REQUEST_NEIGHBOR);
  const flags = <u32>load<u8>(body, m.BFD_REQUEST_FLAGS);
  const s = sessionOf(number);
  const isPlayed = (flags & BfdFlag.SCRIPTED) != 0 || (s != null && isScripted(s));
  if (isPlayed && isRunning()) return refuse(Status.BUSY);
  const multiplier = load<u8>(body, m.BFD_REQUEST_MULTIPLIER);
  if (multiplier == 0) return done(endSession(number));
  const draft = draftSession();
  draft.neighbor = number;
  draft.flags = flags;
  draft.authentication = load<u8>(body, m.BFD_REQUEST_AUTHENTICATION);
  draft.keyId = load<u8>(body, m.BFD_REQUEST_KEY_ID);
  draft.key = body + m.BFD_REQUEST_KEY;
  draft.seed = read32(body + m.BFD_REQUEST_SEED);
  fill(draft.own, multiplier, body + m.BFD_REQUEST_MIN_TX, body + m.BFD_REQUEST_MIN_RX);
  const farMultiplier = load<u8>(body, m.BFD_REQUEST_FAR_MULTIPLIER);
  fill(draft.far, farMultiplier, body + m.BFD_REQUEST_FAR_MIN_TX, body + m.BFD_REQUEST_FAR_MIN_RX);
  return done(setSession(now()));
}

function fill(settings: Settings, multiplier: u32, minTx: usize, minRx: usize): void {
  settings.multiplier = multiplier;
  settings.minTx = read32(minTx);
  settings.minRx = read32(minRx);
}

export function bfdState(): i32 {
  const number = <u32>load<u8>(requestBody(), m.BFD_STATE_REQUEST_NEIGHBOR);
  if (!isNeighbor(number)) return refuse(Status.UNKNOWN_NEIGHBOR);
  const s = sessionOf(number);
  if (s == null) return refuse(Status.NOT_FOUND);
  const body = responseBody();
  writeState(s, body);
  const tail = body + m.BFD_STATE_RESPONSE_SIZE;
  for (let reason: u32 = 0; reason < BFD_DISCARD_COUNT; reason++)
    write32(tail + 4 * reason, discards(reason));
  return m.BFD_STATE_RESPONSE_SIZE + 4 * BFD_DISCARD_COUNT;
}

function writeState(s: Session, body: usize): void {
  store<u8>(body, s.state, m.BFD_STATE_RESPONSE_STATE);
  store<u8>(body, s.remoteState, m.BFD_STATE_RESPONSE_REMOTE_STATE);
  store<u8>(body, s.diagnostic, m.BFD_STATE_RESPONSE_DIAGNOSTIC);
  store<u8>(body, s.remoteDiagnostic, m.BFD_STATE_RESPONSE_REMOTE_DIAGNOSTIC);
  store<u8>(body, isPolling(s) ? 1 : 0, m.BFD_STATE_RESPONSE_POLLING);
  store<u8>(body, s.remoteDemand, m.BFD_STATE_RESPONSE_REMOTE_DEMAND);
  store<u8>(body, s.remoteMultiplier, m.BFD_STATE_RESPONSE_REMOTE_MULTIPLIER);
  write32(body + m.BFD_STATE_RESPONSE_LOCAL_DISCRIMINATOR, s.localDiscriminator);
  write32(body + m.BFD_STATE_RESPONSE_REMOTE_DISCRIMINATOR, s.remoteDiscriminator);
  write32(body + m.BFD_STATE_RESPONSE_REMOTE_MIN_TX, s.remoteMinTx);
  write32(body + m.BFD_STATE_RESPONSE_REMOTE_MIN_RX, s.remoteMinRx);
  write32(body + m.BFD_STATE_RESPONSE_TRANSMIT_INTERVAL, transmitInterval(s));
  write64(body + m.BFD_STATE_RESPONSE_DETECTION_TIME, s.detectionTime);
  write32(body + m.BFD_STATE_RESPONSE_SENT, s.sent);
  write32(body + m.BFD_STATE_RESPONSE_RECEIVED, s.received);
}
