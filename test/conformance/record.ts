/**
 * Conversations with a router that have to go the same way on every target. They are held with the core in this process and noted; then
 * the same requests go to a target over the serial protocol, and each answer is compared with the noted one, byte by byte.
 */
import { encodeRequest } from "../../host/protocol/body.js";
import type { Client } from "../../host/protocol/client.js";
import { type Answer, type MessageName, messages, type Request } from "../../host/protocol/messages.js";
import { Refused, statusName } from "../../host/protocol/refused.js";
import type { Router } from "../../host/router/router.js";

/** A request, and its answer as it stands on the wire. */
export interface Exchange<M extends MessageName = MessageName> {
  name: M;
  values: Request<M>;
  tail: Uint8Array | undefined;
  answer: string;
}

/** The same router, which also notes what it is asked and what it answers. */
export function noting(router: Router): { router: Router; exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  const noted: Router = Object.create(router);
  noted.call = (name, values, tail) => {
    const note = (answer: string) => exchanges.push({ name, values, tail: tail?.slice(), answer });
    try {
      const answer = router.call(name, values, tail);
      note(answerText(name, answer));
      return answer;
    } catch (error) {
      note(refusalText(error));
      throw error;
    }
  };
  return { router: noted, exchanges };
}

/** A request that a target answered otherwise. */
export interface Difference {
  request: string;
  expected: string;
  found: string;
}

/** Asks a target the same; gives all that it answers otherwise. */
export async function differences(client: Client, exchanges: readonly Exchange[]): Promise<Difference[]> {
  const different: Difference[] = [];
  for (const [index, { name, values, tail, answer }] of exchanges.entries()) {
    const found = await client.request(name, values, tail).then(
      answer => answerText(name, answer),
      error => refusalText(error),
    );
    if (found === answer) continue;
    const body = Buffer.from(encodeRequest(name, values, tail)).toString("hex");
    different.push({ request: `${index}: ${name} ${body}`, expected: answer, found });
  }
  return different;
}

function answerText<M extends MessageName>(name: M, answer: Answer<M>): string {
  // How much memory it takes is the profile's, how much is left the board's.
  if (name === "CONFIGURE") return "configured";
  // biome-ignore lint/suspicious/noExplicitAny: the layout of a message that is only known by its name
  const body: Uint8Array = (messages[name].response as any).encode(answer, answer.tail);
  return Buffer.from(body).toString("hex");
}

function refusalText(error: unknown): string {
  if (error instanceof Refused) return `refused: ${statusName(error.status)} ${error.detail}`;
  throw error;
}
