/**
 * The message table of the serial protocol: the only place where a message is described.
 * `generate.ts` derives the core's constants from it; `docs/serial-protocol.md` explains it for users.
 *
 *   host                                router
 *    | --- request {kind, sequence} ----> |
 *    | <-- response {same sequence} ----- |   exactly one for each request: the response body,
 *    |     or NAK {status, detail}        |   or flag NAK with a `nak` body
 *    | <-- HEARTBEAT (flag EVENT) ------- |   every 250 ms of device time
 *    | <-- TRANSMIT (flag EVENT) -------- |   a packet of the router's own
 */
import { bytes, layout, text, u8, u16, u32, u64 } from "./layout.js";

export const PROTOCOL_VERSION = 1;

/** Largest message body in bytes. */
export const BODY_LIMIT = 240;

/** Device time between two heartbeats, in microseconds. */
export const HEARTBEAT_INTERVAL = 250_000;

/** The number that stands for "no such neighbor, port or path" in a one-byte field. */
export const NONE = 255;

/** Bits of a frame's `flags`. */
export const FrameFlag = { RESPONSE: 1, NAK: 2, EVENT: 4 } as const;

/**
 * The fixed head of a frame; body and CRC-16/CCITT-FALSE follow. `version` holds the version in its upper 3 bits, the
 * kind in its lower 5.
 */
export const head = layout({ version: u8, flags: u8, sequence: u16, time: u64 });

/** Body of a NAK. `detail`: bytes missing (CAPACITY), index of the offending prefix (ANNOUNCE, WITHDRAW) or item (MEASURE), else 0. */
export const nak = layout({ status: u8, detail: u32 });

/** What `configure` carves memory for. `sets` 0 makes a bare forwarding table without RIB. */
export const capacities = {
  ports: u8,
  neighbors: u8,
  paths: u16,
  sets: u16,
  pathsPerSet: u8,
  /** Flow buckets of a next-hop group, a power of two. */
  buckets: u16,
  /** 1: the router knows how long each bucket has been idle, in a byte each. */
  bucketAges: u8,
  /** 1: the router knows the distances between its neighbors, four bytes for each pair. */
  distances: u8,
  /** Places for pinned TCP flows, 16 bytes each: 0, or a power of two from 8 on. */
  flows: u32,
  prefixes4: u32,
  prefixes6: u32,
  streams: u16,
  events: u16,
  records: u32,
  /** A session whose far end is scripted takes two. */
  bfdSessions: u8,
  /** 1: neighbors that come back can be held back, in 44 bytes each. */
  reversion: u8,
  /** Routes whose flaps are remembered, in 46 to 48 bytes each. */
  histories: u16,
};

/** An address is 16 bytes in network order; an IPv4 address stands in the first four, the rest is zero. */
const address = bytes(16);

const empty = layout({});

/** How the answer to HELLO begins in every schema, so that two that differ can tell. */
export const greeting = layout({ protocol: u8, configured: u8, schemaHash: u32 });

export const messages = {
  HELLO: {
    kind: 0,
    request: empty,
    response: layout({
      ...greeting.fields,
      buildHash: bytes(8),
      uniqueId: bytes(8),
      board: text(16),
      /** Bits of `ImageFlag`. */
      imageFlags: u32,
      bootNonce: u32,
      /** What ended the run before this boot: a `ResetCause`. */
      resetCause: u32,
      /** Ticks a second of the clock that times repair and re-selection. */
      tickRate: u32,
      /** Linear memory that pools can use, in bytes. */
      memory: u32,
      ...capacities,
      /** Number of the last request carried out, HELLO aside: a new host counts on from it. */
      sequence: u16,
    }),
  },
  /** Unsolicited. `damaged` counts frames that failed their check, `overruns` bytes lost before the decoder. */
  HEARTBEAT: { kind: 1, request: empty, response: layout({ bootNonce: u32, damaged: u32, overruns: u32 }) },
  /** Drops everything the router knows and carves its memory anew; a refusal leaves the old state. */
  CONFIGURE: {
    kind: 2,
    request: layout(capacities),
    response: layout({ bytesUsed: u32, bytesFree: u32 }),
  },
  SETTINGS: {
    kind: 3,
    request: layout({
      localAs: u32,
      routerId: u32,
      clusterId: u32,
      flags: u8,
      maxPaths: u8,
      metric: u8,
      /** Preference of each protocol in the order of `Protocol`; lower wins. */
      preferences: bytes(5),
    }),
    response: empty,
  },
  /** Sets a port. Taking it down repairs every group that uses it, before the response. */
  PORT: {
    kind: 4,
    request: layout({ port: u8, up: u8, mtu: u16, address4: bytes(4), address6: bytes(16) }),
    response: empty,
  },
  /**
   * Sets a neighbor. `cost` and `latency` (microseconds) are those of the link to it; `holdTime` in microseconds, 0 for
   * none.
   */
  NEIGHBOR: {
    kind: 5,
    request: layout({
      neighbor: u8,
      port: u8,
      up: u8,
      asn: u32,
      routerId: u32,
      address,
      cost: u32,
      latency: u32,
      holdTime: u32,
    }),
    response: empty,
  },
  /**
   * Defines path slot `slot`. Tail: `clusters` cluster ids (u32), then AS_PATH segments {type u8, count u8, count x ASN
   * u32}.
   */
  PATH: {
    kind: 6,
    request: layout({
      slot: u16,
      neighbor: u8,
      protocol: u8,
      flags: u8,
      origin: u8,
      /** Share among paths of equal rank; 0: drained, no new flow while one of them has a weight. */
      weight: u8,
      localPref: u32,
      med: u32,
      hops: u32,
      cost: u32,
      latency: u32,
      originatorId: u32,
      clusters: u8,
    }),
    response: empty,
  },
  /**
   * All prefixes or none. Tail: {length u8, address 4 or 16 bytes} each. A path that must not enter (a loop) takes the
   * neighbor's earlier one away.
   */
  ANNOUNCE: { kind: 7, request: layout({ slot: u16, family: u8 }), response: empty },
  /** All prefixes or none; one that the neighbor never announced counts as withdrawn. Tail as in ANNOUNCE. */
  WITHDRAW: { kind: 8, request: layout({ neighbor: u8, family: u8 }), response: layout({ removed: u8 }) },
  /**
   * The longest match that leads anywhere; else the longest match, with `neighbor` and `port` NONE. `length` is NONE
   * where nothing matches.
   */
  LOOKUP: {
    kind: 9,
    request: layout({ family: u8, address }),
    response: layout({ length: u8, neighbor: u8, port: u8 }),
  },
  /**
   * How the route to exactly this prefix was selected. `protection` is what the backup protects from, bits of `Protection`. Tail:
   * {neighbor u8, weight u8} a member.
   */
  ROUTE: {
    kind: 10,
    request: layout({ family: u8, length: u8, address }),
    response: layout({ step: u8, best: u8, backup: u8, protection: u8, paths: u8, members: u8 }),
  },
  /** One packet through the receive path. Request tail: the packet; response tail: what leaves by `port`, if any. */
  FORWARD: {
    kind: 11,
    request: layout({ port: u8 }),
    response: layout({ verdict: u8, reason: u8, neighbor: u8, port: u8 }),
  },
  /**
   * Tail: one u32 for each reason of `Drop`. `replies` are ICMP errors sent, `limited` those that the rate limit held
   * back.
   */
  COUNTERS: {
    kind: 12,
    request: empty,
    response: layout({
      received: u32,
      forwarded: u32,
      delivered: u32,
      replies: u32,
      limited: u32,
      /** Established flows that lost their pin to others. */
      evicted: u32,
    }),
  },
  /**
   * Defines a probe stream: a packet every `interval` microseconds from `start` on, `count` in all (0: until stopped).
   * Every `sessionPackets` packets a new session begins with the next source port (0: one session throughout).
   */
  STREAM: {
    kind: 13,
    request: layout({
      stream: u16,
      port: u8,
      family: u8,
      transport: u8,
      source: address,
      destination: address,
      sourcePort: u16,
      destinationPort: u16,
      start: u64,
      interval: u32,
      count: u32,
      sessionPackets: u32,
    }),
    response: empty,
  },
  /** Appends to the timeline; times must not go back. `subject` and `argument` by `EventKind`. */
  EVENT: {
    kind: 14,
    request: layout({ time: u64, kind: u8, subject: u16, argument: u32, family: u8, length: u8, address }),
    response: empty,
  },
  /** Scripts a neighbor: a keep-alive every `interval` microseconds, the first at `phase`. */
  SPEAKER: { kind: 15, request: layout({ neighbor: u8, interval: u32, phase: u32 }), response: empty },
  /** Starts the probe for `duration` microseconds; its time 0 is the device time of the response. */
  RUN: { kind: 16, request: layout({ duration: u64 }), response: empty },
  /** `lost` records found no room; `lateness` is the longest that the router was behind schedule, in microseconds. */
  PROGRESS: {
    kind: 17,
    request: empty,
    response: layout({ running: u8, time: u64, records: u32, lost: u32, lateness: u32 }),
  },
  /** Tail: `count` records. */
  RECORDS: { kind: 18, request: layout({ first: u32 }), response: layout({ count: u8 }) },
  /** How much is in use: distinct paths, route sets and next-hop groups, prefixes of each family, places of pinned flows, and what is held back. */
  STATE: {
    kind: 19,
    request: empty,
    response: layout({
      paths: u16,
      sets: u16,
      groups: u16,
      prefixes4: u32,
      prefixes6: u32,
      flows: u32,
      heldNeighbors: u8,
      heldRoutes: u16,
      /** Flaps that found no room, so that their routes were used as if they had not. */
      undamped: u32,
    }),
  },
  /**
   * How long `runs` runs of a `Work` take with each item; refused while the probe runs. `subject` is the port by which a packet
   * comes in (FORWARD), or a path slot (UPDATE). Request tail: items of `itemBytes` bytes each, as `Work` says; response tail:
   * a u32 of ticks for each.
   */
  MEASURE: {
    kind: 20,
    request: layout({ work: u8, itemBytes: u8, runs: u16, subject: u16 }),
    response: empty,
  },
  /**
   * Gives a neighbor its BFD session (RFC 5880), changes it, or with `multiplier` 0 takes it away. The neighbor goes down and
   * up with the session from then on. Intervals are in microseconds; `key` is padded with zeros.
   */
  BFD: {
    kind: 21,
    request: layout({
      neighbor: u8,
      /** Bits of `BfdFlag`; MULTIHOP and SCRIPTED stay as the session began. */
      flags: u8,
      multiplier: u8,
      minTx: u32,
      minRx: u32,
      authentication: u8,
      keyId: u8,
      key: bytes(20),
      /** Of jitter and discriminators. */
      seed: u32,
      /** What a scripted far end is set to. */
      farMultiplier: u8,
      farMinTx: u32,
      farMinRx: u32,
    }),
    response: empty,
  },
  /**
   * The state of a neighbor's session, with the intervals negotiated, in microseconds (`transmitInterval` 0: it sends nothing
   * by itself). Tail: one u32 for each reason of `BfdDiscard`, of all sessions together.
   */
  BFD_STATE: {
    kind: 22,
    request: layout({ neighbor: u8 }),
    response: layout({
      state: u8,
      remoteState: u8,
      diagnostic: u8,
      remoteDiagnostic: u8,
      polling: u8,
      remoteDemand: u8,
      remoteMultiplier: u8,
      localDiscriminator: u32,
      remoteDiscriminator: u32,
      remoteMinTx: u32,
      remoteMinRx: u32,
      transmitInterval: u32,
      detectionTime: u64,
      sent: u32,
      received: u32,
    }),
  },
  /** Unsolicited: a packet of the router's own for `neighbor` leaves by `port`. Tail: the packet. */
  TRANSMIT: { kind: 23, request: empty, response: layout({ port: u8, neighbor: u8 }) },
  /** How conversations are kept together. Times are in microseconds. */
  FLOWS: {
    kind: 24,
    request: layout({
      /** Bits of `FlowFlag`. */
      flags: u8,
      /** How long a pinned flow lives without a packet. */
      flowIdle: u64,
      /** How long a bucket must be idle before it moves to a member that joins its group; 0: it moves at once. */
      bucketIdle: u32,
      /** After which time it moves all the same, to within an eighth of `bucketIdle`; 0: never. */
      bucketDeadline: u32,
      /** Of the digests by which pinned flows are found: secret, or others may choose flows that displace a given one. */
      key: bytes(8),
    }),
    response: empty,
  },
  /**
   * How a neighbor is let back that was down, and its routes that were withdrawn (`docs/failover.md`). What they have done until
   * then is forgotten. Times are in microseconds. A `halfLife` of 0 damps nothing, and the fields behind it are 0 then.
   */
  REVERSION: {
    kind: 25,
    request: layout({
      neighbor: u8,
      /** Bits of `ReversionFlag`. */
      flags: u8,
      /** How long it must have stayed up before it is more than a last resort; 0: not at all. */
      waitToRestore: u32,
      /** After which the penalty has halved. */
      halfLife: u32,
      /** The longest that it is suppressed after its last flap. */
      maxSuppress: u32,
      /** What each flap adds; a route whose attributes change adds half. */
      penalty: u16,
      /** The penalty above which it is suppressed, and the one at which it is used again. */
      suppress: u16,
      reuse: u16,
    }),
    response: empty,
  },
  /**
   * How far it is from neighbor `from` to neighbor `to`, or with `to` the same back to this router, over the shortest way and in the metric
   * in use; 0: not known. A SETTINGS with another metric takes all distances back.
   */
  DISTANCE: { kind: 26, request: layout({ from: u8, to: u8, distance: u32 }), response: empty },
} as const;

export type MessageName = keyof typeof messages;

/** One record of the probe; `time` is probe time in microseconds. */
export const record = layout({ time: u64, kind: u8, value: u8, subject: u16, count: u32 });

type Decoded<L> = L extends { decode(body: Uint8Array): infer V } ? V : never;

/** The values that a request takes. */
export type Request<M extends MessageName> = Decoded<(typeof messages)[M]["request"]>;

/** The values that a response gives, and what followed them. */
export type Answer<M extends MessageName> = Decoded<(typeof messages)[M]["response"]> & { tail: Uint8Array };
