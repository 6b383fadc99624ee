/**
 * How BIRD 2 keeps the BGP routes of one prefix and finds the best of them, as seen from outside: a list whose head is the
 * best, changed by every route that comes or goes, and compared pair by pair. Nothing here is shared with the core.
 *
 * With `deterministic_med` only the best of each neighbor AS takes part in comparisons, with those equal to it through
 * the IGP metric; the others are set aside.
 */

import {
  asPathLength,
  type Candidate,
  clusterListLength,
  compareAddresses,
  igpMetric,
  isExternal,
  isUsable,
  localPref,
  med,
  neighborAs,
  rankingId,
  sharesMed,
} from "./reference.js";
import type { Settings } from "./world.js";

export class RouteList {
  #list: Candidate[] = [];
  #setAside = new Set<Candidate>();

  constructor(readonly settings: Settings) {}

  /** The best usable route, or null. */
  get best(): Candidate | null {
    const [head] = this.#list;
    return head && isUsable(head) ? head : null;
  }

  /** The best and all that are equal to it through the IGP metric. */
  get ties(): Candidate[] {
    const { best } = this;
    return best ? this.#list.filter(route => route === best || this.#areEqual(route, best)) : [];
  }

  /** `old` goes (if not null) and `route` comes (if not null). */
  change(old: Candidate | null, route: Candidate | null): void {
    const head = this.#list[0] ?? null;
    const place = old ? this.#list.indexOf(old) : this.#list.length;
    const wasAside = old !== null && this.#setAside.has(old);
    if (old) this.#list.splice(place, 1);
    if (this.settings.deterministicMed && this.#regroup(old, wasAside, route, head)) {
      if (route) this.#list.splice(place, 0, route);
      this.#elect();
    } else if (route && (head === null || this.#isBetter(route, head))) {
      this.#list.unshift(route);
    } else if (old !== null && old === head) {
      if (route) this.#list.splice(place, 0, route);
      this.#elect();
    } else if (route) {
      this.#list.splice(place, 0, route);
    }
  }

  #elect(): void {
    let best = this.#list[0];
    for (const route of this.#list) if (best && route !== best && this.#isBetter(route, best)) best = route;
    if (best) this.#list = [best, ...this.#list.filter(route => route !== best)];
  }

  /** Finds the best of each neighbor AS concerned. Gives whether the whole list has to be compared. */
  #regroup(
    old: Candidate | null,
    wasAside: boolean,
    route: Candidate | null,
    head: Candidate | null,
  ): boolean {
    const asOf = (candidate: Candidate) => neighborAs(candidate, this.settings);
    if (old && route && asOf(old) !== asOf(route)) {
      const before = this.#regroup(old, wasAside, null, head);
      const after = this.#regroup(null, false, route, head);
      return before || after;
    }
    const as = asOf((route ?? old)!);
    const group = this.#list.filter(other => asOf(other) === as);
    for (const member of route ? [route, ...group] : group) this.#setAside.add(member);
    let best = route;
    for (const member of group) if (!best || this.#isBetter(member, best)) best = member;
    if (!best) return false;
    const inUse = (route ? [route, ...group] : group).filter(
      member => member === best || this.#areEqual(member, best),
    );
    for (const member of inUse) this.#setAside.delete(member);
    return best === route ? head !== null && asOf(head) === as : !wasAside;
  }

  /** Up to and including the IGP metric; positive where `a` is better. */
  #compareTraffic(a: Candidate, b: Candidate): number {
    const { settings } = this;
    const flag = (value: boolean) => Number(value);
    const usable = flag(isUsable(a)) - flag(isUsable(b));
    return (
      flag(this.#setAside.has(b)) - flag(this.#setAside.has(a)) ||
      usable ||
      flag(b.path.stale) - flag(a.path.stale) ||
      localPref(a) - localPref(b) ||
      (settings.ignoreAsPathLength ? 0 : asPathLength(b) - asPathLength(a)) ||
      b.path.origin - a.path.origin ||
      (sharesMed(a, b, settings) ? med(b, settings) - med(a, settings) : 0) ||
      flag(isExternal(a)) - flag(isExternal(b)) ||
      igpMetric(b) - igpMetric(a)
    );
  }

  #areEqual(a: Candidate, b: Candidate): boolean {
    return this.#compareTraffic(a, b) === 0;
  }

  #isBetter(route: Candidate, best: Candidate): boolean {
    const traffic = this.#compareTraffic(route, best);
    if (traffic !== 0) return traffic > 0;
    const older = !this.settings.compareRouterId && isExternal(route);
    if (older && rankingId(route) !== rankingId(best)) return false;
    const rest =
      rankingId(best) - rankingId(route) ||
      clusterListLength(best) - clusterListLength(route) ||
      compareAddresses(best, route);
    return rest > 0;
  }
}
