/**
 * Protocol numbers of the IPv4 protocol and IPv6 next header fields (IANA), as far as a router tells them
 * apart.
 */

export const HOP_BY_HOP: u32 = 0;
export const ICMP: u32 = 1;
export const TCP: u32 = 6;
export const UDP: u32 = 17;
export const ROUTING: u32 = 43;
export const FRAGMENT: u32 = 44;
export const AUTHENTICATION: u32 = 51;
export const ICMPV6: u32 = 58;
export const DESTINATION_OPTIONS: u32 = 60;
export const MOBILITY: u32 = 135;
export const HOST_IDENTITY: u32 = 139;
export const SHIM6: u32 = 140;
