/**
 * Steps whose size a controller chooses.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Context, ControllerEvent } from "../controllers/controller.ts";
import { countPasses, PASSES } from "../controllers/count_passes.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { Metrics, Stepper } from "./advance.ts";
import { type RunState, stepNumbers } from "./apply_gradients.ts";
import {
  lineFunctions,
  type LineNumbers,
  readNumbers,
} from "./compiled_line.ts";
import { type Examples, examplesOfSteps } from "./examples.ts";
import { disposeState } from "./group.ts";
import type { Begun, LineInputs } from "./line_step.ts";
import { withTrained } from "./line_step.ts";
import type { Training } from "./options.ts";
import { isStreamed, type TrainingData } from "./training_data.ts";
import { stepsOfEpoch } from "./with_defaults.ts";
import type { Run } from "./run.ts";

/** Where in its training a run is, for its controller. */
function contextOf(run: Run, stepsPerEpoch: number): Context {
  const { epochMetric, memory } = run;
  const previousRate = memory?.previousRate;
  return {
    step: run.step,
    stepsPerEpoch,
    ...epochMetric === undefined ? {} : { epochMetric },
    ...previousRate === undefined ? {} : { previousRate },
  };
}

/** Whether all numbers of a beginning are finite. */
function isFinite(numbers: LineNumbers): boolean {
  return [
    numbers.loss,
    numbers.slope,
    numbers.gradientNormSquared,
    numbers.directionNormSquared,
    numbers.parameterNormSquared,
  ].every(Number.isFinite);
}

/** Whether there is a line to step along: without one no rule gives a step. */
function hasLine(
  { slope, gradientNormSquared, directionNormSquared }: LineNumbers,
): boolean {
  return [slope, gradientNormSquared, directionNormSquared]
    .every(Number.isFinite);
}

/**
 * Refuses a training whose loss is not finite before any step.
 *
 * @throws {RangeError} If it is not.
 */
function checkStart(
  runs: readonly Run[],
  begun: readonly Begun[],
  known: readonly LineNumbers[],
): void {
  const bad = known.find(({ loss }, i) =>
    runs[i]!.step === 0 && !Number.isFinite(loss)
  );
  if (bad === undefined) return;
  tf.dispose(begun as unknown as tf.TensorContainer);
  throw new RangeError(
    `the loss of the first batch must be finite before any step, got ${bad.loss}: look at the data and the initial parameters`,
  );
}

/** The examples that lines are evaluated on where that is not the batch. */
function validationExamples({ evaluation }: TrainingData): Examples {
  const { validation } = evaluation;
  if (validation === undefined || isStreamed(validation)) {
    throw new TypeError(
      `lineOn "validation" needs a validation split on the device (residentData)`,
    );
  }
  return { inputs: validation.inputs, labels: validation.labels };
}

/** Makes the stepper of a training whose runs have controllers. */
export function lineStepper(training: Training, weighted: boolean): Stepper {
  const { data, divergence, objective, averaging, curvatureEvery } = training;
  const functions = lineFunctions({ ...training, weighted });
  const examplesOf = examplesOfSteps(training);
  const elsewhere = training.lineOn === "validation"
    ? validationExamples(data)
    : undefined;
  const stepsPerEpoch = stepsOfEpoch(training);
  const trained = objective.parameters.flatMap(({ role }, i) =>
    role === "statistic" ? [] : [i]
  );

  /** What a run's step begins with, and the trial that it asks for. */
  function inputsOf(run: Run, draw: Int32Array<ArrayBuffer>) {
    const { options, step } = run;
    const controller = options.controller!;
    const weight = options.gradientWeight?.(step) ?? 1;
    const factor = options.learningRate?.(step);
    // Elsewhere than on a float32 line, and where averages follow, the step waits.
    const early = controller.precision === "float32" &&
        averaging === undefined && elsewhere === undefined
      ? controller.trial(contextOf(run, stepsPerEpoch), run.memory!.state)
      : undefined;
    const inputs: LineInputs = {
      numbers: tf.tensor1d(stepNumbers(training, 1, weight, step)),
      draw: tf.tensor1d(draw, "int32") as Tensor1D,
      trial: early === undefined ? undefined : tf.scalar(early),
      factor: early === undefined || factor === undefined
        ? undefined
        : tf.scalar(factor),
    };
    return { inputs, early, weight, factor: factor ?? 1 };
  }

  /** The state after a step of η. */
  function stateAfter(run: Run, begun: Begun, rate: number, ready: boolean) {
    const { parameters, average } = run.state;
    const here = trained.map((at) => parameters[at]!);
    const next = ready
      ? begun.stepped!
      : functions.take(here, begun.direction, rate);
    if (!ready) tf.dispose(begun.stepped ?? []);
    const all = withTrained(training, parameters, next);
    let statistic = 0;
    objective.parameters.forEach(({ role }, i) => {
      if (role === "statistic") all[i] = begun.statistics[statistic++]!;
    });
    const state: RunState = { parameters: all, slots: begun.slots };
    if (run.state.previous) state.previous = begun.direction;
    else tf.dispose(begun.direction);
    if (average && averaging) {
      state.average = functions.average(
        average,
        all,
        averaging.share(run.step),
      );
    }
    return state;
  }

  /** Ends a step that has begun. */
  function finish(
    run: Run,
    begun: Begun,
    known: LineNumbers,
    asked: ReturnType<typeof inputsOf>,
    source: Examples,
  ): Metrics {
    const controller = run.options.controller!;
    const memory = run.memory!;
    const weight = weighted ? tf.scalar(asked.weight) : undefined;
    const drawn = run.drawForLine &&
      tf.tensor1d(run.drawForLine(run.step), "int32") as Tensor1D;
    const compiled = functions.line(
      {
        data: elsewhere ?? source,
        parameters: run.state.parameters,
        direction: begun.direction,
        draw: drawn ?? asked.inputs.draw,
        weight,
      },
      elsewhere === undefined ? known : { ...known, value: undefined },
      controller.precision,
    );
    const { early } = asked;
    const line = countPasses({
      ...compiled,
      previousSlope: memory.previousRate === undefined || !run.state.previous
        ? undefined
        : known.previousSlope,
      at: (rate) => rate === early ? known.trial : compiled.at(rate),
    });
    const decision = controller.next(
      line,
      contextOf(run, stepsPerEpoch),
      memory.state,
    );
    const measured = curvatureEvery > 0 && run.step % curvatureEvery === 0;
    const curvature = measured ? compiled.curvature() : undefined;
    compiled.dispose();
    tf.dispose([weight, drawn] as Tensor[]);

    const chosen = decision.learningRate;
    const rate = chosen * asked.factor;
    const after = rate === chosen ? line.values.get(chosen) : undefined;
    const finite = Number.isFinite(known.loss) &&
      (divergence !== "stop" || hasLine(known)) &&
      (divergence !== "reject-step" ||
        isFinite(known) && (after === undefined || Number.isFinite(after)));
    const kept = finite || divergence === "continue";
    const ready = begun.stepped !== undefined && chosen === early;
    const next = stateAfter(run, begun, rate, ready);
    disposeState(kept ? run.state : next);
    if (kept) run.state = next;

    const events: ControllerEvent[] = [...decision.events];
    if (known.reversed) {
      const detail = "g·d was negative: the step goes along −d";
      events.push({ event: "direction reversed", detail });
    }
    const first = events.filter(({ event }) => !memory.counts[event]);
    for (const { event } of events) {
      memory.counts[event] = (memory.counts[event] ?? 0) + 1;
    }
    memory.state = decision.state;
    memory.previousRate = kept ? rate : 0;
    delete run.epochMetric;
    run.step++;
    run.cost += PASSES.gradient + line.passes +
      (elsewhere === undefined ? 0 : PASSES.slopeAt);
    return {
      loss: known.loss,
      finite,
      squares: {
        gradient: known.gradientNormSquared / (asked.weight ** 2 || 1),
        update: rate ** 2 * known.directionNormSquared,
        parameters: known.parameterNormSquared,
      },
      control: {
        learningRate: rate,
        slope: line.slope,
        counts: { ...memory.counts },
        first,
        ...curvature === undefined ? {} : { curvature },
        ...after === undefined ? {} : { decrease: line.value - after },
      },
    };
  }

  return {
    async advance(runs) {
      const { examples, draws, dispose } = await examplesOf(runs);
      const asked = runs.map((run, i) => inputsOf(run, draws[i]!));
      const inputs = asked.map(({ inputs }) => inputs);
      try {
        const begun = functions.begin(
          examples,
          runs.map(({ state }) => state),
          inputs,
        );
        const known = begun.map(readNumbers);
        checkStart(runs, begun, known);
        return runs.map((run, i) =>
          finish(run, begun[i]!, known[i]!, asked[i]!, examples)
        );
      } finally {
        tf.dispose(inputs as unknown as tf.TensorContainer);
        dispose();
      }
    },
    dispose: () => functions.dispose(),
  };
}
