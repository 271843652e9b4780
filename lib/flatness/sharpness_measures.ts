/**
 * How much the loss rises around the weights.
 *
 * @module
 */
import {
  averageSharpness,
  pacBayesSigma,
} from "../probes/average_sharpness.ts";
import { lossSurface, type SurfaceValue } from "../probes/loss_surface.ts";
import {
  asamSharpness,
  keskarSharpness,
  samSharpness,
} from "../probes/sharpness.ts";
import { standardError, together } from "./statistics.ts";
import { GRADIENT, type Measure } from "./subject.ts";

/** The rises of the parts between the two points of a call. */
function rises(call: SurfaceValue[][]): number[] {
  return call.map(([here, there]) => there!.loss - here!.loss);
}

/** SAM's and ASAM's sharpness. */
export const worstDirectionMeasure: Measure = {
  names: ["samSharpness", "asamSharpness"],
  needsGradient: true,
  passes: () => 2 * (GRADIENT + 2),
  async take({ surface }, control) {
    const sam = await surface.recorded(() => samSharpness(surface, control));
    const asam = await surface.recorded(() => asamSharpness(surface, control));
    return {
      passes: 2 * (GRADIENT + 2),
      values: {
        samSharpness: {
          value: sam.result,
          error: standardError(rises(sam.calls.at(-1)!)),
        },
        asamSharpness: {
          value: asam.result,
          error: standardError(rises(asam.calls.at(-1)!)),
        },
      },
    };
  },
};

/** Mean rise under noise on the weights, absolute and relative. */
function averageMeasure(
  name: "averageSharpness" | "relativeAverageSharpness",
  noise: { sigma: number; magnitudeAware: boolean },
): Measure {
  return {
    names: [name],
    passes: ({ draws }) => 1 + draws,
    async take({ surface, effort: { draws }, seed }, control) {
      const { result, calls: [here, ...there] } = await surface.recorded(() =>
        averageSharpness(surface, { ...noise, draws, seed, ...control })
      );
      const byPart = here!.map(([value], part) =>
        there.reduce((sum, call) => sum + call[part]![0]!.loss, 0) /
          there.length - value!.loss
      );
      return {
        passes: 1 + draws,
        values: {
          [name]: {
            value: result.value,
            error: together(result.standardError, standardError(byPart)),
          },
        },
      };
    },
  };
}

/** Under the same noise for all weights. */
export const averageSharpnessMeasure: Measure = averageMeasure(
  "averageSharpness",
  { sigma: 0.01, magnitudeAware: false },
);

/** Under noise in proportion to the weights. */
export const relativeAverageSharpnessMeasure: Measure = averageMeasure(
  "relativeAverageSharpness",
  { sigma: 0.1, magnitudeAware: true },
);

/** Steps of L-BFGS; each takes about one gradient, the first some more. */
const STEPS = 10;

/** Keskar's sharpness, on all and for the error bar on each part. */
export const keskarMeasure: Measure = {
  names: ["keskarSharpness"],
  needsGradient: true,
  passes: () => 4 * GRADIENT * STEPS,
  async take(subject, control) {
    const { surface, divided } = subject;
    const options = { iterations: STEPS, ...control };
    const value = await keskarSharpness(surface, options);
    const values: number[] = [];
    for (const data of divided.splits) {
      const part = lossSurface({ ...subject, data });
      try {
        values.push(await keskarSharpness(part, options));
      } finally {
        part.dispose();
      }
    }
    return {
      passes: 4 * GRADIENT * STEPS,
      values: {
        keskarSharpness: {
          value,
          error: standardError(values),
          note: "a lower bound: the maximum found may be a local one",
        },
      },
    };
  },
};

/** Halvings of σ's range, and draws at each. */
const HALVINGS = 10, DRAWS = 5;

/** PAC-Bayes σ. */
export const pacBayesMeasure: Measure = {
  names: ["pacBayesSigma"],
  passes: () => (HALVINGS + 1) * DRAWS + 1,
  async take({ surface, seed }, control) {
    const { sigma, error, reached } = await pacBayesSigma(surface, {
      halvings: HALVINGS,
      draws: DRAWS,
      seed,
      ...control,
    });
    const note = "the error is of the bisection";
    return {
      passes: (HALVINGS + 1) * DRAWS + 1,
      values: {
        pacBayesSigma: reached ? { value: sigma, error, note } : {
          value: null,
          error: null,
          note: `the error did not rise by 0.1 up to σ = ${sigma}`,
        },
      },
    };
  },
};
