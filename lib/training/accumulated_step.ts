/**
 * A step whose batch is taken in parts, so that only one part's activations are in
 * memory at a time.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { Step, StepInputs, StepOptions } from "./step.ts";
import { applyGradients, type RunState } from "./apply_gradients.ts";
import { type BatchGradients, batchGradients } from "./batch_gradients.ts";

/** A sum over micro-batches so far; nothing before the first. */
type Sum = BatchGradients | undefined;

/** All parameters, with running statistics that have moved. */
function withStatistics(
  { objective }: StepOptions,
  parameters: readonly Tensor[],
  statistics: readonly Tensor[],
): Tensor[] {
  let at = 0;
  return objective.parameters.map((p, i) =>
    p.role === "statistic" ? statistics[at++]! : parameters[i]!
  );
}

/**
 * Compiles a step that adds up the gradients of micro-batches one after another:
 * g = (1/m)·Σⱼ gⱼ, where gⱼ is the mean over the j-th of m equal parts of the
 * batch. Normalisation sees one part at a time, and moves its running statistics m
 * times a step; everything else is as in one batch.
 *
 * It is called as a {@linkcode Step} is; draws hold m blocks, one a part.
 *
 * @param options As for one batch; `batchSize` is that of the whole.
 * @param microBatches m, a divisor of `batchSize`.
 */
export function compileAccumulatedStep(
  options: StepOptions,
  microBatches: number,
): Step {
  const precision = { precision: options.precision ?? "float32" } as const;
  const part = { ...options, batchSize: options.batchSize / microBatches };

  const accumulate: Compiled<
    (
      data: { inputs: Tensor; labels: Tensor },
      parameters: Tensor[][],
      sums: Sum[],
      draws: Tensor1D[],
    ) => BatchGradients[]
  > = compile((data, parameters, sums, draws) =>
    parameters.map((values, i) => {
      const sum = sums[i];
      const all = sum
        ? withStatistics(options, values, sum.statistics)
        : values;
      const found = batchGradients(part, data, all, draws[i]!);
      if (sum === undefined) return found;
      return {
        loss: tf.add(sum.loss, found.loss),
        gradients: found.gradients.map((g, j) => tf.add(sum.gradients[j]!, g)),
        statistics: found.statistics,
      };
    }), precision);

  const apply: Compiled<
    (
      runs: RunState[],
      sums: BatchGradients[],
      numbers: Tensor1D[],
    ) => ReturnType<Step>
  > = compile((runs, sums, numbers) => {
    const results = runs.map((state, i) => {
      const { loss, gradients, statistics } = sums[i]!;
      return applyGradients(options, state, {
        loss: tf.div(loss, microBatches),
        gradients: gradients.map((g) => tf.div(g, microBatches)),
        // Elsewhere than on tensorflow these would be the sums' own, freed below.
        statistics: statistics.map((s) => tf.clone(s)),
      }, numbers[i]!);
    });
    return {
      runs: results.map(({ state }) => state),
      metrics: tf.stack(results.map(({ metrics }) => metrics)),
    };
  }, precision);

  function step(
    data: { inputs: Tensor; labels: Tensor },
    runs: RunState[],
    inputs: StepInputs[],
  ): ReturnType<Step> {
    const parameters = runs.map((run) => run.parameters);
    let sums: Sum[] = runs.map(() => undefined);
    for (let j = 0; j < microBatches; j++) {
      const draws = inputs.map(({ draw }) => {
        const block = draw.size / microBatches;
        return tf.slice(draw, [j * block], [block]);
      });
      const next = accumulate(data, parameters, sums, draws);
      disposeSums(sums);
      tf.dispose(draws);
      sums = next;
    }
    const outputs = apply(
      runs,
      sums as BatchGradients[],
      inputs.map(({ numbers }) => numbers),
    );
    disposeSums(sums);
    return outputs;
  }

  const result = Object.assign(step, {
    dispose() {
      accumulate.dispose();
      apply.dispose();
    },
  });
  return Object.defineProperty(result, "variants", {
    get: () => accumulate.variants + apply.variants,
  }) as Step;
}

function disposeSums(sums: readonly Sum[]): void {
  for (const sum of sums) {
    if (sum) tf.dispose([sum.loss, ...sum.gradients, ...sum.statistics]);
  }
}
