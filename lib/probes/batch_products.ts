/**
 * What each batch adds to a product, compiled: with switches that are recorded once
 * and replayed, or as they come.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Batch } from "../training/objective.ts";
import { gather } from "../training/resident_data.ts";
import {
  type FrozenSwitches,
  replaySwitches,
  withFrozenSwitches,
} from "./frozen_switches.ts";
import type { BatchFunction } from "./over_batches.ts";
import { parametersIn, type Problem } from "./problem.ts";
import {
  type Decisions,
  RecordedPasses,
  type Replayed,
} from "./recorded_passes.ts";

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

/** The products of batches. */
export interface BatchProducts {
  /** A pass over the batches, in order; `owner` stands for the data and the weights. */
  pass(owner: unknown): BatchFunction;
  /** The names of what could not be frozen. */
  unfrozen(): string[];
  /** Frees what is compiled and kept. */
  dispose(): void;
}

/**
 * Compiles the products of batches.
 *
 * @param product The batch's mean as a vector of all parameters, statistics 0.
 * @param switches Whether decisions are those at the weights.
 */
export function batchProducts(
  given: Problem,
  product: (given: Problem, part: BatchProduct) => Tensor,
  switches: "frozen" | "free",
): BatchProducts {
  const { layout, precision } = given;
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
  return {
    pass: (owner) =>
      isRecorded ? passes.pass(owner, recording, replayed, compiled) : compiled,
    unfrozen: () => [...unfrozen].sort(),
    dispose() {
      passes.dispose();
      for (const part of [compiled, recording, replayed]) part.dispose();
    },
  };
}
