/**
 * Frames on the serial line: COBS around {head, body, CRC-16}.
 *
 * A request is carried out at most once. The line may lose, damage, double or reorder frames, so a request whose
 * sequence number was the last one gets the same answer again without being carried out, an older one is only counted,
 * and a frame that fails its check is only counted. HELLO changes nothing, so it is answered at any time and has no part
 * in this; it tells a new host the last number, to count on from.
 */
import { bootNonce } from "../identity";
import { DATAGRAM_LIMIT } from "../liveness/bfd/datagram";
import { send } from "../platform";
import { decode, Decoded, decodeInto, encode, frameLength } from "./cobs";
import { crc16 } from "./crc";
import {
  BODY_LIMIT,
  FrameFlag,
  HEAD_FLAGS,
  HEAD_SEQUENCE,
  HEAD_SIZE,
  HEAD_TIME,
  HEAD_VERSION,
  HELLO_RESPONSE_SIZE,
  Kind,
  PROTOCOL_VERSION,
  TRANSMIT_RESPONSE_SIZE,
} from "./messages";
import { read16, write16, write64 } from "./wire";

const CRC_SIZE: u32 = 2;
const FRAME_LIMIT: u32 = HEAD_SIZE + BODY_LIMIT + CRC_SIZE;

/** Delimiters, the first code byte, and one more for each 254 bytes. */
const ENCODED_LIMIT: u32 = FRAME_LIMIT + FRAME_LIMIT / 254 + 3;

/** Longest body of a frame that need not be kept: the answer to HELLO, a heartbeat, a packet. */
const TRANSMIT_BODY: u32 = TRANSMIT_RESPONSE_SIZE + DATAGRAM_LIMIT;
const PASSING_BODY: u32 = HELLO_RESPONSE_SIZE > TRANSMIT_BODY ? HELLO_RESPONSE_SIZE : TRANSMIT_BODY;
const PASSING_LIMIT: u32 = HEAD_SIZE + PASSING_BODY + CRC_SIZE + 3;

const received = memory.data(FRAME_LIMIT, 8);
const outgoing = memory.data(FRAME_LIMIT, 8);
/** The last response but those to HELLO, kept for a host that did not get it. */
const lastAnswer = memory.data(ENCODED_LIMIT, 8);
const passing = memory.data(PASSING_LIMIT, 8);

/** Length of `lastAnswer`; 0 before the first. */
let answerLength: u32 = 0;
/** The last request carried out. */
let lastSequence: u32 = 0;
let lastKind: u32 = 0;
let damagedFrames: u32 = 0;
let eventSequence: u32 = 0;

decodeInto(received, FRAME_LIMIT);

export function requestBody(): usize {
  return received + HEAD_SIZE;
}

export function responseBody(): usize {
  return outgoing + HEAD_SIZE;
}

/** Frames that failed their check, were out of order, or spoke another version. */
export function damaged(): u32 {
  return damagedFrames;
}

/** Takes a byte from the line; true where it completes a request that is to be carried out. */
export function frameReady(byte: u8): bool {
  const found = decode(byte);
  if (found == Decoded.MORE) return false;
  if (found == Decoded.DAMAGED || !isIntact(frameLength())) {
    damagedFrames++;
    return false;
  }
  return isNew();
}

function isIntact(length: u32): bool {
  if (length < HEAD_SIZE + CRC_SIZE) return false;
  const checked = length - CRC_SIZE;
  if (crc16(received, checked) != read16(received + checked)) return false;
  return load<u8>(received, HEAD_VERSION) >> 5 == <u8>PROTOCOL_VERSION && load<u8>(received, HEAD_FLAGS) == 0;
}

/** Whether the frame is a request to carry out now. */
function isNew(): bool {
  if (answerLength == 0 || requestKind() == Kind.HELLO) return true;
  const sequence = requestSequence();
  if (sequence == lastSequence && requestKind() == lastKind) {
    send(lastAnswer, answerLength);
    return false;
  }
  // Serial number arithmetic (RFC 1982): newer is less than half the circle ahead.
  const ahead = (sequence - lastSequence) & 0xffff;
  if (ahead != 0 && ahead < 0x8000) return true;
  damagedFrames++;
  return false;
}

/** Where a new host counts on from. After a boot by chance, so that two boots do not count alike. */
export function sequenceSoFar(): u32 {
  return answerLength == 0 ? bootNonce() & 0xffff : lastSequence;
}

export function requestKind(): u32 {
  return load<u8>(received, HEAD_VERSION) & 0x1f;
}

function requestSequence(): u32 {
  return read16(received + HEAD_SEQUENCE);
}

/** Length of the body of the frame that is ready. */
export function requestLength(): u32 {
  return frameLength() - HEAD_SIZE - CRC_SIZE;
}

/** Sends the response body of `length` bytes to the request that is ready. */
export function answer(length: u32, nak: bool, time: u64): void {
  const kind = requestKind();
  const sequence = requestSequence();
  const flags: u32 = FrameFlag.RESPONSE | (nak ? FrameFlag.NAK : 0);
  if (kind == Kind.HELLO) {
    sendFrame(passing, kind, flags, sequence, length, time);
    return;
  }
  lastSequence = sequence;
  lastKind = kind;
  answerLength = sendFrame(lastAnswer, kind, flags, sequence, length, time);
}

/** Sends an unsolicited frame with the response body of `length` bytes, at most `PASSING_BODY`. */
export function sendEvent(kind: Kind, length: u32, time: u64): void {
  sendFrame(passing, kind, FrameFlag.EVENT, eventSequence++ & 0xffff, length, time);
}

function sendFrame(target: usize, kind: u32, flags: u32, sequence: u32, length: u32, time: u64): u32 {
  store<u8>(outgoing, <u8>((PROTOCOL_VERSION << 5) | kind), HEAD_VERSION);
  store<u8>(outgoing, <u8>flags, HEAD_FLAGS);
  write16(outgoing + HEAD_SEQUENCE, sequence);
  write64(outgoing + HEAD_TIME, time);
  const checked = HEAD_SIZE + length;
  write16(outgoing + checked, crc16(outgoing, checked));
  const size = encode(outgoing, checked + CRC_SIZE, target);
  send(target, size);
  return size;
}
