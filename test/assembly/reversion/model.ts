/** What holds a neighbor or a route back, slowly and with real numbers: RFC 2439's penalty, and a wait to restore. Nothing here is shared with the core. */

/** Times in microseconds. */
export interface Rules {
  waitToRestore: number;
  halfLife: number;
  maxSuppress: number;
  penalty: number;
  suppress: number;
  reuse: number;
}

export const off: Rules = {
  waitToRestore: 0,
  halfLife: 0,
  maxSuppress: 0,
  penalty: 0,
  suppress: 0,
  reuse: 0,
};

/** How near to a threshold, of its size, the core may decide either way. */
const ACCURACY = 1 / 1000;

/** One that goes and comes back. */
class Comeback {
  /** Until when it is held back, if it is there. */
  until = 0;
  /** Whether real numbers and the core's may have parted. */
  isUncertain = false;
  private isSuppressed = false;
  private penalty = 0;
  private since = 0;

  constructor(readonly rules: Rules) {}

  isHeldBack(now: number): boolean {
    this.isUncertain ||= this.isNear(now, this.until, this.rules.halfLife);
    return now < this.until;
  }

  protected flap(penalty: number, now: number): void {
    const { halfLife, reuse, maxSuppress, suppress } = this.rules;
    if (halfLife === 0) return;
    if (this.suppression(now) === 0) this.isSuppressed = false;
    const ceiling = Math.min(reuse * 2 ** (maxSuppress / halfLife), 65535);
    this.penalty = Math.min(this.left(now) + penalty, ceiling);
    this.since = now;
    this.isUncertain ||= this.isNear(this.penalty, suppress, suppress);
    this.isSuppressed ||= this.penalty > suppress;
  }

  /** How long it is suppressed yet. */
  protected suppression(now: number): number {
    if (!this.isSuppressed) return 0;
    const left = this.rules.halfLife * Math.log2(this.left(now) / this.rules.reuse);
    this.isUncertain ||= this.isNear(left, 0, this.rules.halfLife);
    return Math.max(0, left);
  }

  protected wait(now: number): void {
    this.until = now + Math.max(this.rules.waitToRestore, this.suppression(now));
  }

  private left(now: number): number {
    return this.penalty * 2 ** (-(now - this.since) / this.rules.halfLife);
  }

  private isNear(a: number, b: number, size: number): boolean {
    return a !== b && Math.abs(a - b) < size * ACCURACY;
  }
}

export class NeighborComeback extends Comeback {
  private isUp = false;
  private isKnown = false;

  set(up: boolean, now: number): void {
    if (up === this.isUp) return;
    this.isUp = up;
    if (!up) this.flap(this.rules.penalty, now);
    else if (this.isKnown) this.wait(now);
    this.isKnown ||= up;
  }

  override isHeldBack(now: number): boolean {
    return this.isUp && super.isHeldBack(now);
  }
}

/** A route, by a text for its attributes; null while there is none. */
export class RouteComeback extends Comeback {
  private path: string | null = null;
  private hasHistory = false;

  set(path: string | null, now: number): void {
    if (path === this.path) return;
    if (path === null) {
      this.flap(this.rules.penalty, now);
      this.hasHistory = true;
      this.until = 0;
    } else if (this.path !== null) {
      this.flap(Math.floor(this.rules.penalty / 2), now);
      this.hasHistory ||= this.rules.halfLife > 0;
      this.until = Math.max(this.until, now + this.suppression(now));
    } else if (this.hasHistory) {
      this.wait(now);
    }
    this.path = path;
  }

  override isHeldBack(now: number): boolean {
    return this.path !== null && super.isHeldBack(now);
  }
}
