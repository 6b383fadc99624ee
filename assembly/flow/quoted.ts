/**
 * The packet that an ICMP error quotes (RFC 792, RFC 4443). An error travels to the source of the packet in error, against the
 * flow that it is about; so it belongs to the flow of the quoted packet's answers: the quoted addresses and ports the other way
 * round (RFC 7690 says why a "packet too big" must reach the server that holds the session).
 *
 * A quote counts only if its source is where the error goes to. Of the quoted packet only its head is asked for: as many bytes as
 * every error has.
 */
import { isError4, isQuotingError6 } from "../packet/icmp";
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { ICMP, ICMPV6, TCP, UDP } from "../packet/protocols";

/** Bytes of an ICMP header. */
const ICMP_HEADER: u32 = 8;

// What the last quote that was found says of the answers to its packet.
/** Their protocol. */
export let protocol: u32 = 0;
/** Whether they have ports that are known, and these as they lie in a header. */
export let hasPorts: bool = false;
export let ports: u32 = 0;

/**
 * Where the packet begins that a valid packet of `length` bytes quotes, of its own family; 0 if it is no ICMP error, or quotes none.
 * `headerLength` is that of an IPv4 packet.
 */
export function findQuote(packet: usize, headerLength: u32, length: u32): usize {
  return load<u8>(packet) >> 4 == 4 ? findQuote4(packet, headerLength, length) : findQuote6(packet, length);
}

function findQuote4(packet: usize, headerLength: u32, length: u32): usize {
  const at = headerLength + ICMP_HEADER;
  if (ipv4.protocol(packet) != ICMP || ipv4.isFragment(packet) || at + ipv4.HEADER > length) return 0;
  const quote = packet + at;
  const quotedHeader = ipv4.headerLength(quote);
  if (load<u8>(quote) >> 4 != 4 || quotedHeader < ipv4.HEADER) return 0;
  if (!isError4(load<u8>(packet + headerLength)) || load<u32>(quote, 12) != load<u32>(packet, 16)) return 0;
  protocol = ipv4.protocol(quote);
  readPorts(quote, ipv4.isLaterFragment(quote) ? length : quotedHeader, length - at);
  return quote;
}

function findQuote6(packet: usize, length: u32): usize {
  const at = ipv6.HEADER + ICMP_HEADER;
  if (ipv6.nextHeader(packet) != ICMPV6 || at + ipv6.HEADER > length) return 0;
  const quote = packet + at;
  if (load<u8>(quote) >> 4 != 6 || !isQuotingError6(load<u8>(packet + ipv6.HEADER))) return 0;
  if (load<u64>(quote, 8) != load<u64>(packet, 24) || load<u64>(quote, 16) != load<u64>(packet, 32)) return 0;
  ipv6.walk(quote, length - at);
  protocol = ipv6.upperProtocol;
  readPorts(quote, ipv6.laterFragment ? length : ipv6.upperOffset, length - at);
  // Without ports they are hashed as they begin.
  if (!hasPorts) protocol = ipv6.nextHeader(quote);
  return quote;
}

/** Takes the ports `offset` bytes into a quote of `length` bytes, the other way round, if they are there. */
function readPorts(quote: usize, offset: u32, length: u32): void {
  hasPorts = (protocol == TCP || protocol == UDP) && offset + 4 <= length;
  if (hasPorts) ports = rotl(load<u32>(quote + offset), 16);
}
