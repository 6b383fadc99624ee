/**
 * Addresses that must not be forwarded from or to: RFC 1812 section 5.3.7, and those that are not
 * "Forwardable" in RFC 6890 by their very meaning. The rest of that registry (private, shared, documentation,
 * benchmarking) is a matter of policy and is forwarded, wherever a route leads.
 */

/**
 * This network 0/8, loopback 127/8, multicast 224/4, reserved 240/4 with the limited broadcast, link-local
 * 169.254/16.
 */
export function isMartian4(address: u32): bool {
  const first = address >>> 24;
  if (first == 127 || first == 0 || first >= 224) return true;
  return address >>> 16 == 0xa9fe;
}

/** Unspecified ::, loopback ::1, IPv4-mapped ::ffff:0:0/96, multicast ff00::/8. */
export function isMartian6(high: u64, low: u64): bool {
  const upper = <u32>(high >> 32);
  if (upper == 0) return <u32>high == 0 && (low <= 1 || low >> 32 == 0xffff);
  return upper >>> 24 == 0xff;
}

/** fe80::/10. Valid on its own link, never beyond (RFC 4291 section 2.5.6). */
export function isLinkLocal6(high: u64): bool {
  return <u32>(high >> 54) == 0x3fa;
}
