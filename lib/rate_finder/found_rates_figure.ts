import type { Figure } from "../figures/figure.ts";
import { lineFigure } from "../figures/line_figure.ts";
import type { FoundRates } from "./found_rates.ts";

/** The loss where a curve has a rate: of the nearest one. */
function lossAt({ rates, smoothed }: FoundRates, rate: number): number {
  const gaps = rates.map((other) => Math.abs(Math.log(other / rate)));
  return smoothed[gaps.indexOf(Math.min(...gaps))]!;
}

/** Why a test ended, in words. */
const ENDED: Readonly<Record<FoundRates["stopped"], string>> = {
  end: "to the end of the range",
  diverged: "until the smoothed loss rose too far above its least",
  "not finite": "until a loss was not finite",
};

/** A rate in two digits. */
function digits(rate: number | null): string {
  return rate === null ? "none" : String(Number(rate.toPrecision(2)));
}

/**
 * The losses of a range test over the learning rate, with the suggestions marked.
 *
 * @param found What the test found.
 * @param title The title of the figure.
 *
 * @example
 * ```ts
 * import { foundRatesFigure } from "./found_rates_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = foundRatesFigure({
 *   rates: [0.01, 0.1, 1],
 *   losses: [3, 2, 4],
 *   smoothed: [3, 2, 4],
 *   stopped: "end",
 *   suggestions: { valley: 0.1, slide: null, minimum: 0.01, steep: 0.01 },
 * });
 *
 * strictEqual(figure.data.length, 5); // two curves and three marks
 * ```
 */
export function foundRatesFigure(
  found: FoundRates,
  title = "Learning-rate range test",
): Figure {
  const { rates, losses, smoothed, suggestions } = found;
  const marks = Object.entries(suggestions).flatMap(([name, rate]) =>
    rate === null ? [] : [{
      name: `${name} ${digits(rate)}`,
      x: [rate],
      y: [lossAt(found, rate)],
      markers: true,
    }]
  );
  const suggested = Object.entries(suggestions).map(([name, rate]) =>
    `${name} ${digits(rate)}`
  );
  return lineFigure({
    title,
    caption: `${rates.length} steps, ${ENDED[found.stopped]}. Suggestions: ${
      suggested.join(", ")
    }.`,
    x: { title: "learning rate", scale: "log" },
    y: { title: "loss" },
    series: [
      { name: "loss", x: rates, y: losses, dash: "dot" },
      { name: "smoothed", x: rates, y: smoothed },
      ...marks,
    ],
  });
}
