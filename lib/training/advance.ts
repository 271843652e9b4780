/**
 * Steps of runs side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ControllerEvent } from "../controllers/controller.ts";
import { PASSES } from "../controllers/count_passes.ts";
import type { ControllerMemory } from "./controller_memory.ts";
import { stepNumbers } from "./apply_gradients.ts";
import { examplesOfSteps } from "./examples.ts";
import { disposeState } from "./group.ts";
import type { Training } from "./options.ts";
import type { Run } from "./run.ts";
import { compileAccumulatedStep } from "./accumulated_step.ts";
import { compileStep } from "./step.ts";

/** What a controller did at a step. */
export interface Control {
  /** η, with what a schedule multiplied it by. */
  learningRate: number;
  /** −g·d. */
  slope: number;
  /** f(0) − f(η), where f(η) is known. */
  decrease?: number;
  /** dᵀHd; not at every step. */
  curvature?: number;
  /** How often each event has happened. */
  counts: ControllerMemory["counts"];
  /** Events that happened for the first time. */
  first: ControllerEvent[];
}

/** What a step measured. */
export interface Metrics {
  /** The loss of the batch. */
  loss: number;
  /** g·g, ‖update‖² and ‖parameters‖²; not at every step. */
  squares?: { gradient: number; update: number; parameters: number };
  /** Whether that is all finite; norms count for the policy `reject-step` only. */
  finite: boolean;
  /** What the controller did, where there is one. */
  control?: Control;
}

/** Takes steps. */
export interface Stepper {
  /**
   * Takes one step of runs that are all at the same step; with the policy `stop`
   * or `reject-step`, those whose metrics are not finite keep their state.
   *
   * @param runs The runs.
   * @param detailed Whether norms are wanted.
   * @returns What each run's step measured.
   */
  advance(
    runs: readonly Run[],
    detailed: boolean,
  ): Promise<Metrics[]>;
  /** Frees the compiled steps. */
  dispose(): void;
}

/** Makes the stepper of a training whose rates are scheduled. */
export function stepper(training: Training, weighted: boolean): Stepper {
  const { divergence, microBatches } = training;
  const examplesOf = examplesOfSteps(training);
  const compiled = (detailed: boolean) => {
    const options = { ...training, weighted, detailed };
    return microBatches === 1
      ? compileStep(options)
      : compileAccumulatedStep(options, microBatches);
  };
  const brief = compiled(false);
  const detailed = compiled(true);
  return {
    async advance(runs, withNorms) {
      const drawn = await examplesOf(runs);
      const inputs = runs.map(({ options, step }, i) => ({
        numbers: tf.tensor1d(stepNumbers(
          training,
          options.learningRate!(step),
          options.gradientWeight?.(step) ?? 1,
          step,
        )),
        draw: tf.tensor1d(drawn.draws[i]!, "int32"),
      }));
      // A bad step can have a good loss, and only its norms tell.
      const step = withNorms || divergence === "reject-step" ? detailed : brief;
      let outputs: ReturnType<typeof step>;
      try {
        outputs = step(
          drawn.examples,
          runs.map(({ state }) => state),
          inputs,
        );
      } finally {
        tf.dispose(inputs as unknown as tf.TensorContainer);
        drawn.dispose();
      }
      const values = outputs.metrics.dataSync() as Float32Array;
      outputs.metrics.dispose();
      const width = values.length / runs.length;
      return runs.map((run, i) => {
        const [loss, ...squares] = values.subarray(i * width, (i + 1) * width);
        const [gradient, update, parameters] = squares;
        const finite = Number.isFinite(loss) &&
          (divergence !== "reject-step" || squares.every(Number.isFinite));
        const kept = finite || divergence === "continue";
        disposeState(kept ? run.state : outputs.runs[i]!);
        if (kept) run.state = outputs.runs[i]!;
        run.step++;
        run.cost += PASSES.gradient * (training.sharpness ? 2 : 1);
        return {
          loss: loss!,
          finite,
          ...gradient === undefined ? {} : {
            squares: { gradient, update: update!, parameters: parameters! },
          },
        };
      });
    },
    dispose() {
      brief.dispose();
      detailed.dispose();
    },
  };
}
