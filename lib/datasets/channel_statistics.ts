import type { Split } from "./dataset.ts";

/** The mean and the standard deviation of each channel, or feature. */
export interface ChannelStatistics {
  /** The mean μ of each channel. */
  mean: number[];
  /** The standard deviation σ of each channel. */
  standardDeviation: number[];
}

/**
 * The mean and the standard deviation of each channel of a split:
 *
 * ```math
 * \mu_c = \frac{1}{m} \sum_i x_{ic} \qquad
 * \sigma_c = \sqrt{\frac{1}{m} \sum_i (x_{ic} - \mu_c)^2}
 * ```
 *
 * where x_{ic} is channel c of pixel i, and m the number of pixels of all
 * images (of features: of examples). Summed in float64.
 *
 * @param split The examples, usually those to train on.
 * @param shape The shape of one example; its last axis is the channels.
 * @returns One mean and one standard deviation per channel.
 * @throws {RangeError} If the inputs do not have that shape.
 *
 * @example Two examples of two features
 * ```ts
 * import { channelStatistics } from "./channel_statistics.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const split = { count: 2, inputs: Float32Array.of(1, 5, 3, 9), labels: new Int32Array(2) };
 * deepStrictEqual(channelStatistics(split, [2]), { mean: [2, 7], standardDeviation: [1, 2] });
 * ```
 */
export function channelStatistics(
  split: Split,
  shape: readonly number[],
): ChannelStatistics {
  const { count, inputs } = split;
  const channels = shape.at(-1) ?? 0;
  const size = shape.reduce((a, b) => a * b, 1);
  if (inputs.length !== count * size || count < 1 || channels < 1) {
    throw new RangeError(
      `${inputs.length} inputs are not ${count} examples of shape [${
        shape.join(", ")
      }]`,
    );
  }
  const perChannel = inputs.length / channels;
  const mean = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let i = channel; i < inputs.length; i += channels) sum += inputs[i]!;
    return sum / perChannel;
  });
  const standardDeviation = mean.map((centre, channel) => {
    let sum = 0;
    for (let i = channel; i < inputs.length; i += channels) {
      sum += (inputs[i]! - centre) ** 2;
    }
    return Math.sqrt(sum / perChannel);
  });
  return { mean, standardDeviation };
}
