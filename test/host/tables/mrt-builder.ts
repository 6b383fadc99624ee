/** Builds MRT files byte by byte from RFC 6396, 8050, 4271 and 4760, with nothing of the reader's. Addresses are texts; IPv6 in full. */
type Bytes = number[];

export function u16(value: number): Bytes {
  return [(value >> 8) & 255, value & 255];
}

export function u32(value: number): Bytes {
  return [...u16(Math.floor(value / 65536)), ...u16(value % 65536)];
}

/** `192.0.2.1` or all eight groups of an IPv6 address. */
export function address(text: string): Bytes {
  if (text.includes(".")) return text.split(".").map(Number);
  return text.split(":").flatMap(group => u16(Number.parseInt(group, 16)));
}

/** A prefix as NLRI: its length, then the bytes that it needs; with `pathId` before it if given. */
export function nlri(text: string, pathId?: number): Bytes {
  const [network, length] = text.split("/");
  const bytes = address(network!).slice(0, Math.ceil(Number(length) / 8));
  return [...(pathId === undefined ? [] : u32(pathId)), Number(length), ...bytes];
}

export function record(type: number, subtype: number, body: Bytes, time = 1_700_000_000): Bytes {
  return [...u32(time), ...u16(type), ...u16(subtype), ...u32(body.length), ...body];
}

export function file(...records: Bytes[]): Buffer {
  return Buffer.from(records.flat());
}

/** A path attribute with a one-byte length, or a two-byte one where it is longer. */
export function attribute(type: number, value: Bytes): Bytes {
  return value.length > 255
    ? [0x50, type, ...u16(value.length), ...value]
    : [0x40, type, value.length, ...value];
}

export const origin = (value: number) => attribute(1, [value]);
export const nextHop = (text: string) => attribute(3, address(text));
export const med = (value: number) => attribute(4, u32(value));
export const localPref = (value: number) => attribute(5, u32(value));
export const communities = (...values: number[]) => attribute(8, values.flatMap(u32));
export const originatorId = (text: string) => attribute(9, address(text));
export const clusterList = (...texts: string[]) => attribute(10, texts.flatMap(address));

/** AS_PATH of `[type, ...asns]` segments; `type` 1 is a set, 2 a sequence. */
export function asPath(asnBytes: 2 | 4, segments: number[][], type = 2): Bytes {
  const asn = asnBytes === 2 ? u16 : u32;
  return attribute(
    type,
    segments.flatMap(([kind, ...asns]) => [kind!, asns.length, ...asns.flatMap(asn)]),
  );
}

/** MP_REACH_NLRI in full. */
export function reach(afi: number, safi: number, hop: Bytes, prefixes: Bytes[]): Bytes {
  return attribute(14, [...u16(afi), safi, hop.length, ...hop, 0, ...prefixes.flat()]);
}

/** MP_REACH_NLRI as RIB entries have it. */
export function abbreviatedReach(hop: Bytes): Bytes {
  return attribute(14, [hop.length, ...hop]);
}

export function unreach(afi: number, safi: number, prefixes: Bytes[]): Bytes {
  return attribute(15, [...u16(afi), safi, ...prefixes.flat()]);
}

export interface BuiltPeer {
  address: string;
  asn: number;
}

export function peerIndexTable(peers: BuiltPeer[]): Bytes {
  const entries = peers.flatMap(peer => {
    const flags = (peer.address.includes(":") ? 1 : 0) | (peer.asn > 65535 ? 2 : 0);
    const asn = peer.asn > 65535 ? u32(peer.asn) : u16(peer.asn);
    return [flags, ...address("192.0.2.254"), ...address(peer.address), ...asn];
  });
  return record(13, 1, [
    ...address("192.0.2.255"),
    ...u16(4),
    118,
    105,
    101,
    119,
    ...u16(peers.length),
    ...entries,
  ]);
}

export interface BuiltEntry {
  peer: number;
  attributes: Bytes[];
  pathId?: number;
  originated?: number;
}

/** A RIB record of TABLE_DUMP_V2; its subtype follows from the prefix and from whether the entries have path identifiers. */
export function rib(prefix: string, entries: BuiltEntry[]): Bytes {
  const addPath = entries[0]?.pathId !== undefined;
  const subtype = (prefix.includes(":") ? 4 : 2) + (addPath ? 6 : 0);
  const body = entries.flatMap(({ peer, attributes, pathId, originated = 1_600_000_000 }) => [
    ...u16(peer),
    ...u32(originated),
    ...(pathId === undefined ? [] : u32(pathId)),
    ...u16(attributes.flat().length),
    ...attributes.flat(),
  ]);
  return record(13, subtype, [...u32(0), ...nlri(prefix), ...u16(entries.length), ...body]);
}

/** A record of TABLE_DUMP. */
export function tableDump(prefix: string, peer: BuiltPeer, attributes: Bytes[]): Bytes {
  const [network, length] = prefix.split("/");
  return record(12, prefix.includes(":") ? 2 : 1, [
    ...u16(0),
    ...u16(0),
    ...address(network!),
    Number(length),
    1,
    ...u32(1_600_000_000),
    ...address(peer.address),
    ...u16(peer.asn),
    ...u16(attributes.flat().length),
    ...attributes.flat(),
  ]);
}

export interface BuiltUpdate {
  withdrawn?: Bytes[];
  attributes?: Bytes[];
  announced?: Bytes[];
}

/** A BGP UPDATE message. */
export function update({ withdrawn = [], attributes = [], announced = [] }: BuiltUpdate): Bytes {
  return message(2, [
    ...u16(withdrawn.flat().length),
    ...withdrawn.flat(),
    ...u16(attributes.flat().length),
    ...attributes.flat(),
    ...announced.flat(),
  ]);
}

export function message(type: number, body: Bytes): Bytes {
  return [...Array(16).fill(255), ...u16(19 + body.length), type, ...body];
}

/** A BGP4MP record; `microseconds` makes it BGP4MP_ET. Subtypes 4, 7, 9 and 11 have four-byte AS numbers. */
export function bgp4mp(
  subtype: number,
  peer: BuiltPeer,
  content: Bytes,
  localAs = 64496,
  microseconds?: number,
): Bytes {
  const asn = [4, 7, 9, 11].includes(subtype) ? u32 : u16;
  const ipv6 = peer.address.includes(":");
  const local = ipv6 ? "2001:db8:0:0:0:0:0:ff" : "192.0.2.254";
  const body = [...asn(peer.asn), ...asn(localAs), ...u16(0), ...u16(ipv6 ? 2 : 1)];
  const rest = [...address(peer.address), ...address(local), ...content];
  if (microseconds === undefined) return record(16, subtype, [...body, ...rest]);
  return record(17, subtype, [...u32(microseconds), ...body, ...rest]);
}
