import { channelStatistics } from "./channel_statistics.ts";
import type { Dataset } from "./dataset.ts";
import { displayed } from "./displayed.ts";
import { standardise } from "./standardise.ts";

/**
 * A data set whose inputs are standardised: z = (x − μ) / σ in each channel, with μ
 * and σ of the training examples for both splits.
 *
 * @param dataset The data set; it is left as it is.
 * @returns A data set with new inputs and the same labels.
 *
 * @example
 * ```ts
 * import { drawnDigits, standardised } from "./mod.ts";
 * import { ok } from "node:assert";
 *
 * const { train } = standardised(drawnDigits({ train: 100, test: 50 }));
 * const mean = train.inputs.reduce((sum, x) => sum + x, 0) / train.inputs.length;
 * ok(Math.abs(mean) < 1e-5);
 * ```
 */
export function standardised(dataset: Dataset): Dataset {
  const { shape, train, test, source } = dataset;
  const statistics = channelStatistics(train, shape);
  return displayed({
    ...dataset,
    train: standardise(train, statistics),
    test: standardise(test, statistics),
    source: `${source}, standardised`,
  });
}
