/** Times, counts and figures in words. A figure is never written finer than a hundredth of its accuracy interval. */
import type { Figure, Summary } from "../measure/result.js";

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

/** One value of a summary of a run that resolves no less than `resolution`. Where all are 0, the gap may be as long as `high`. */
export function measured(value: number, { max, high }: Summary, resolution: number): string {
  if (max === 0 && high > 0) return `< ${time(Math.max(high, resolution))}`;
  return value < resolution ? `< ${time(resolution)}` : time(value);
}

/** Relative standard deviation; nothing where no value is seen that could deviate. */
export function deviation({ max, rsd }: Summary, resolution: number): string {
  return max < resolution ? "" : percent(rsd);
}

/** In how many of the repeats a figure exists, where that is not all: " (3 of 5)". */
export function existing({ repeats }: Summary, all: number): string {
  return repeats < all ? ` (${repeats} of ${all})` : "";
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
