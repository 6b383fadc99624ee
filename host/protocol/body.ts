/** The bodies of messages by name, for whatever carries them: frames on a line, or calls in this process. */
import { type Answer, BODY_LIMIT, type MessageName, messages, type Request } from "./messages.js";

/** The body of a request. Throws a RangeError where a value or the whole does not fit. */
export function encodeRequest<M extends MessageName>(
  name: M,
  values: Request<M>,
  tail?: Uint8Array,
): Uint8Array {
  // biome-ignore lint/suspicious/noExplicitAny: the layout of a message that is only known by its name
  const body: Uint8Array = (messages[name].request as any).encode(values, tail);
  checkSize(body);
  return body;
}

/** What the body of a response says. */
export function decodeAnswer<M extends MessageName>(name: M, body: Uint8Array): Answer<M> {
  const { response } = messages[name];
  return { ...(response.decode(body) as object), tail: body.subarray(response.size) } as Answer<M>;
}

/** Throws a RangeError where a body has no room in a frame, nor in the core's buffers. */
export function checkSize(body: Uint8Array): void {
  if (body.length > BODY_LIMIT) {
    throw new RangeError(`body: expected at most ${BODY_LIMIT} bytes, found ${body.length}`);
  }
}
