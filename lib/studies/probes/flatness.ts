/**
 * How flat the loss is around trained weights and around inputs, measured in the ways
 * of Seong et al. and in two that do not depend on how layers are scaled.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { linearChart } from "../../probes/chart.ts";
import type { ProbeControl } from "../../probes/control.ts";
import { foolingDirections } from "../../probes/fooling_direction.ts";
import { evaluateGrid } from "../../probes/grid.ts";
import type { InputLines } from "../../probes/input_lines.ts";
import { inputNoise } from "../../probes/input_noise.ts";
import { lastLayerFlatness } from "../../probes/last_layer_flatness.ts";
import { type LossSurface, lossSurface } from "../../probes/loss_surface.ts";
import { neighbourPaths } from "../../probes/neighbour_paths.ts";
import { flattenParameters } from "../../probes/parameter_layout.ts";
import { directionBetween } from "../../probes/plane.ts";
import {
  randomDirection,
  type RandomDirectionOptions,
} from "../../probes/random_direction.ts";
import { asamSharpness, samSharpness } from "../../probes/sharpness.ts";
import { norm, scaled } from "../../probes/vectors.ts";
import { everyNth } from "./examples.ts";
import { lossPlane } from "./loss_plane.ts";
import type { TrainedRun } from "./trained_run.ts";

/** Lines through the space of inputs. */
export interface LinesPlan {
  /** The places α on them. */
  readonly alphas: readonly number[];
  /** How many draws. */
  readonly draws: number;
}

/** What is measured, and how much of it. */
export interface FlatnessProbe {
  /** Its kind. */
  readonly kind: "flatness";
  /** The step whose weights are those of the peak stage. */
  readonly peakStep: number;
  /** Steps at which the gradient over the examples is measured, from 0. */
  readonly course: readonly number[];
  /** Training examples that all is measured on, evenly from all of them. */
  readonly examples: number;
  /** Lengths α from the final weights towards those of the peak stage. */
  readonly weightPath: readonly number[];
  /** Unit noise on the inputs. */
  readonly inputNoise: LinesPlan;
  /** From training to validation examples. */
  readonly neighbourPaths: LinesPlan;
  /** Directions in the space of weights. */
  readonly directions: {
    /** How many of each kind. */
    readonly count: number;
    /** How far along those of length 1. */
    readonly lengths: readonly number[];
    /** How far along those whose filters are as long as the weights'. */
    readonly shares: readonly number[];
    /** How far along fooling ones, of length 1: the loss rises faster there. */
    readonly foolingLengths: readonly number[];
  };
  /** Points a side of the plane through initial, peak and final weights; 0: none. */
  readonly plane: number;
}

/** All losses of the lines, one after the other. */
const lossesOf = ({ lines }: InputLines) =>
  lines.flatMap(({ loss }) => [...loss]);

/** Losses at lengths along directions, one direction after the other. */
async function along(
  train: LossSurface,
  directions: readonly Float64Array[],
  lengths: readonly number[],
  control: ProbeControl,
): Promise<number[]> {
  const losses: number[] = [];
  for (const direction of directions) {
    if (!direction.every(Number.isFinite)) {
      losses.push(...lengths.map(() => NaN));
      continue;
    }
    const { values } = await evaluateGrid({
      chart: linearChart(train.weights, [direction]),
      axes: [lengths],
      surfaces: { train },
      ...control,
    });
    losses.push(...values.train!.loss.map((loss) => loss ?? NaN));
  }
  return losses;
}

/** Losses in random directions, of length 1 and with filters as long as the weights'. */
async function randomDirections(
  train: LossSurface,
  { directions: { count, lengths, shares } }: FlatnessProbe,
  options: RandomDirectionOptions,
  control: ProbeControl,
): Promise<{ unit: number[]; relative: number[] }> {
  const drawn = (norm: "unit" | "filter") =>
    Array.from(
      { length: count },
      (_, index) => randomDirection(train, { ...options, norm, index }),
    );
  return {
    unit: await along(train, drawn("unit"), lengths, control),
    relative: await along(train, drawn("filter"), shares, control),
  };
}

/** The gradient's length over the examples along the training, and how far it went. */
async function course(
  train: LossSurface,
  { course }: FlatnessProbe,
  at: (step: number) => Promise<Float64Array>,
  control: ProbeControl,
): Promise<Record<string, number[]>> {
  const initial = await at(0);
  const norms: number[] = [], distances: number[] = [];
  for (const step of course) {
    const weights = await at(step);
    const { gradient } = await train.gradient(weights, control);
    norms.push(norm(gradient));
    distances.push(norm(directionBetween(initial, weights)));
  }
  return { "gradient norm": norms, "distance from start": distances };
}

/**
 * Measures a run; lists are in the order of the probe's own.
 *
 * @returns `loss` (of initial, peak and final weights), `lengths` (of the final
 * weights, from final to peak, from final to initial), losses along the lines
 * (`weight path`, `input noise`, `neighbour paths`, `first layer`, `all layers`,
 * `fooling`, the two random ones also with `, relative`), `label agreement` of the
 * neighbours, `ASAM`, `SAM`, `relative flatness` of the last layer, the `course`'s lists,
 * and those of the plane.
 */
export async function flatness(
  probe: FlatnessProbe,
  { objective, data, seed, steps, weightsAt }: TrainedRun,
  control: ProbeControl,
): Promise<Record<string, number[]>> {
  const examples = everyNth(data.train, probe.examples);
  const weights = await weightsAt(steps);
  const precision = "float32";
  const options = { objective, data: examples, weights, precision } as const;
  const train = lossSurface(options);
  try {
    const { layout } = train;
    const at = async (step: number) =>
      flattenParameters(layout, await weightsAt(step));
    const initial = await at(0), peak = await at(probe.peakStep);
    const final = train.weights;
    const towardsPeak = directionBetween(final, peak);
    const distance = norm(towardsPeak);
    const losses = await train.evaluateAll([initial, peak, final], control);

    const { foolingLengths, count } = probe.directions;
    const firstKernel = layout.slices.find(({ role }) => role === "kernel")!;
    const outputKernel = layout.slices.findLast(({ role }) =>
      role === "kernel"
    )!;
    const random = { seed, ignore: [] };
    const first = await randomDirections(train, probe, {
      ...random,
      block: ({ name }) => name === firstKernel.name,
    }, control);
    const all = await randomDirections(train, probe, random, control);
    const fooling = await Array.fromAsync(
      foolingDirections(train, count, control),
    );
    const neighbours = await neighbourPaths(options, {
      ...probe.neighbourPaths,
      towards: data.evaluation.validation!,
      seed,
      ...control,
    });
    const noise = await inputNoise(options, {
      ...probe.inputNoise,
      seed,
      ...control,
    });
    return {
      loss: losses.map(({ loss }) => loss),
      lengths: [
        norm(final),
        distance,
        norm(directionBetween(final, initial)),
      ],
      "weight path": await along(
        train,
        [scaled(towardsPeak, 1 / distance)],
        probe.weightPath,
        control,
      ),
      "input noise": lossesOf(noise),
      "neighbour paths": lossesOf(neighbours),
      "label agreement": [neighbours.labelAgreement],
      "first layer": first.unit,
      "first layer, relative": first.relative,
      "all layers": all.unit,
      "all layers, relative": all.relative,
      fooling: await along(train, fooling, foolingLengths, control),
      ASAM: [await asamSharpness(train, control)],
      SAM: [await samSharpness(train, control)],
      "relative flatness": [
        await lastLayerFlatness(options, outputKernel.name, control),
      ],
      ...await course(train, probe, at, control),
      ...probe.plane > 0
        ? await lossPlane(train, {
          initial,
          peak,
          course: await Promise.all(probe.course.map(at)),
          points: probe.plane,
        }, control)
        : {},
    };
  } finally {
    train.dispose();
    tf.dispose([examples.inputs, examples.labels]);
  }
}
