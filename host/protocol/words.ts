/**
 * The closed lists that the core, the serial protocol and the host share. `generate.ts` writes them into
 * `assembly/status.ts` and `assembly/words.ts`, so that no number is ever written twice.
 */

/** How a request ended. Everything but `OK` leaves the router as it was. */
export const Status = {
  OK: 0,
  UNKNOWN_KIND: 1,
  BAD_LENGTH: 2,
  NOT_CONFIGURED: 3,
  CAPACITY: 4,
  BAD_PREFIX_LENGTH: 5,
  HOST_BITS: 6,
  BAD_FAMILY: 7,
  NOT_FOUND: 8,
  UNKNOWN_PORT: 9,
  UNKNOWN_NEIGHBOR: 10,
  UNKNOWN_PATH: 11,
  BAD_VALUE: 12,
  TABLE_FULL: 13,
  PATHS_FULL: 14,
  SETS_FULL: 15,
  SET_TOO_LARGE: 16,
  STREAMS_FULL: 17,
  EVENTS_FULL: 18,
  WRONG_MODE: 19,
  BUSY: 20,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

/** What became of a packet that entered the router. */
export const Verdict = {
  FORWARDED: 0,
  DROPPED: 1,
  DELIVERED: 2,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Why a packet was dropped (RFC 1812 and RFC 8200); each has a counter. */
export const Drop = {
  NONE: 0,
  PORT_DOWN: 1,
  TOO_SHORT: 2,
  BAD_VERSION: 3,
  BAD_HEADER_LENGTH: 4,
  BAD_TOTAL_LENGTH: 5,
  BAD_CHECKSUM: 6,
  MARTIAN_SOURCE: 7,
  MARTIAN_DESTINATION: 8,
  SOURCE_ROUTED: 9,
  TTL_EXPIRED: 10,
  NO_ROUTE: 11,
  NO_NEXT_HOP: 12,
  EGRESS_DOWN: 13,
  TOO_BIG: 14,
} as const;
export type Drop = (typeof Drop)[keyof typeof Drop];

/** Where a route came from, in default order of preference. */
export const Protocol = {
  CONNECTED: 0,
  STATIC: 1,
  EBGP: 2,
  IGP: 3,
  IBGP: 4,
} as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** ORIGIN attribute, RFC 4271 section 5.1.1. */
export const Origin = { IGP: 0, EGP: 1, INCOMPLETE: 2 } as const;
export type Origin = (typeof Origin)[keyof typeof Origin];

/** AS_PATH segment type, RFC 4271 section 4.3. */
export const Segment = { SET: 1, SEQUENCE: 2 } as const;
export type Segment = (typeof Segment)[keyof typeof Segment];

/** Bits of a path's `flags`. */
export const PathFlag = {
  /** MULTI_EXIT_DISC is present. */
  MED: 1,
  /** RFC 8326: ranked with local preference 0. */
  GRACEFUL_SHUTDOWN: 2,
  /** RFC 9494: loses to every path that is not stale. */
  LLGR_STALE: 4,
  /** The next hop does not resolve: the path is known but never used. */
  UNRESOLVED: 8,
  /** `originatorId` is present, RFC 4456. */
  ORIGINATOR: 16,
} as const;
export type PathFlag = (typeof PathFlag)[keyof typeof PathFlag];

/** Bits of the decision settings. */
export const SettingFlag = {
  ALWAYS_COMPARE_MED: 1,
  DETERMINISTIC_MED: 2,
  COMPARE_ROUTER_ID: 4,
  IGNORE_AS_PATH_LENGTH: 8,
  MED_MISSING_AS_WORST: 16,
} as const;
export type SettingFlag = (typeof SettingFlag)[keyof typeof SettingFlag];

/** Bits of the settings of flows. */
export const FlowFlag = {
  /** An IPv6 flow is told by its addresses and its flow label, where it has one (RFC 6438). */
  FLOW_LABEL: 1,
} as const;
export type FlowFlag = (typeof FlowFlag)[keyof typeof FlowFlag];

/** Which of a path's three metrics ranks routes of an interior protocol. */
export const Metric = { HOPS: 0, COST: 1, LATENCY: 2 } as const;
export type Metric = (typeof Metric)[keyof typeof Metric];

/** The step of the decision process that left one path. */
export const Step = {
  /** No usable path. */
  NONE: 0,
  /** There was only one usable path; nothing had to be compared. */
  ONLY: 1,
  RESOLVABLE: 2,
  /** Of those that may be gone again at once: a last resort (docs/failover.md). */
  HELD_BACK: 3,
  LLGR: 4,
  PREFERENCE: 5,
  METRIC: 6,
  LOCAL_PREF: 7,
  AS_PATH: 8,
  ORIGIN: 9,
  MED: 10,
  EBGP: 11,
  IGP: 12,
  OLDER: 13,
  ROUTER_ID: 14,
  CLUSTER: 15,
  ADDRESS: 16,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

/**
 * What a backup protects from (RFC 5286): the more it protects from, the greater the number. Where there are no distances, a
 * backup protects the link at most.
 */
export const Protection = {
  /** It is closer to the destination than the router: no two are each other's backup, whatever fails at the same time. */
  DOWNSTREAM: 1,
  /** It leaves by a port that no member uses. */
  LINK: 2,
  /** It reaches the destination without any member. */
  NODE: 4,
} as const;
export type Protection = (typeof Protection)[keyof typeof Protection];

/** Events of the probe's timeline, played at an exact device time. */
export const EventKind = {
  /** `subject` is a port. */
  PORT_DOWN: 0,
  PORT_UP: 1,
  /** `argument` is a path slot; `subject` does not matter, for the path names its neighbor. Then the prefix. */
  ANNOUNCE: 2,
  /** `subject` is a neighbor, then the prefix. */
  WITHDRAW: 3,
  /**
   * `subject` is a neighbor: its keep-alives, or the packets of its BFD session both ways, stop, and nothing else tells the
   * router.
   */
  SILENCE: 4,
  /** `subject` is a neighbor: they start again. */
  SPEAK: 5,
  /** `subject` is a neighbor, `argument` the new link cost. */
  COST: 6,
  /** `subject` is a neighbor, `argument` the new latency in microseconds. */
  LATENCY: 7,
  /** `subject` is a stream. */
  STREAM_START: 8,
  STREAM_STOP: 9,
  /** `subject` is a neighbor: it takes its BFD session administratively down. */
  ADMIN_DOWN: 10,
  ADMIN_UP: 11,
  /** `subject` is `from` + 256 `to` of a DISTANCE, `argument` the distance. */
  DISTANCE: 12,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** What a probe record tells. */
export const RecordKind = {
  /** Stream `subject` leaves by neighbor `value` from packet number `count` on. */
  EGRESS: 0,
  /** Stream `subject` is dropped for reason `value` from packet number `count` on; NONE: it is the router's own. */
  DROP: 1,
  /** Stream `subject` ended after `count` packets. */
  STREAM_END: 2,
  /** Timeline event number `subject` was applied with status `value`, which took `count` ticks. */
  EVENT: 3,
  /** Neighbor `subject` was declared down (`value` 0) or up (1) by its hold timer or its BFD session. */
  NEIGHBOR: 4,
  /** Local repair after the record before: `subject` groups touched, done `count` ticks after the event. */
  REPAIR: 5,
  /** Re-selection after that: `subject` route sets, done `count` ticks after the event. */
  RESELECT: 6,
  /** The BFD session of neighbor `subject` went to state `value` with diagnostic `count`. */
  BFD: 7,
  /** Neighbor `subject` is held back for the reason `value` of `Hold`, or with NONE no more. */
  HELD_BACK: 8,
  /**
   * A route of neighbor `subject` is held back for the reason `value` of `Hold`, or with NONE no more. `count` tells it from its
   * others that are held back.
   */
  ROUTE_HELD_BACK: 9,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** Bits of how a neighbor is let back, and let go. */
export const ReversionFlag = {
  /** The community of RFC 8326 means nothing in paths that are defined from now on. */
  IGNORE_GRACEFUL_SHUTDOWN: 1,
} as const;
export type ReversionFlag = (typeof ReversionFlag)[keyof typeof ReversionFlag];

/** Why something that came back is a last resort. */
export const Hold = {
  NONE: 0,
  /** It has not stayed up for the wait-to-restore time yet. */
  WAITING: 1,
  /** It flapped too much lately. */
  SUPPRESSED: 2,
} as const;
export type Hold = (typeof Hold)[keyof typeof Hold];

/** What MEASURE measures, and its item. Numbers in it are little-endian, those of a packet and of a prefix in network order. */
export const Work = {
  /** What stands around all others, to be taken off. Any item. */
  NOTHING: 0,
  /** A longest match. The address as a u32. */
  LOOKUP4: 1,
  /** The address as two u64, its upper half first. */
  LOOKUP6: 2,
  /** The whole receive path. A packet that is forwarded. */
  FORWARD: 3,
  /** The selection of the route set that an address leads to, as when a neighbor of it changed. The address as a u32. */
  SELECT: 4,
  /** A prefix is announced and withdrawn. The prefix as in ANNOUNCE; the table does not have it. */
  UPDATE: 5,
} as const;
export type Work = (typeof Work)[keyof typeof Work];

/** Transport of a probe stream. */
export const Transport = { UDP: 0, TCP: 1 } as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/** State of a BFD session, RFC 5880 section 4.1. */
export const BfdState = { ADMIN_DOWN: 0, DOWN: 1, INIT: 2, UP: 3 } as const;
export type BfdState = (typeof BfdState)[keyof typeof BfdState];

/** Why a BFD session last changed its state, RFC 5880 section 4.1. */
export const BfdDiagnostic = {
  NONE: 0,
  DETECTION_TIME_EXPIRED: 1,
  ECHO_FAILED: 2,
  NEIGHBOR_SIGNALED_DOWN: 3,
  FORWARDING_PLANE_RESET: 4,
  PATH_DOWN: 5,
  CONCATENATED_PATH_DOWN: 6,
  ADMINISTRATIVELY_DOWN: 7,
  REVERSE_CONCATENATED_PATH_DOWN: 8,
} as const;
export type BfdDiagnostic = (typeof BfdDiagnostic)[keyof typeof BfdDiagnostic];

/** Bits of a BFD session's `flags`. */
export const BfdFlag = {
  /** RFC 5883: UDP port 4784, and no check of TTL or hop limit. */
  MULTIHOP: 1,
  /** The session is administratively down. */
  ADMIN_DOWN: 2,
  /** The far end is played by the probe; otherwise it is on the line. */
  SCRIPTED: 4,
} as const;
export type BfdFlag = (typeof BfdFlag)[keyof typeof BfdFlag];

/** How the packets of a BFD session are authenticated: the types of RFC 5880 section 4.1 that there are here. */
export const BfdAuthentication = { NONE: 0, KEYED_SHA1: 4, METICULOUS_KEYED_SHA1: 5 } as const;
export type BfdAuthentication = (typeof BfdAuthentication)[keyof typeof BfdAuthentication];

/** Why a BFD packet was discarded, by the rules of RFC 5880 section 6.8.6 in order; each has a counter. */
export const BfdDiscard = {
  NONE: 0,
  /** UDP: a length beyond the packet, a fragment, a wrong checksum. */
  BAD_DATAGRAM: 1,
  BAD_VERSION: 2,
  TOO_SHORT: 3,
  TOO_LONG: 4,
  ZERO_MULTIPLIER: 5,
  MULTIPOINT: 6,
  ZERO_DISCRIMINATOR: 7,
  UNKNOWN_DISCRIMINATOR: 8,
  STATE_WITHOUT_DISCRIMINATOR: 9,
  UNKNOWN_SOURCE: 10,
  /** RFC 5881 section 5: TTL or hop limit is not 255. */
  TTL: 11,
  UNEXPECTED_AUTHENTICATION: 12,
  MISSING_AUTHENTICATION: 13,
  FAILED_AUTHENTICATION: 14,
  ADMIN_DOWN: 15,
} as const;
export type BfdDiscard = (typeof BfdDiscard)[keyof typeof BfdDiscard];

/** What ended the run of a board before the present one. Below 16 the core broke a rule of WebAssembly; from 16 on the CPU refused. */
export const ResetCause = {
  /** Power, a button, or a command: no trap. */
  NONE: 0,
  OUT_OF_BOUNDS: 1,
  UNREACHABLE: 2,
  DIVIDE_BY_ZERO: 3,
  OVERFLOW: 4,
  /** Among them: unaligned access, stack overflow. */
  CPU_FAULT: 16,
  STRAY_INTERRUPT: 17,
  /** The main loop did not come round for a second. */
  WATCHDOG: 18,
} as const;
export type ResetCause = (typeof ResetCause)[keyof typeof ResetCause];

/** How a board's image was built. */
export const ImageFlag = {
  /** Without bounds checks: for measuring what these cost. */
  UNCHECKED: 1,
} as const;
export type ImageFlag = (typeof ImageFlag)[keyof typeof ImageFlag];

/** Parts of the forwarding tables. Lookups use those below `PREFIXES`; the rest is kept for updates. */
export const Part = {
  DIRECT: 0,
  FLAT_PAGES: 1,
  HEADERS: 2,
  LEAVES: 3,
  ESCAPES: 4,
  INDEX: 5,
  SHORT: 6,
  WORDS: 7,
  LONG: 8,
  PREFIXES: 9,
  CONTROLS: 10,
  RECORDS: 11,
  /** Places between pages that none of them takes now. */
  FREE: 12,
} as const;
export type Part = (typeof Part)[keyof typeof Part];
