/**
 * Routes of a RIB dump: TABLE_DUMP_V2 (RFC 6396 section 4.3, add-path: RFC 8050 section 4) and TABLE_DUMP (RFC 6396
 * section 4.2). A TABLE_DUMP_V2 record holds all routes to one prefix and names their peers by index into the
 * PEER_INDEX_TABLE that comes first; a TABLE_DUMP record holds one route.
 */
import type { Address, Family, Prefix } from "../address.js";
import { prefixOf } from "../address.js";
import { type AttributeForm, type PathAttributes, readAttributes } from "../bgp/attributes.js";
import type { Cursor } from "../bgp/cursor.js";
import { readPrefix } from "../bgp/nlri.js";
import type { Input } from "../input.js";
import { type MrtRecord, readRecords } from "./records.js";
import type { Skipped } from "./skipped.js";
import { PeerFlag, RecordType, RibSubtype } from "./types.js";

export interface Peer {
  readonly address: Address;
  readonly asn: number;
}

/** One route of a peer. */
export interface RibEntry {
  readonly peer: Peer;
  /** Null without add-path. */
  readonly pathId: number | null;
  /** When the route was learned, in seconds since 1970. */
  readonly originated: number;
  /** Decodes the attributes, which most readers want of a few entries only. */
  path(): PathAttributes;
}

export interface RibRecord {
  readonly prefix: Prefix;
  readonly entries: readonly RibEntry[];
}

/** The RIB records of a dump in their order. */
export async function* readRib(input: Input, skipped: Skipped): AsyncGenerator<RibRecord> {
  let peers: Peer[] | null = null;
  for await (const record of readRecords(input)) {
    const { type, subtype, body } = record;
    if (type === RecordType.TABLE_DUMP && (subtype === 1 || subtype === 2)) {
      yield readTableDump(body, subtype === 1 ? 4 : 6);
    } else if (type === RecordType.TABLE_DUMP_V2 && subtype === RibSubtype.PEER_INDEX_TABLE) {
      peers = readPeers(body);
    } else {
      const form = ribForm(record);
      if (form) yield readRibRecord(body, peers, form);
      else skipped.add(record);
    }
  }
}

interface RibForm {
  readonly family: Family;
  readonly addPath: boolean;
}

/** How a record of TABLE_DUMP_V2 is written, null if it holds no unicast routes. */
function ribForm({ type, subtype }: MrtRecord): RibForm | null {
  if (type !== RecordType.TABLE_DUMP_V2) return null;
  switch (subtype) {
    case RibSubtype.RIB_IPV4_UNICAST:
      return { family: 4, addPath: false };
    case RibSubtype.RIB_IPV6_UNICAST:
      return { family: 6, addPath: false };
    case RibSubtype.RIB_IPV4_UNICAST_ADDPATH:
      return { family: 4, addPath: true };
    case RibSubtype.RIB_IPV6_UNICAST_ADDPATH:
      return { family: 6, addPath: true };
    default:
      return null;
  }
}

function readPeers(body: Cursor): Peer[] {
  body.u32("the collector's BGP id");
  body.advance(body.u16("the length of the view name"), "the view name");
  const count = body.u16("the number of peers");
  const peers: Peer[] = [];
  for (let i = 0; i < count; i++) {
    const type = body.u8("a peer type");
    body.u32("a peer's BGP id");
    const address = body.address(type & PeerFlag.IPV6 ? 6 : 4, "a peer's address");
    const asn = type & PeerFlag.AS4 ? body.u32("a peer's AS number") : body.u16("a peer's AS number");
    peers.push({ address, asn });
  }
  requireEnd(body, "the PEER_INDEX_TABLE");
  return peers;
}

function readRibRecord(body: Cursor, peers: Peer[] | null, { family, addPath }: RibForm): RibRecord {
  if (peers === null) throw body.refuse("a PEER_INDEX_TABLE before the first RIB record", "none");
  body.u32("a sequence number");
  const prefix = readPrefix(body, family);
  const count = body.u16("the number of entries");
  const entries: RibEntry[] = [];
  for (let i = 0; i < count; i++) {
    const index = body.u16("a peer index");
    const peer = peers[index];
    if (!peer) throw body.refuse(`a peer index below ${peers.length}`, `${index}`, 2);
    const originated = body.u32("an originated time");
    const pathId = addPath ? body.u32("a path identifier") : null;
    entries.push({ peer, originated, pathId, path: readPath(body, v2Form) });
  }
  requireEnd(body, "the RIB record");
  return { prefix, entries };
}

const v2Form: AttributeForm = { asnBytes: 4, addPath: false, abbreviatedReach: true };
const v1Form: AttributeForm = { ...v2Form, asnBytes: 2 };

function readTableDump(body: Cursor, family: Family): RibRecord {
  body.u16("a view number");
  body.u16("a sequence number");
  const address = body.address(family, "a prefix");
  const longest = family === 4 ? 32 : 128;
  const length = body.u8("a prefix length");
  if (length > longest) throw body.refuse(`a prefix length from 0 to ${longest}`, `${length}`, 1);
  body.u8("a status");
  const originated = body.u32("an originated time");
  const peer = { address: body.address(family, "a peer's address"), asn: body.u16("a peer's AS number") };
  const path = readPath(body, v1Form);
  requireEnd(body, "the TABLE_DUMP record");
  return { prefix: prefixOf(address, length), entries: [{ peer, originated, pathId: null, path }] };
}

/** The next hop of an IPv6 route stands in MP_REACH_NLRI, whatever a NEXT_HOP beside it says. */
function readPath(body: Cursor, form: AttributeForm): () => PathAttributes {
  const bytes = body.take(body.u16("the length of the attributes"), "path attributes");
  return () => {
    const { path, reach } = readAttributes(bytes.copy(), form);
    return reach.nextHop ? { ...path, nextHop: reach.nextHop } : path;
  };
}

function requireEnd(body: Cursor, what: string): void {
  if (body.left > 0) throw body.refuse(`the end of ${what}`, `${body.left} more bytes`);
}
