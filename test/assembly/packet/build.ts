/**
 * Packets, built and taken apart byte by byte: slow, and obviously right. Shares nothing with the core.
 * Numbers are written in network order; an address is given as its bytes.
 */

export type Bytes = Uint8Array;

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ROUTING = 43;
export const FRAGMENT = 44;
export const ICMPV6 = 58;
export const DESTINATION_OPTIONS = 60;

/** An IPv4 address from dotted notation. */
export function ip4(text: string): Bytes {
  return Uint8Array.from(text.split("."), Number);
}

/** An IPv6 address from colon notation with at most one `::`. */
export function ip6(text: string): Bytes {
  const [left = "", right] = text.split("::");
  const groups = (part: string) =>
    part === "" ? [] : part.split(":").map(group => Number.parseInt(group, 16));
  const head = groups(left);
  const tail = right === undefined ? [] : groups(right);
  const zeros = new Array(8 - head.length - tail.length).fill(0);
  return Uint8Array.from([...head, ...zeros, ...tail].flatMap(group => [group >> 8, group & 0xff]));
}

export function concat(...parts: (Bytes | number[])[]): Bytes {
  return Uint8Array.from(parts.flatMap(part => [...part]));
}

export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value)];
}

export function read16(bytes: Bytes, at: number): number {
  return bytes[at]! * 256 + bytes[at + 1]!;
}

/** The internet checksum as RFC 1071 section 1 puts it: add 16-bit words, carry around, complement. */
export function checksum(bytes: Bytes): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += bytes[at]! * 256 + (bytes[at + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}

export interface Ipv4 {
  source: Bytes;
  destination: Bytes;
  ttl?: number;
  protocol?: number;
  /** Multiple of 4 bytes. */
  options?: number[];
  dontFragment?: boolean;
  moreFragments?: boolean;
  /** In units of 8 bytes. */
  fragmentOffset?: number;
  payload?: Bytes;
  /** These override what would be right. */
  version?: number;
  headerWords?: number;
  totalLength?: number;
  checksum?: number;
  serviceType?: number;
  identification?: number;
}

export function ipv4(fields: Ipv4): Bytes {
  const options = fields.options ?? [];
  const payload = fields.payload ?? udp(fields.source, fields.destination, 40000, 53);
  const words = fields.headerWords ?? 5 + options.length / 4;
  const flags = (fields.dontFragment ? 0x4000 : 0) | (fields.moreFragments ? 0x2000 : 0);
  const header = concat(
    [((fields.version ?? 4) << 4) | words, fields.serviceType ?? 0],
    u16(fields.totalLength ?? 20 + options.length + payload.length),
    u16(fields.identification ?? 0x1234),
    u16(flags | (fields.fragmentOffset ?? 0)),
    [fields.ttl ?? 64, fields.protocol ?? UDP],
    [0, 0],
    fields.source,
    fields.destination,
    options,
  );
  header.set(u16(fields.checksum ?? checksum(header)), 10);
  return concat(header, payload);
}

export interface Ipv6 {
  source: Bytes;
  destination: Bytes;
  hopLimit?: number;
  nextHeader?: number;
  payload?: Bytes;
  flowLabel?: number;
  version?: number;
  payloadLength?: number;
}

export function ipv6(fields: Ipv6): Bytes {
  const payload = fields.payload ?? udp(fields.source, fields.destination, 40000, 53);
  return concat(
    u32((((fields.version ?? 6) << 28) | (fields.flowLabel ?? 0)) >>> 0),
    u16(fields.payloadLength ?? payload.length),
    [fields.nextHeader ?? UDP, fields.hopLimit ?? 64],
    fields.source,
    fields.destination,
    payload,
  );
}

/** The pseudo-header of RFC 793 and RFC 8200 section 8.1. */
export function pseudoHeader(source: Bytes, destination: Bytes, protocol: number, length: number): Bytes {
  return source.length === 4
    ? concat(source, destination, [0, protocol], u16(length))
    : concat(source, destination, u32(length), [0, 0, 0, protocol]);
}

export function udp(
  source: Bytes,
  destination: Bytes,
  from: number,
  to: number,
  data: Bytes | number[] = [],
): Bytes {
  const length = 8 + data.length;
  const datagram = concat(u16(from), u16(to), u16(length), [0, 0], data);
  const sum = checksum(concat(pseudoHeader(source, destination, UDP, length), datagram));
  datagram.set(u16(sum === 0 ? 0xffff : sum), 6);
  return datagram;
}

/** Bits of a TCP header. */
export const TcpFlag = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16 } as const;

/** A TCP segment without options and data; its checksum is 0. */
export function tcp(from: number, to: number, flags: number): Bytes {
  return concat(u16(from), u16(to), u32(1), u32(2), [0x50, flags], u16(1024), u32(0));
}

export interface Icmp {
  type: number;
  code?: number;
  /** The second word of its header. */
  rest?: number;
  data?: Bytes;
}

/** An ICMP message; ICMPv6 where addresses are given. */
export function icmp(
  { type, code = 0, rest = 0, data = new Uint8Array() }: Icmp,
  between?: [Bytes, Bytes],
): Bytes {
  const message = concat([type, code, 0, 0], u32(rest), data);
  const pseudo = between ? pseudoHeader(...between, ICMPV6, message.length) : [];
  message.set(u16(checksum(concat(pseudo, message))), 2);
  return message;
}

/** The same packet after one hop: a TTL or hop limit less one, and the header checksum of that. */
export function oneHopOlder(packet: Bytes): Bytes {
  const older = packet.slice();
  if (packet[0]! >> 4 === 6) {
    older[7]!--;
    return older;
  }
  older[8]!--;
  const header = older.subarray(0, (older[0]! & 15) * 4);
  header.set([0, 0], 10);
  header.set(u16(checksum(header)), 10);
  return older;
}
