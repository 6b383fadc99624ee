/** Types and subtypes of MRT records (RFC 6396 section 4, RFC 8050 section 4) that are read here. */
export const RecordType = {
  TABLE_DUMP: 12,
  TABLE_DUMP_V2: 13,
  BGP4MP: 16,
  BGP4MP_ET: 17,
  ISIS_ET: 33,
  OSPFV3_ET: 49,
} as const;

/** Of TABLE_DUMP_V2. */
export const RibSubtype = {
  PEER_INDEX_TABLE: 1,
  RIB_IPV4_UNICAST: 2,
  RIB_IPV6_UNICAST: 4,
  RIB_IPV4_UNICAST_ADDPATH: 8,
  RIB_IPV6_UNICAST_ADDPATH: 10,
} as const;

/** Bits of a peer's type in a PEER_INDEX_TABLE. */
export const PeerFlag = { IPV6: 1, AS4: 2 } as const;

/** Of BGP4MP and BGP4MP_ET. */
export const MessageSubtype = {
  MESSAGE: 1,
  MESSAGE_AS4: 4,
  MESSAGE_LOCAL: 6,
  MESSAGE_AS4_LOCAL: 7,
  MESSAGE_ADDPATH: 8,
  MESSAGE_AS4_ADDPATH: 9,
  MESSAGE_LOCAL_ADDPATH: 10,
  MESSAGE_AS4_LOCAL_ADDPATH: 11,
} as const;
