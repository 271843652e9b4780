/**
 * The area between two lines.
 *
 * @module
 */
import type { Attributes } from "./figure.ts";
import { type Numbers, toJson } from "./numbers.ts";
import { transparent } from "./palette.ts";

/** The two ends of a band over a common axis. */
export interface Band {
  /** The series that the band belongs to. */
  name: string;
  /** Where the ends are given. */
  x: Numbers;
  /** The lower end. */
  low: Numbers;
  /** The upper end. */
  high: Numbers;
}

/**
 * A filled trace from low to high, interrupted where either is missing.
 *
 * @param floor On a log axis, what stands for a lower end that is not positive.
 */
export function bandTrace(
  band: Band,
  colour: string,
  floor?: number,
): Attributes {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const points of runs(band, floor)) {
    if (x.length > 0) {
      x.push(null);
      y.push(null);
    }
    for (const point of points) {
      x.push(point.x);
      y.push(point.high);
    }
    for (const point of points.reverse()) {
      x.push(point.x);
      y.push(point.low);
    }
  }
  return {
    type: "scatter",
    mode: "lines",
    legendgroup: band.name,
    showlegend: false,
    hoverinfo: "skip",
    x,
    y,
    fill: "toself",
    fillcolor: transparent(colour, 0.18),
    line: { width: 0 },
  };
}

/** The stretches of consecutive points at which all three numbers are there. */
function runs(
  band: Band,
  floor: number | undefined,
): { x: number; low: number; high: number }[][] {
  const result: { x: number; low: number; high: number }[][] = [];
  const [xs, lows, highs] = [
    toJson(band.x),
    toJson(band.low),
    toJson(band.high),
  ];
  let isOpen = false;
  for (const [index, x] of xs.entries()) {
    const low = lows[index]!, high = highs[index]!;
    const isThere = x !== null && low !== null && high !== null &&
      (floor === undefined || high > 0);
    if (isThere) {
      if (!isOpen) result.push([]);
      const bottom = floor !== undefined && low <= 0 ? floor : low;
      result.at(-1)!.push({ x, low: bottom, high });
    }
    isOpen = isThere;
  }
  return result;
}

/** The smallest positive number among the values and ends of some series. */
export function logFloor(
  series: readonly { y: Numbers; low?: Numbers; high?: Numbers }[],
): number {
  let smallest = Infinity;
  for (const { y, low = [], high = [] } of series) {
    for (const list of [y, low, high]) {
      for (const value of Array.from(list)) {
        if (value !== null && value > 0 && value < smallest) smallest = value;
      }
    }
  }
  return smallest;
}
