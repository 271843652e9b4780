/**
 * Numbers of a report as text.
 *
 * @module
 */
import { formatMeasured } from "../report/format.ts";
import type { Invariance, Measurement } from "./measurement.ts";

/** Below this share of the value an error is written by itself. */
const TINY = 1e-6;

/** The most numbers of a list that fit into a table; reports hold them all. */
const MOST_SHOWN = 5;

function one(value: number, error: number | null): string {
  if (error !== null && error > 0 && error < TINY * Math.abs(value)) {
    return `${formatMeasured({ value, interval: null })} ± ${short(error)}`;
  }
  const interval: [number, number] | null = error === null
    ? null
    : [value - error, value + error];
  return formatMeasured({ value, interval });
}

/**
 * The value of a measurement with its standard error; of a list each, of a curve its
 * two ends.
 *
 * @example
 * ```ts
 * import { formatValue } from "./format.ts";
 * import { strictEqual } from "node:assert";
 *
 * const rest = { cost: 0, invariantTo: [] };
 * strictEqual(formatValue({ value: 2.3456, error: 0.12, ...rest }), "2.35 ± 0.12");
 * strictEqual(formatValue({ value: 2.66, error: 2e-12, ...rest }), "2.66 ± 2.0e-12");
 * strictEqual(formatValue({ value: null, error: null, ...rest }), "—");
 * strictEqual(formatValue({ value: [3, 1], error: [0.1, 0.2], ...rest }), "3.00 ± 0.10, 1.00 ± 0.20");
 * ```
 */
export function formatValue({ value, error, at }: Measurement): string {
  if (value === null) return "—";
  if (typeof value === "number") return one(value, error as number | null);
  const errors = error as readonly number[] | null;
  const text = (i: number) => one(value[i]!, errors?.[i] ?? null);
  if (at !== undefined) {
    const last = value.length - 1;
    return `${text(0)} at ${one(at[0]!, null)}, ${text(last)} at ${
      one(at[last]!, null)
    }`;
  }
  const shown = value.slice(0, MOST_SHOWN).map((_, i) => text(i)).join(", ");
  return value.length > MOST_SHOWN ? `${shown}, …` : shown;
}

const words: Readonly<Record<Invariance, string>> = {
  layerRescaling: "layers",
  neuronRescaling: "neurons",
  sameFunction: "the function alone",
  orthogonalMaps: "rotations",
};

/** What a measurement is invariant to, in words: `the function alone` says it all. */
export function formatInvariance(
  { invariantTo }: Pick<Measurement, "invariantTo">,
): string {
  if (invariantTo.includes("sameFunction")) return words.sameFunction;
  return invariantTo.map((name) => words[name]).join(", ") || "nothing";
}

/** A number with three digits, as in `1.2e-9` and `0.342`. */
export function short(value: number): string {
  const isUsual = value === 0 ||
    Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6;
  return isUsual
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1);
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  return seconds < 90
    ? `${Math.max(1, Math.round(seconds))} s`
    : `${Math.round(seconds / 60)} min`;
}
