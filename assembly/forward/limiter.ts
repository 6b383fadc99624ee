/**
 * The rate limit of ICMP errors (RFC 1812 section 4.3.2.8, RFC 4443 section 2.4 (f)): a token bucket in
 * device time, one for all ports and both families. It holds `BURST` tokens and gains one every `INTERVAL`.
 *
 * Kept as the time at which the bucket will be full again, so that a token costs an addition and nothing is
 * divided.
 */

/** Microseconds between two tokens: 100 errors a second. */
const INTERVAL: u64 = 10_000;
const BURST: u64 = 10;

let fullAt: u64 = 0;

/** Takes a token, if there is one. */
export function allow(now: u64): bool {
  if (now >= fullAt) {
    fullAt = now + INTERVAL;
    return true;
  }
  if (fullAt - now > (BURST - 1) * INTERVAL) return false;
  fullAt += INTERVAL;
  return true;
}

export function fill(): void {
  fullAt = 0;
}
