/**
 * The flatness report of a saved model.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { displayedAs } from "../figures/displayed.ts";
import type { ProbeOptions } from "../probes/problem.ts";
import { trainedSlices } from "../probes/parameter_layout.ts";
import {
  type ResidentSplit,
  residentSplit,
} from "../training/resident_data.ts";
import { differencesOf, pairedDirections } from "./compare.ts";
import { checkMetrics, efforts } from "./effort.ts";
import { measurementsFigure } from "./figures.ts";
import { takeMeasures } from "./measure.ts";
import { checkOptions, type FlatnessOptions } from "./options.ts";
import { makePlan, type Plan } from "./plan.ts";
import {
  drawExamples,
  examplesSha256,
  type PreparedExamples,
  type PreparedModel,
  prepareExamples,
  prepareModel,
} from "./prepare.ts";
import {
  cautions,
  type FlatnessReport,
  type ModelReport,
  type ReportedSettings,
} from "./report.ts";
import { rescalingTest } from "./rescaling.ts";
import { selfChecks, weightsSha256 } from "./self_checks.ts";
import { makeSubject, type Subject } from "./subject.ts";

/** What does not depend on how far it is. */
interface Task {
  readonly options: FlatnessOptions;
  readonly settings: ReportedSettings;
  readonly plan: Plan;
  readonly data: ResidentSplit;
}

function subjectOf(
  model: PreparedModel,
  { settings, plan, data }: Task,
  isClassifier: boolean,
): Subject {
  const { precision, batchSize } = plan;
  return makeSubject({
    objective: model.objective,
    weights: model.weights,
    data,
    precision,
    batchSize,
    effort: efforts[settings.budget],
    seed: settings.seed,
    level: model.level,
    isClassifier,
    withoutGradient: model.withoutGradient,
  });
}

/** Measures one model. */
async function measureModel(
  path: string,
  { saved, objective }: PreparedModel,
  subject: Subject,
  { options, settings }: Task,
): Promise<ModelReport> {
  const { signal, onProgress } = options;
  const control = { signal, onProgress };
  const before = weightsSha256(objective);
  const measurements = await takeMeasures(subject, settings.metrics, control);
  const rescaling = await rescalingTest(subject, settings.metrics, control);
  onProgress?.(0, 1, "self-checks");
  return {
    model: {
      path,
      format: saved.format,
      sha256: saved.sha256,
      weightsSha256: before,
      parameters: trainedSlices(subject.surface.layout)
        .reduce((sum, { size }) => sum + size, 0),
    },
    measurements,
    rescaling,
    selfChecks: await selfChecks(subject, before, control),
  };
}

/** The most examples that the time of a pass is taken of. */
const TIMED = 60;

/** Plans with all examples that may be needed. */
async function planFor(
  options: FlatnessOptions,
  { split, facts }: PreparedExamples,
  { objective, weights, withoutGradient }: PreparedModel,
): Promise<Plan> {
  const { budget = "default", seed = 0, batchSize = 250 } = options;
  const effort = efforts[budget];
  const most = options.examples ?? effort.examples;
  const count = Math.min(TIMED, batchSize, most);
  const few = drawExamples(split, count, seed);
  const data = residentSplit(few, facts.shape);
  const problem: ProbeOptions = { objective, weights, data };
  try {
    const plan = await makePlan(problem, {
      names: options.metrics ?? effort.metrics,
      effort,
      models: options.compare === undefined ? 1 : 2,
      available: split.count,
      examples: options.examples,
      precision: options.precision,
      batchSize,
      hasGradient: withoutGradient === undefined,
    }, { signal: options.signal });
    return plan;
  } finally {
    tf.dispose([data.inputs, data.labels]);
  }
}

/**
 * Measures the flatness of a saved model on data: the loss, its derivatives, sharpness,
 * curves and the space of inputs, each number with an error bar, its cost, and what it
 * is invariant to; with self-checks, and a test of what moves when layers are rescaled
 * and the function stays the same.
 *
 * A backend must run: call `initialize` first. The number of examples follows from the
 * budget and the time of a measured gradient unless `examples` says it; with it, the
 * same files, options and seed give the same numbers on the same machine. The report
 * shows itself in a notebook. It does not say that flatter is better.
 *
 * @param options The model, the data, and how much is measured.
 * @returns The report, plain JSON.
 * @throws {ModelFileError} If a model is missing, damaged or not read, or the data do
 * not fit.
 * @throws {DatasetError} If the data are missing, damaged or not read.
 * @throws {RangeError} If an option is out of range.
 *
 * @example A line through two points: L = mean (w·x + b − y)², whose Hessian is known
 * ```ts
 * import { encodeSafetensors } from "../files/safetensors.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { flatness } from "./flatness.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const model = await Deno.makeTempFile({ suffix: ".safetensors" });
 * const tensors = {
 *   "output/kernel": { shape: [1, 1], values: Float32Array.of(2) },
 *   "output/bias": { shape: [1], values: Float32Array.of(0) },
 * };
 * await Deno.writeFile(model, encodeSafetensors({ tensors, metadata: {} }));
 * const data = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(data, "x,y\n1,1\n-1,-1\n2,2\n-2,-2\n");
 *
 * const { measurements } = await flatness({
 *   model,
 *   data,
 *   architecture: { kind: "mlp", inputShape: [1], outputs: 1 },
 *   dataOptions: { kind: "regression" },
 *   budget: "quick",
 *   metrics: ["loss", "hessianTopEigenvalues"],
 * });
 * strictEqual(measurements.loss!.value, 1.25); // half the mean of x²
 * const [top, next] = measurements.hessianTopEigenvalues!.value as number[];
 * ok(Math.abs(top! - 2.5) < 1e-6 && Math.abs(next! - 1) < 1e-6); // mean x², and 1
 * await Deno.remove(model);
 * await Deno.remove(data);
 * ```
 */
export async function flatness(
  options: FlatnessOptions,
): Promise<FlatnessReport> {
  checkOptions(options);
  const started = performance.now();
  const { budget = "default", seed = 0, signal, onProgress } = options;
  const examples = await prepareExamples(options);
  const { facts, split } = examples;
  const isClassifier = facts.kind === "classification";
  const model = await prepareModel(options.model, options, examples);
  let other: PreparedModel | undefined;
  const held: { dispose(): void }[] = [];
  try {
    if (options.compare !== undefined) {
      other = await prepareModel(options.compare, options, examples);
    }
    const plan = await planFor(options, examples, model);
    options.onPlan?.(plan);
    const chosen = drawExamples(split, plan.examples, seed);
    const data = residentSplit(chosen, facts.shape);
    held.push({ dispose: () => tf.dispose([data.inputs, data.labels]) });
    const settings: ReportedSettings = {
      loss: model.loss,
      preprocessing: examples.preprocessing,
      split: options.split ?? "train",
      budget,
      metrics: options.metrics === undefined
        ? efforts[budget].metrics
        : checkMetrics(options.metrics),
      seed,
      batchSize: plan.batchSize,
      precision: plan.precision,
      normalisation: "frozen",
      level: model.level,
      backend: tf.getBackend(),
    };
    const task: Task = { options, settings, plan, data };
    const subject = subjectOf(model, task, isClassifier);
    held.push(subject);
    const own = await measureModel(options.model, model, subject, task);
    const report = {
      format: "slope-flatness-1" as const,
      ...own,
      data: {
        path: examples.path,
        examples: chosen.count,
        of: split.count,
        sha256: examplesSha256(chosen),
        shape: facts.shape,
        classes: facts.classes,
      },
      settings,
      cautions,
      expectedSeconds: plan.seconds,
    };
    const finished = (rest: Partial<FlatnessReport>): FlatnessReport => {
      const seconds = (performance.now() - started) / 1000;
      const whole: FlatnessReport = { ...report, ...rest, seconds };
      return displayedAs(whole, () => measurementsFigure(whole));
    };
    if (other === undefined) return finished({});
    const rival = subjectOf(other, task, isClassifier);
    held.push(rival);
    const theirs = await measureModel(options.compare!, other, rival, task);
    return finished({
      comparison: {
        ...theirs,
        differences: differencesOf(own.measurements, theirs.measurements),
        directions: await pairedDirections(subject, rival, {
          signal,
          onProgress,
        }),
      },
    });
  } finally {
    for (const one of held.reverse()) one.dispose();
    other?.saved.dispose();
    model.saved.dispose();
  }
}
