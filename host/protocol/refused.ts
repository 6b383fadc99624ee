import { type MessageName, nak } from "./messages.js";
import { Status } from "./words.js";

const names = new Map<number, string>(Object.entries(Status).map(([name, value]) => [value, name]));

export function statusName(status: number): string {
  return names.get(status) ?? `status ${status}`;
}

/** The router refused a request and is as it was before. */
export class Refused extends Error {
  override name = "Refused";

  constructor(
    readonly request: string,
    readonly status: number,
    /** As in `nak`: bytes missing, or the index of the offending prefix or item. */
    readonly detail: number,
  ) {
    super(
      status === Status.CAPACITY
        ? `the router refused ${request}: ${detail} bytes of memory are missing`
        : `the router refused ${request}: ${statusName(status)}${detail ? ` (${detail})` : ""}`,
    );
  }

  static from(request: MessageName, body: Uint8Array): Refused {
    const { status, detail } = nak.decode(body);
    return new Refused(request, status, detail);
  }
}
