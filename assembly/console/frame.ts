/**
 * Frames on the serial line: COBS around {head, body, CRC-16}.
 *
 * A request is carried out at most once. The line may lose, damage, double or reorder frames, so a request whose
 * sequence number was the last one gets the same answer again without being carried out, an older one is only counted,
 * and a frame that fails its check is only counted. HELLO changes nothing and is always answered. One that is out of
 * order may come from a new host that counts anew, or be a late double: only the request that follows it tells, by
 * carrying the next number.
 */
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
  Kind,
  PROTOCOL_VERSION,
} from "./messages";
import { read16, write16, write64 } from "./wire";

const CRC_SIZE: u32 = 2;
const FRAME_LIMIT: u32 = HEAD_SIZE + BODY_LIMIT + CRC_SIZE;

/** Delimiters, the first code byte, and one more for each 254 bytes. */
const ENCODED_LIMIT: u32 = FRAME_LIMIT + FRAME_LIMIT / 254 + 3;

/** Room for an encoded unsolicited frame with a body of up to 16 bytes. */
const EVENT_LIMIT: u32 = HEAD_SIZE + 16 + CRC_SIZE + 3;

const NOBODY: u32 = 0xffff_ffff;

const received = memory.data(FRAME_LIMIT, 8);
const outgoing = memory.data(FRAME_LIMIT, 8);
/** The last response, kept for a host that did not get it. */
const lastAnswer = memory.data(ENCODED_LIMIT, 8);
const event = memory.data(EVENT_LIMIT, 8);

/** Length of `lastAnswer`; 0 before the first. */
let answerLength: u32 = 0;
/** Whether `lastAnswer` is that of the last request carried out, and not of a newcomer's HELLO. */
let isAnswerKept = false;
/** The last request carried out. */
let lastSequence: u32 = 0;
let lastKind: u32 = 0;
/** The request that is ready is a HELLO out of order: a new host, or a late double. */
let isNewcomer = false;
/** The sequence number that shows a newcomer to be a new host; NOBODY where there is none. */
let expected: u32 = NOBODY;
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
  const sequence = requestSequence();
  isNewcomer = false;
  if (answerLength == 0) return true;
  if (sequence == lastSequence && requestKind() == lastKind) {
    if (isAnswerKept) send(lastAnswer, answerLength);
    return false;
  }
  // Serial number arithmetic (RFC 1982): newer is less than half the circle ahead.
  const ahead = (sequence - lastSequence) & 0xffff;
  if (ahead != 0 && ahead < 0x8000) return true;
  if (requestKind() == Kind.HELLO) {
    isNewcomer = true;
    return true;
  }
  if (sequence == expected) return true;
  damagedFrames++;
  return false;
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
  const sequence = requestSequence();
  if (isNewcomer) {
    expected = (sequence + 1) & 0xffff;
  } else {
    expected = NOBODY;
    lastSequence = sequence;
    lastKind = requestKind();
  }
  isAnswerKept = !isNewcomer;
  const flags: u32 = FrameFlag.RESPONSE | (nak ? FrameFlag.NAK : 0);
  answerLength = sendFrame(lastAnswer, requestKind(), flags, sequence, length, time);
}

/** Sends an unsolicited frame with the response body of `length` bytes, at most 16. */
export function sendEvent(kind: Kind, length: u32, time: u64): void {
  sendFrame(event, kind, FrameFlag.EVENT, eventSequence++ & 0xffff, length, time);
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
