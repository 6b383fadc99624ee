/**
 * What a scenario leaves unsaid. AS numbers come from the documentation range of RFC 5398 while it lasts, then from the private
 * range of RFC 6996: each router its own, all sites one (they are one operator's), each transit node its own.
 */
const SITE_AS = 64500;
const FIRST_ROUTER_AS = 64496;
const FIRST_TRANSIT_AS = 64501;
const LAST_DOCUMENTATION_AS = 64511;
const PRIVATE_AS = 4200000000;
const PRIVATE_TRANSIT_AS = 4200100000;

export const LOCAL_PREF = 100;

export function siteAs(): number {
  return SITE_AS;
}

export function routerAs(index: number): number {
  return FIRST_ROUTER_AS + index < SITE_AS ? FIRST_ROUTER_AS + index : PRIVATE_AS + index;
}

export function transitAs(index: number): number {
  const number = FIRST_TRANSIT_AS + index;
  return number <= LAST_DOCUMENTATION_AS ? number : PRIVATE_TRANSIT_AS + index;
}

/**
 * RFC 2439's figure of merit as routers have it, in microseconds and points, with the threshold that RFC 7196 section 4 asks for: below
 * it most of what is suppressed would have been stable.
 */
export const DAMPING = { halfLife: 900e6, maxSuppress: 3600e6, penalty: 1000, suppress: 6000, reuse: 750 };

/** How long a pinned flow lives without a packet: two hours and four minutes (RFC 5382 REQ-5). */
export const PINNED_IDLE = 7440e6;

/** Of the node in that place of the file, the routers under test coming first: 192.0.2.1 and up. */
export function routerId(index: number): number {
  return 0xc000_0201 + index;
}

/** A link costs its round trip in milliseconds, at least 1. */
export function linkCost(latency: number): number {
  return Math.max(1, Math.round((2 * latency) / 1000));
}

/** RFC 4271 section 4.4: a third of the hold time. */
export function keepAlive(holdTime: number): number {
  return Math.max(1, Math.floor(holdTime / 3));
}
