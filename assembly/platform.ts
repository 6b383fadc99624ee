/** What any host or board must provide: the only imports of the core. */

/** Writes `length` bytes of whole, encoded frames to the serial line. */
export declare function send(data: usize, length: u32): void;

/** A free-running counter at the identity's tick rate; wraps at 2^32. Times repair and re-selection. */
export declare function ticks(): u32;

/** Writes the 48 bytes of HELLO from `buildHash` through `memory` (host/protocol/messages.ts). */
export declare function identify(data: usize): void;
