/**
 * Figures are intervals. What is measured is known only to lie between two packets, so every sum, mean, least and greatest of
 * figures is taken of the values, of the lower ends and of the upper ends alike; the true one then lies between the ends too.
 */
import type { Figure } from "./result.js";

/** Keeps `low <= value <= high`, and a time from going below zero. */
export function figureOf(value: number, low: number, high: number): Figure {
  const least = Math.max(low, 0);
  const most = Math.max(high, least);
  return { value: Math.min(Math.max(value, least), most), low: least, high: most };
}

/** A count: nothing about it is uncertain. */
export function exactly(count: number): Figure {
  return { value: count, low: count, high: count };
}

/** The difference of two instants of a clock that may run late by up to `lateness` is uncertain by that much on either side. */
export function widen(figure: Figure, lateness: number): Figure {
  return figureOf(figure.value, figure.low - lateness, figure.high + lateness);
}

export function least(figures: Figure[]): Figure | null {
  return combine(figures, values => Math.min(...values));
}

export function greatest(figures: Figure[]): Figure | null {
  return combine(figures, values => Math.max(...values));
}

export function mean(figures: Figure[]): Figure | null {
  return combine(figures, values => values.reduce((sum, value) => sum + value, 0) / values.length);
}

export function sum(figures: Figure[]): Figure | null {
  return combine(figures, values => values.reduce((sum, value) => sum + value, 0));
}

function combine(figures: Figure[], by: (values: number[]) => number): Figure | null {
  if (figures.length === 0) return null;
  return figureOf(by(figures.map(f => f.value)), by(figures.map(f => f.low)), by(figures.map(f => f.high)));
}
