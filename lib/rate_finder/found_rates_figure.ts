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

/**
 * The greatest loss that is drawn: as far above the first as the least is below it,
 * and half of it at the least. Losses beyond would leave nothing else to be seen.
 */
function ceilingOf({ smoothed }: FoundRates): number {
  const first = smoothed[0]!;
  const least = Math.min(...smoothed.filter(Number.isFinite));
  return first + Math.max(first - least, Math.abs(first) / 2);
}

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
  const ceiling = ceilingOf(found);
  const drawn = (values: readonly number[]) =>
    values.map((loss) => loss <= ceiling ? loss : NaN);
  const marks = Object.entries(suggestions).flatMap(([name, rate]) =>
    rate === null ? [] : [{
      name: `${name} ${digits(rate)}`,
      x: [rate],
      y: drawn([lossAt(found, rate)]),
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
    }.${
      losses.some((loss) => !(loss <= ceiling))
        ? ` Losses above ${ceiling.toPrecision(2)} are not drawn.`
        : ""
    }`,
    x: { title: "learning rate", scale: "log" },
    y: { title: "loss" },
    series: [
      { name: "loss", x: rates, y: drawn(losses), dash: "dot" },
      { name: "smoothed", x: rates, y: drawn(smoothed) },
      ...marks,
    ],
  });
}
