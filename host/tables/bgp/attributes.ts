/**
 * Path attributes of BGP (RFC 4271 section 4.3, RFC 4760) as far as they say where a route leads and how it ranks.
 * Attributes of other types are passed over.
 */
import { Origin, type Segment } from "../../protocol/words.js";
import type { Address, Family } from "../address.js";
import { mergeAs4Path } from "./as4-path.js";
import type { Cursor } from "./cursor.js";
import { type Nlri, readNlri } from "./nlri.js";

/** Segment types beyond RFC 4271's are those of confederations (RFC 5065). */
export const ConfederationSegment = { SEQUENCE: 3, SET: 4 } as const;
export type SegmentType = Segment | (typeof ConfederationSegment)[keyof typeof ConfederationSegment];

export interface AsSegment {
  readonly type: SegmentType;
  readonly asns: readonly number[];
}

/** Null where the attribute is absent. */
export interface PathAttributes {
  readonly origin: Origin | null;
  readonly asPath: readonly AsSegment[];
  readonly nextHop: Address | null;
  readonly med: number | null;
  readonly localPref: number | null;
  /** RFC 1997, each its two halves as one number. */
  readonly communities: readonly number[];
  /** RFC 4456, as numbers. */
  readonly originatorId: number | null;
  readonly clusterList: readonly number[];
}

/** Prefixes of one family that came or went in multiprotocol attributes. */
export interface Reach {
  readonly nextHop: Address | null;
  readonly announced: readonly Nlri[];
  readonly withdrawn: readonly Nlri[];
}

export interface Attributes {
  readonly path: PathAttributes;
  /** MP_REACH_NLRI and MP_UNREACH_NLRI, unicast only. */
  readonly reach: Reach;
}

/** How the attributes are written; it depends on what carries them. */
export interface AttributeForm {
  /** Bytes of an AS number in AS_PATH. */
  readonly asnBytes: 2 | 4;
  /** Whether NLRI within attributes has path identifiers. */
  readonly addPath: boolean;
  /** Whether MP_REACH_NLRI may be cut to its next hop (RFC 6396 section 4.3.4). */
  readonly abbreviatedReach: boolean;
}

export const AttributeType = {
  ORIGIN: 1,
  AS_PATH: 2,
  NEXT_HOP: 3,
  MULTI_EXIT_DISC: 4,
  LOCAL_PREF: 5,
  COMMUNITIES: 8,
  ORIGINATOR_ID: 9,
  CLUSTER_LIST: 10,
  MP_REACH_NLRI: 14,
  MP_UNREACH_NLRI: 15,
  AS4_PATH: 17,
} as const;

const EXTENDED_LENGTH = 0x10;
const UNICAST = 1;

export function readAttributes(cursor: Cursor, form: AttributeForm): Attributes {
  let origin: Origin | null = null;
  let asPath: AsSegment[] = [];
  let as4Path: AsSegment[] = [];
  let nextHop: Address | null = null;
  let med: number | null = null;
  let localPref: number | null = null;
  let communities: number[] = [];
  let originatorId: number | null = null;
  let clusterList: number[] = [];
  let announced: { nextHop: Address | null; nlri: Nlri[] } = { nextHop: null, nlri: [] };
  let withdrawn: Nlri[] = [];

  while (cursor.left > 0) {
    const flags = cursor.u8("attribute flags");
    const type = cursor.u8("an attribute type");
    const length =
      flags & EXTENDED_LENGTH ? cursor.u16("an attribute length") : cursor.u8("an attribute length");
    const value = cursor.take(length, `a value of attribute type ${type}`);
    switch (type) {
      case AttributeType.ORIGIN:
        origin = readOrigin(value);
        break;
      case AttributeType.AS_PATH:
        asPath = readAsPath(value, form.asnBytes);
        break;
      case AttributeType.AS4_PATH:
        as4Path = readAsPath(value, 4);
        break;
      case AttributeType.NEXT_HOP:
        nextHop = only(value, "NEXT_HOP", v => v.address(4, "a next hop"));
        break;
      case AttributeType.MULTI_EXIT_DISC:
        med = only(value, "MULTI_EXIT_DISC", v => v.u32("a MED"));
        break;
      case AttributeType.LOCAL_PREF:
        localPref = only(value, "LOCAL_PREF", v => v.u32("a local preference"));
        break;
      case AttributeType.COMMUNITIES:
        communities = readNumbers(value, "a community");
        break;
      case AttributeType.ORIGINATOR_ID:
        originatorId = only(value, "ORIGINATOR_ID", v => v.u32("an originator id"));
        break;
      case AttributeType.CLUSTER_LIST:
        clusterList = readNumbers(value, "a cluster id");
        break;
      case AttributeType.MP_REACH_NLRI:
        announced = readReach(value, form);
        break;
      case AttributeType.MP_UNREACH_NLRI:
        withdrawn = readUnreach(value, form);
        break;
    }
  }
  return {
    path: {
      origin,
      asPath: form.asnBytes === 2 ? mergeAs4Path(asPath, as4Path) : asPath,
      nextHop: nextHop ?? announced.nextHop,
      med,
      localPref,
      communities,
      originatorId,
      clusterList,
    },
    reach: { nextHop: announced.nextHop, announced: announced.nlri, withdrawn },
  };
}

/** What `read` makes of a value that must hold nothing else. */
function only<T>(value: Cursor, name: string, read: (value: Cursor) => T): T {
  const result = read(value);
  if (value.left > 0) throw value.refuse(`the end of ${name}`, `${value.left} more bytes`);
  return result;
}

function readOrigin(value: Cursor): Origin {
  const origin = only(value, "ORIGIN", v => v.u8("an origin"));
  if (origin > Origin.INCOMPLETE) throw value.refuse("an origin from 0 to 2", `${origin}`, 1);
  return origin as Origin;
}

function readNumbers(value: Cursor, what: string): number[] {
  const numbers: number[] = [];
  while (value.left > 0) numbers.push(value.u32(what));
  return numbers;
}

function readAsPath(value: Cursor, asnBytes: 2 | 4): AsSegment[] {
  const segments: AsSegment[] = [];
  while (value.left > 0) {
    const type = value.u8("a segment type");
    if (type < 1 || type > 4) throw value.refuse("an AS_PATH segment type from 1 to 4", `${type}`, 1);
    const count = value.u8("a segment length");
    const asns: number[] = [];
    for (let i = 0; i < count; i++) {
      asns.push(asnBytes === 2 ? value.u16("an AS number") : value.u32("an AS number"));
    }
    segments.push({ type: type as SegmentType, asns });
  }
  return segments;
}

/** The family of an AFI and SAFI, null where it is none that is routed here. */
function familyOf(afi: number, safi: number): Family | null {
  if (safi !== UNICAST) return null;
  return afi === 1 ? 4 : afi === 2 ? 6 : null;
}

/**
 * A next hop's length is never 0, and an AFI's first byte always is: so a first byte of 0 tells the full form, which
 * some daemons write where the abbreviated one is due.
 */
function readReach(value: Cursor, form: AttributeForm): { nextHop: Address | null; nlri: Nlri[] } {
  if (form.abbreviatedReach && value.next !== 0) {
    const nextHop = readNextHop(value);
    if (value.left > 0) throw value.refuse("the end of MP_REACH_NLRI", `${value.left} more bytes`);
    return { nextHop, nlri: [] };
  }
  const family = familyOf(value.u16("an address family"), value.u8("a subsequent address family"));
  if (family === null) return { nextHop: null, nlri: [] };
  const nextHop = readNextHop(value);
  value.u8("a reserved byte");
  return { nextHop, nlri: readNlri(value, family, form.addPath) };
}

/** An IPv6 next hop may be followed by a link-local one (RFC 2545 section 3), which alone counts where the first is "::". */
function readNextHop(value: Cursor): Address {
  const length = value.u8("a next hop length");
  if (length !== 4 && length !== 16 && length !== 32) {
    throw value.refuse("a next hop length of 4, 16 or 32", `${length}`, 1);
  }
  const first = value.address(length === 4 ? 4 : 6, "a next hop");
  if (length < 32) return first;
  const linkLocal = value.address(6, "a link-local next hop");
  return first.bytes.some(byte => byte !== 0) ? first : linkLocal;
}

function readUnreach(value: Cursor, form: AttributeForm): Nlri[] {
  const family = familyOf(value.u16("an address family"), value.u8("a subsequent address family"));
  return family === null ? [] : readNlri(value, family, form.addPath);
}
