/**
 * Updates of a BGP4MP or BGP4MP_ET file (RFC 6396 section 4.4, add-path: RFC 8050 section 3). Records of other
 * kinds and messages other than UPDATE are counted as skipped.
 */
import type { Family } from "../address.js";
import { readMessage, type SessionForm, type UpdateMessage } from "../bgp/message.js";
import type { Input } from "../input.js";
import { type MrtRecord, readRecords } from "./records.js";
import type { Peer } from "./rib.js";
import type { Skipped } from "./skipped.js";
import { MessageSubtype, RecordType } from "./types.js";

export interface Update extends UpdateMessage {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly peer: Peer;
  readonly localAs: number;
  /** The collector sent it to the peer, rather than the peer to the collector. */
  readonly local: boolean;
}

interface MessageForm extends SessionForm {
  readonly local: boolean;
}

const forms = new Map<number, MessageForm>([
  [MessageSubtype.MESSAGE, { asnBytes: 2, local: false, addPath: false }],
  [MessageSubtype.MESSAGE_AS4, { asnBytes: 4, local: false, addPath: false }],
  [MessageSubtype.MESSAGE_LOCAL, { asnBytes: 2, local: true, addPath: false }],
  [MessageSubtype.MESSAGE_AS4_LOCAL, { asnBytes: 4, local: true, addPath: false }],
  [MessageSubtype.MESSAGE_ADDPATH, { asnBytes: 2, local: false, addPath: true }],
  [MessageSubtype.MESSAGE_AS4_ADDPATH, { asnBytes: 4, local: false, addPath: true }],
  [MessageSubtype.MESSAGE_LOCAL_ADDPATH, { asnBytes: 2, local: true, addPath: true }],
  [MessageSubtype.MESSAGE_AS4_LOCAL_ADDPATH, { asnBytes: 4, local: true, addPath: true }],
]);

export async function* readUpdates(input: Input, skipped: Skipped): AsyncGenerator<Update> {
  for await (const record of readRecords(input)) {
    const update = readUpdate(record);
    if (update) yield update;
    else skipped.add(record);
  }
}

function readUpdate({ type, subtype, time, body }: MrtRecord): Update | null {
  const form = type === RecordType.BGP4MP || type === RecordType.BGP4MP_ET ? forms.get(subtype) : undefined;
  if (!form) return null;
  const asn = (what: string) => (form.asnBytes === 2 ? body.u16(what) : body.u32(what));
  const peerAs = asn("the peer's AS number");
  const localAs = asn("the local AS number");
  body.u16("an interface index");
  const afi = body.u16("an address family");
  if (afi !== 1 && afi !== 2) throw body.refuse("address family 1 or 2", `${afi}`, 2);
  const family: Family = afi === 1 ? 4 : 6;
  const peer = { address: body.address(family, "the peer's address"), asn: peerAs };
  body.address(family, "the local address");
  const message = readMessage(body.take(body.left, "a BGP message"), form);
  return message && { time, peer, localAs, local: form.local, ...message };
}
