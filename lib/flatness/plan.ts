/**
 * How many examples a budget allows, from the time of a measured gradient.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ProbeControl } from "../probes/control.ts";
import { lossSurface } from "../probes/loss_surface.ts";
import type { ProbeOptions } from "../probes/problem.ts";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import { type Effort, rescalingEffort } from "./effort.ts";
import { passesOf } from "./measure.ts";
import type { MetricName } from "./measurement.ts";
import { GRADIENT, PRODUCT } from "./subject.ts";

/** What is planned. */
export interface Plan {
  /** How many examples are used. */
  readonly examples: number;
  /** The arithmetic. */
  readonly precision: "float32" | "float64";
  /** Examples at a time. */
  readonly batchSize: number;
  /** How many seconds it will take, about. */
  readonly seconds: number;
}

/** What a plan depends on. */
export interface PlanOptions {
  /** What is measured. */
  readonly names: readonly MetricName[];
  /** How often. */
  readonly effort: Effort;
  /** How many models there are, 2 in a comparison. */
  readonly models: number;
  /** How many examples there are. */
  readonly available: number;
  /** A number of examples that is asked for. */
  readonly examples?: number | undefined;
  /** An arithmetic that is asked for. */
  readonly precision?: "float32" | "float64" | undefined;
  /** Examples at a time, at the most. */
  readonly batchSize: number;
  /** Whether the loss has a gradient. */
  readonly hasGradient: boolean;
}

/**
 * Numbers of examples that are chosen from, so that small differences of speed do not
 * change them; all can be divided by three.
 */
const LADDER = [
  ...[30, 45, 60, 90, 150, 210, 300, 450, 600, 900],
  ...[1500, 2100, 3000, 4500, 6000, 9000],
  ...[15_000, 21_000, 30_000, 45_000, 60_000],
];

/** Below so many examples float64 gives way to float32, which is faster. */
const FEW = 1000;

/**
 * What is compiled for a model, in gradients; half of it for the rescaling test, whose
 * batches are smaller.
 */
const COMPILED = 17;

/** What is compiled to check a Hessian product, in gradients. */
const COMPILED_FOR_CHECK = 9;

/** What is compiled for a model whose loss has no gradient, in forward passes. */
const COMPILED_WITHOUT = 9;

/** What plans are off by where other work runs, with some to spare. */
const MARGIN = 1.2;

/** Parts of the data, over which batches do not reach. */
const PARTS = 3;

/** The size of batches that fits into thirds. */
export function batchSizeFor(examples: number, most: number): number {
  return Math.max(1, Math.min(most, Math.ceil(examples / PARTS)));
}

/** Forward passes over the subset. */
function passesOver(
  { names, effort, models, hasGradient }: PlanOptions,
): number {
  const kinds = hasGradient ? 4 : 3;
  return passesOf(names, effort, hasGradient) + GRADIENT +
    (models > 1 ? kinds * effort.pairs + (hasGradient ? GRADIENT : 0) : 0) +
    // Three products on a third of the examples.
    (effort.checksHessian && hasGradient ? PRODUCT : 0);
}

/** Forward passes of single examples for the rescaling test. */
function rescalingPasses({ names, hasGradient }: PlanOptions): number {
  return 2 * rescalingEffort.examples *
    passesOf(names, rescalingEffort, hasGradient);
}

/** Examples of a batch that is small enough for compiling to be most of its first run. */
const SMALL = 10;

/** Times a gradient, or the loss where it has none, of the first examples: twice. */
async function timeTwice(
  options: ProbeOptions,
  count: number,
  hasGradient: boolean,
  control: ProbeControl,
): Promise<[first: number, later: number]> {
  const { inputs, labels } = options.data;
  const data = {
    count,
    inputs: tf.slice(inputs, 0, count),
    labels: tf.slice(labels, 0, count),
  };
  const surface = lossSurface({ ...options, data, batchSize: count });
  const time = async () => {
    const start = performance.now();
    if (hasGradient) await surface.gradient(surface.weights, control);
    else await surface.evaluate(surface.weights, control);
    return (performance.now() - start) / 1000;
  };
  try {
    return [await time(), Math.min(await time(), await time())];
  } finally {
    surface.dispose();
    tf.dispose([data.inputs, data.labels]);
  }
}

/** The seconds that compiling takes, and a forward pass of one example. */
async function timePasses(
  options: ProbeOptions,
  hasGradient: boolean,
  control: ProbeControl,
): Promise<{ compiling: number; pass: number }> {
  const { count } = options.data;
  const small = Math.min(SMALL, count);
  // Of a large batch, the noise of its runs would be taken for compiling.
  const [first, later] = await timeTwice(options, small, hasGradient, control);
  const [, whole] = await timeTwice(options, count, hasGradient, control);
  return {
    compiling: Math.max(0, first - later),
    pass: whole / (hasGradient ? GRADIENT : 1) / count,
  };
}

/**
 * Times gradients of a batch and chooses the largest number of examples that is
 * measured in time, from 30, 45, 60, 90, 150, 210, 300, … so that small differences of
 * speed do not change it; on the tensorflow backend float64, or float32 if float64
 * leaves fewer than 1,000 examples.
 *
 * @param options What is probed, over a batch whose gradient is timed.
 */
export async function makePlan(
  options: ProbeOptions,
  plan: PlanOptions,
  control: ProbeControl = {},
): Promise<Plan> {
  const { effort, models, available, hasGradient } = plan;
  const passes = passesOver(plan);
  const compiled = hasGradient
    ? COMPILED + (effort.checksHessian ? COMPILED_FOR_CHECK : 0)
    : COMPILED_WITHOUT;
  const choices = plan.examples !== undefined
    ? [Math.min(plan.examples, available)]
    : [
      ...LADDER.filter((n) => n < Math.min(available, effort.examples)),
      Math.min(available, effort.examples),
    ];
  const planned = async (precision: Plan["precision"]): Promise<Plan> => {
    const own = { ...options, precision };
    const timed = await timePasses(own, hasGradient, control);
    const secondsFor = (n: number) =>
      MARGIN * models * (timed.compiling * compiled +
        timed.pass * (passes * n + rescalingPasses(plan)));
    const examples = choices.findLast((n) => secondsFor(n) <= effort.seconds) ??
      choices[0]!;
    return {
      examples,
      precision,
      batchSize: batchSizeFor(examples, plan.batchSize),
      seconds: secondsFor(examples),
    };
  };
  if (plan.precision) return await planned(plan.precision);
  if (!currentTensorFlowBackend()) return await planned("float32");
  const exact = await planned("float64");
  const isEnough = plan.examples !== undefined ||
    exact.examples >= Math.min(FEW, choices.at(-1)!);
  return isEnough ? exact : await planned("float32");
}
