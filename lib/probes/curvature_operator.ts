/**
 * What Hessian, Gauss–Newton and Fisher products share: central differences along
 * a direction, batch by batch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Batch } from "../training/objective.ts";
import { gather, type ResidentSplit } from "../training/resident_data.ts";
import { type ProbeControl, quietly } from "./control.ts";
import {
  type FrozenSwitches,
  replaySwitches,
  withFrozenSwitches,
} from "./frozen_switches.ts";
import type { CurvatureOperator, SharedOperator } from "./operator.ts";
import { type BatchFunction, overBatches } from "./over_batches.ts";
import type { ParameterSlice } from "./parameter_layout.ts";
import {
  checkVector,
  parametersIn,
  type ProbeOptions,
  type Problem,
  problem,
} from "./problem.ts";
import {
  type Decisions,
  RecordedPasses,
  type Replayed,
} from "./recorded_passes.ts";
import { statisticsOf } from "./statistics.ts";
import { add, norm, scaled } from "./vectors.ts";

/** What curvature is measured, and how. */
export interface CurvatureOperatorOptions extends ProbeOptions {
  /**
   * Which parameters the matrix is over, such as those of one layer. Statistics
   * never are.
   *
   * @default {all that are trained}
   */
  readonly block?: (slice: ParameterSlice) => boolean;
  /**
   * Whether rectifiers and max-pooling keep the decisions that they take at the
   * weights (`frozen`), so that no difference counts a kink as curvature, or not
   * (`free`).
   *
   * @default {"frozen"}
   */
  readonly switches?: "frozen" | "free";
  /**
   * The length ε of the difference, as a multiple of the weights' norm.
   *
   * @default {1e-6 in float64, 1e-4 in float32; 1e-8 in float64 with free switches or
   * forward differences}
   */
  readonly step?: number;
  /**
   * Of the Hessian: whether gradients are taken on both sides of the weights
   * (`central`), or on one, for a little more than half the price (`forward`). In
   * float64 the error is then about 1e-7 instead of 1e-8, far below the residuals of
   * eigenvectors and the errors of traces.
   *
   * @default {"central"}
   */
  readonly difference?: "central" | "forward";
}

/** A batch's share of a product, in a graph. */
export interface BatchProduct {
  /** All parameters at the weights. */
  readonly at: readonly Tensor[];
  /** All parameters at weights ± ε·v, v of length 1. */
  readonly ahead: readonly Tensor[];
  readonly behind: readonly Tensor[];
  /** ε·v. */
  readonly shift: readonly Tensor[];
  /** 2ε, a scalar. */
  readonly width: Tensor;
  readonly batch: Batch;
  /** Records what `record` decides, and lets it be replayed; or does nothing. */
  freeze<T>(
    record: () => unknown,
    use: (replay: FrozenSwitches["replay"]) => T,
  ): T;
}

function checkStep(step: number): void {
  if (!(step > 0 && step < 1)) {
    throw new RangeError(`step must be > 0 and < 1, got ${step}`);
  }
}

/**
 * An operator from what each batch adds to a product.
 *
 * @param product The batch's mean as a vector of all parameters, statistics 0.
 * @param isForward Whether that is a gradient ahead, of which the one at the weights is
 * to be taken off.
 */
export function curvatureOperator(
  options: CurvatureOperatorOptions,
  product: (given: Problem, part: BatchProduct) => Tensor,
  isForward: boolean = false,
): SharedOperator {
  const given = problem(options);
  const { layout, precision, normalisation } = given;
  const { switches = "frozen", block = () => true } = options;
  if (switches !== "frozen" && switches !== "free") {
    throw new RangeError(
      `switches must be "frozen" or "free", got ${JSON.stringify(switches)}`,
    );
  }
  const slices = layout.slices.filter((slice) =>
    slice.role !== "statistic" && block(slice)
  );
  const size = slices.reduce((sum, slice) => sum + slice.size, 0);
  if (size === 0) {
    throw new RangeError("block must choose at least one trained parameter");
  }
  const step = options.step ??
    (precision === "float32"
      ? 1e-4
      : switches === "frozen" && !isForward
      ? 1e-6
      : 1e-8);
  checkStep(step);
  const unfrozen = new Set<string>();

  type Freeze = BatchProduct["freeze"];
  /** Uses switches, and notes which could not be frozen. */
  const noting = <T>(
    use: (replay: FrozenSwitches["replay"]) => T,
    seen: (frozen: FrozenSwitches) => void = () => {},
  ) =>
  (frozen: FrozenSwitches): T => {
    const result = use(frozen.replay);
    for (const name of frozen.unfrozen) unfrozen.add(name);
    seen(frozen);
    return result;
  };
  const productWith = (
    freeze: Freeze,
    ...[{ inputs, labels }, indices, point, shift, width]: Parameters<
      BatchFunction
    >
  ): Tensor => {
    const place = (vector: Tensor) => parametersIn(layout, vector);
    return product(given, {
      at: place(point!),
      ahead: place(tf.add(point!, shift!)),
      behind: place(tf.sub(point!, shift!)),
      get shift() {
        return place(shift!);
      },
      width: tf.reshape(width!, []),
      batch: gather(inputs, labels, indices),
      freeze,
    });
  };
  const compiled = compile<BatchFunction>(
    (...args) =>
      productWith(
        (record, use) =>
          switches === "free"
            ? use((f) => f())
            : withFrozenSwitches(record, noting(use)),
        ...args,
      ),
    { precision },
  );
  // What nothing of the result depends on is not in the graph.
  const recording = compile(
    (...args: Parameters<BatchFunction>): Decisions => {
      let decisions: Decisions = [[tf.scalar(0)]]; // a graph has an output
      productWith(
        (record, use) =>
          withFrozenSwitches(
            record,
            noting(use, (frozen) => {
              if (frozen.decisions.length === 0) return;
              decisions = frozen.decisions.map((own) =>
                own.map((tensor) => tf.clone(tensor))
              );
            }),
          ),
        ...args,
      );
      return decisions;
    },
    { precision },
  );
  const replayed = compile<Replayed>(
    (data, indices, decisions, ...vectors) =>
      productWith(
        (_, use) => replaySwitches(decisions, noting(use)),
        data,
        indices,
        ...vectors,
      ),
    { precision },
  );
  const passes = new RecordedPasses();
  const isRecorded = switches === "frozen" &&
    currentTensorFlowBackend() !== undefined;
  const statistics = statisticsOf(given);

  const embed = (vector: Float64Array): Float64Array => {
    if (vector.length !== size) {
      throw new TypeError(
        `a vector of this operator must have ${size} numbers, got ${vector.length}`,
      );
    }
    const full = new Float64Array(layout.size);
    let at = 0;
    for (const slice of slices) {
      full.set(vector.subarray(at, at += slice.size), slice.offset);
    }
    return full;
  };
  const restrict = (vector: Float64Array): Float64Array => {
    const part = new Float64Array(size);
    let at = 0;
    for (const slice of slices) {
      const { offset } = slice;
      part.set(vector.subarray(offset, offset + slice.size), at);
      at += slice.size;
    }
    return part;
  };

  const over = (
    data: ResidentSplit,
    weights: Float64Array,
  ): CurvatureOperator => {
    const epsilon = step * (norm(weights) || 1);
    const owner = {};
    let point: Promise<Float64Array> | undefined;
    let base: Promise<Float64Array> | undefined;
    /** The mean of the batches' shares, for a shift of the weights. */
    const meanAt = async (shift: Float64Array, control: ProbeControl) => {
      point ??= normalisation === "frozen"
        ? Promise.resolve(weights)
        : statistics.at(weights);
      const sum = new Float64Array(layout.size);
      await overBatches(
        given,
        data,
        [await point, shift, Float64Array.of(2 * epsilon)],
        isRecorded
          ? passes.pass(owner, recording, replayed, compiled)
          : compiled,
        quietly(control),
        (numbers, count) => add(sum, count / data.count, numbers),
      );
      return sum;
    };
    return {
      size,
      embed,
      restrict,
      get unfrozen() {
        return [...unfrozen].sort();
      },
      async apply(vector, control = {}) {
        const full = embed(vector);
        const length = norm(full);
        if (length === 0) return new Float64Array(size);
        const shift = full.map((x) => x / length * epsilon);
        if (!isForward) {
          return restrict(scaled(await meanAt(shift, control), length));
        }
        base ??= meanAt(new Float64Array(layout.size), control);
        const here = await base;
        const ahead = await meanAt(shift, control);
        add(ahead, -1, here);
        return restrict(scaled(ahead, length / epsilon));
      },
      dispose() {
        passes.dispose();
        for (const part of [compiled, recording, replayed, statistics]) {
          part.dispose();
        }
      },
    };
  };
  // A spread would read `unfrozen` once for all.
  return Object.assign(over(given.data, given.weights), {
    over: (data: ResidentSplit) => over(data, given.weights),
    at(weights: Float64Array) {
      checkVector("weights", given, weights);
      return over(given.data, weights);
    },
  });
}
