/** Times, counts and figures in words. A figure is never written finer than a hundredth of its accuracy interval. */
import type { Figure, Spread } from "../measure/result.js";

const UNITS = [
  { size: 1_000_000, name: "s" },
  { size: 1_000, name: "ms" },
  { size: 1, name: "µs" },
];

function unitOf(time: number): { size: number; name: string } {
  return UNITS.find(({ size }) => Math.abs(time) >= size) ?? UNITS[2]!;
}

/** Three significant digits: "33.5 ms". */
export function time(microseconds: number): string {
  if (microseconds === 0) return "0";
  const { size, name } = unitOf(microseconds);
  const value = microseconds / size;
  return `${trim(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)} ${name}`;
}

/** A time after (or with a minus before) an instant: "+30.5 ms". */
export function offset(microseconds: number): string {
  if (microseconds === 0) return "0";
  return `${microseconds < 0 ? "−" : "+"}${time(Math.abs(microseconds))}`;
}

/** As labels of an axis whose ticks are `step` apart: no two of them read the same. */
export function tickOffset(microseconds: number, step: number): string {
  if (microseconds === 0) return "0";
  const { size, name } = unitOf(microseconds);
  const decimals = Math.min(Math.max(Math.ceil(-Math.log10(step / size)), 0), 6);
  return `${microseconds < 0 ? "−" : "+"}${trim(Math.abs(microseconds) / size, decimals)} ${name}`;
}

/** "30 ms (20–31)": the value and its accuracy interval, whose ends are rounded outwards. "< 10 ms" where nothing was seen. */
export function figure({ value, low, high }: Figure): string {
  const { size, name } = unitOf(high);
  const decimals = decimalsFor((high - low) / size);
  const grain = 10 ** decimals;
  const lower = trim(Math.floor((low / size) * grain + 1e-6) / grain, decimals);
  const upper = trim(Math.ceil((high / size) * grain - 1e-6) / grain, decimals);
  if (value === 0 && high > 0) return `< ${upper} ${name}`;
  if (low === high) return time(value);
  return `${trim(value / size, decimals)} ${name} (${lower}–${upper})`;
}

/** A time that stands for many: none that is finer than `resolution`, and where nothing was seen as long as may have been missed. */
export function measured({ value, high }: Figure, resolution: number): string {
  if (value >= resolution) return time(value);
  return `< ${time(value === 0 ? Math.max(high, resolution) : resolution)}`;
}

/** Relative standard deviation; nothing where no value is seen that could deviate. */
export function deviation({ max, rsd }: Spread, resolution: number): string {
  return max.value < resolution ? "" : percent(rsd);
}

/** In how many of all times an event's figure exists, where that is not in all: " (3 of 5)". */
export function existing({ count: found }: Spread, all: number): string {
  return found < all ? ` (${count(found)} of ${count(all)})` : "";
}

/** "0.94 % (47 of 5,000)": two digits that say something, however small it is. Of nothing there is no share. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "none";
  const shown = (100 * part) / whole;
  const decimals = shown === 0 || shown >= 10 ? 1 : Math.ceil(1 - Math.log10(shown));
  return `${trim(shown, decimals)} % (${count(part)} of ${count(whole)})`;
}

function decimalsFor(width: number): number {
  if (width <= 0) return 3;
  return Math.min(Math.max(Math.ceil(2 - Math.log10(width)), 0), 3);
}

/** An instant of the run: "5:00", "5:00.031". */
export function instant(microseconds: number): string {
  const thousandths = Math.round(microseconds / 1_000);
  const minutes = Math.floor(thousandths / 60_000);
  const seconds = String(Math.floor(thousandths / 1_000) % 60).padStart(2, "0");
  const rest = thousandths % 1_000;
  return `${minutes}:${seconds}${rest === 0 ? "" : `.${String(rest).padStart(3, "0").replace(/0+$/, "")}`}`;
}

export function count(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

/** A rate: whole, or with one decimal where it is small. */
export function rate(perSecond: number): string {
  return count(perSecond < 10 ? perSecond : Math.round(perSecond));
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

export function percent(share: number): string {
  return `${trim(share * 100, 1)} %`;
}

function trim(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return decimals === 0 ? text : text.replace(/\.?0+$/, "");
}
