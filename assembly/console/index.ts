/**
 * The serial side of the router: bytes in, requests carried out, frames out.
 *
 * Every handler in `requests/` takes its body at `requestBody()`, writes its answer at `responseBody()`, and gives the
 * answer's length, or a refusal made by `refuse`, after which the router is as it was before.
 */
import { now } from "../schedule";
import { MCU } from "../profile";
import { dispatch } from "./dispatch";
import { answer, frameReady, requestBody, requestKind, requestLength, responseBody } from "./frame";
import { isRefusal, NAK_LENGTH } from "./refusal";

/** Bytes that `receive` takes at a time. */
const INPUT_SIZE: u32 = MCU ? 64 : 4096;

const input = memory.data(INPUT_SIZE, 8);

export function inputBuffer(): usize {
  return input;
}

export function inputSize(): u32 {
  return INPUT_SIZE;
}

/** Where `call` finds its body. */
export function requestBuffer(): usize {
  return requestBody();
}

/** Where `call` leaves its answer. */
export function responseBuffer(): usize {
  return responseBody();
}

/** Carries out one request without framing: the answer's length, or negative with a NAK body at `responseBuffer`. */
export function call(kind: u32, length: u32): i32 {
  return dispatch(kind, length);
}

/** Takes `length` bytes from the line at `inputBuffer`, and answers each request that they complete. */
export function receive(length: u32): void {
  const count = min(length, INPUT_SIZE);
  for (let i: u32 = 0; i < count; i++) {
    if (!frameReady(load<u8>(input + i))) continue;
    const size = dispatch(requestKind(), requestLength());
    const nak = isRefusal(size);
    answer(nak ? NAK_LENGTH : size, nak, now());
  }
}
