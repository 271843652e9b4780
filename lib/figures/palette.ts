/**
 * The colours, dashes and marker symbols of the series of a figure.
 *
 * @module
 */

/**
 * Five colours for series: each has a contrast of at least 3:1 against the
 * light and the dark page, and any two stay apart under protanopia,
 * deuteranopia and tritanopia (at least 0.07 in Oklab).
 */
export const palette: readonly string[] = [
  "#1f83dc",
  "#c9820f",
  "#20794f",
  "#d9305a",
  "#9f4fa3",
];

const dashes = ["solid", "dash", "dot", "dashdot"] as const;
const symbols = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "cross",
  "triangle-down",
  "x",
] as const;

/** How the lines and markers of a series look. */
export interface SeriesStyle {
  /** A `#rrggbb` colour. */
  colour: string;
  /** A plotly dash. */
  dash: string;
  /** A plotly marker symbol. */
  symbol: string;
}

/**
 * The look of the series at a position; past the last colour the dash changes,
 * so that the first twenty all differ.
 *
 * @param index From 0.
 *
 * @example
 * ```ts
 * import { seriesStyle } from "./palette.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(seriesStyle(0).dash, "solid");
 * strictEqual(seriesStyle(5).colour, seriesStyle(0).colour);
 * strictEqual(seriesStyle(5).dash, "dash");
 * ```
 */
export function seriesStyle(index: number): SeriesStyle {
  const round = Math.floor(index / palette.length);
  return {
    colour: palette[index % palette.length]!,
    dash: dashes[round % dashes.length]!,
    symbol: symbols[index % symbols.length]!,
  };
}

const rampColours = ["#2f62d6", "#7d4fd0", "#b9459b", "#d84d5f", "#d9730f"];

/**
 * The colour of a series that is one of an ordered family, such as one k of
 * several: from blue over violet and red to orange.
 *
 * @param position In [0, 1].
 *
 * @example
 * ```ts
 * import { rampColour } from "./palette.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(rampColour(0), "#2f62d6");
 * strictEqual(rampColour(1), "#d9730f");
 * ```
 */
export function rampColour(position: number): string {
  const scaled = position * (rampColours.length - 1);
  const index = Math.min(Math.floor(scaled), rampColours.length - 2);
  const from = channels(rampColours[index]!);
  const to = channels(rampColours[index + 1]!);
  const mixed = from.map((value, channel) =>
    Math.round(value + (to[channel]! - value) * (scaled - index))
  );
  return "#" + mixed.map((v) => v.toString(16).padStart(2, "0")).join("");
}

/**
 * A `#rrggbb` colour made transparent, for bands.
 *
 * @param alpha In [0, 1].
 *
 * @example
 * ```ts
 * import { transparent } from "./palette.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(transparent("#1f83dc", 0.2), "rgba(31,131,220,0.2)");
 * ```
 */
export function transparent(colour: string, alpha: number): string {
  return `rgba(${channels(colour).join(",")},${alpha})`;
}

/** The red, green and blue of a `#rrggbb` colour, each 0 to 255. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
