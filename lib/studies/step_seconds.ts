/**
 * About how long a training step takes, for estimates of time.
 *
 * @module
 */
import type { ControllerSpec } from "../controllers/controller.ts";
import { distinct, type RunPlan, stepsOf } from "./plan.ts";
import { passesOf } from "./probes/passes.ts";

/**
 * Milliseconds of a step of one run, trained side by side with seven others, by
 * network and size, its share of the evaluations included: at batch 50 on two
 * cores for narrow networks, and at batch 128 on a current GPU for those of the
 * papers (reckoned from their arithmetic, not measured).
 */
const MILLISECONDS: Readonly<Record<string, number>> = {
  "mlp": 1.5,
  "linearText": 1,
  "bilstm 4": 2,
  "bilstm 16": 6,
  "bilstm 256": 150,
  "imageEncoder 4": 4,
  "imageEncoder 8": 9,
  "lenet": 4,
  "resnet18": 12,
  "lossgradCnn": 13,
  "autoencoder": 3.5,
  "cudaConvnet 4": 2,
  "cudaConvnet 16": 12,
  "cudaConvnet 32": 5,
  "allCnn 4": 3,
  // Without dropout.
  "allCnn 12": 24,
  "allCnn 96": 25,
  "resnet 8 4": 6,
  "resnet 8 8": 22,
  "resnet 11 2": 6,
  "resnet 11 4": 22,
  "resnet 20 2": 10,
  "resnet 20 4": 42,
  "resnet 20 64": 40,
  "resnet 32 64": 65,
  "resnet 47 16": 30,
  "resnet 101 16": 60,
  "resnet 110 16": 60,
  "resnet 164 16": 90,
  "wideResnet 10 1": 14,
  "wideResnet 10 2 2": 5,
  "wideResnet 10 4 2": 22,
  "wideResnet 16 8": 80,
  "wideResnet 28 10": 270,
  "densenet 10 2": 10,
  "densenet 10 4": 23,
  "densenet 100 12": 60,
  "densenet 190 40": 400,
  "densenet 250 24": 250,
  "imagenetResnet 4": 4,
  "imagenetResnet 16": 20,
  // On ImageNet, at its own batch of 256: reading the pictures takes as long.
  "imagenetResnet": 400,
  "networkInNetwork": 12,
  "alexnet 16": 10,
  "alexnet 128": 10,
  "alexnet": 200,
  "googlenet small": 15,
  "googlenet": 200,
  "plainNetwork 5 4": 3,
  "plainNetwork 8 4": 5,
  "plainNetwork 40 8": 32,
  "plainNetwork 50 8": 42,
  "plainNetwork 40 64": 80,
  "plainNetwork 50 64": 100,
  // At their own batches, of 10 and 4.
  "pspnet 4": 12,
  "pspnet 16": 13,
  "pspnet 64": 60,
  "unet 4": 12,
  "unet 16": 24,
  "unet 64": 20,
};

/** Milliseconds where a network is not listed. */
const OTHERWISE = 20;

/** The share of those milliseconds that evaluations take, one an epoch. */
const EVALUATING = 0.28;

/** The steps that a measurement of curvature takes as long as. */
const STEPS_PER_CURVATURE = 25;

/** How many steps at a fixed rate a step with a controller takes as long as. */
const STEPS_PER_CONTROLLED: Readonly<Record<string, number>> = {
  "secondOrder": 2.7,
  "firstOrder": 2,
  "secant": 2.2,
};

/** The same of controllers that are not listed: one forward pass more. */
const ONE_PASS_MORE = 1.4;

/** How many times longer a line takes in float64. */
const DOUBLE = 3;

function controlledSteps({ kind, precision }: ControllerSpec): number {
  const steps = STEPS_PER_CONTROLLED[kind] ?? ONE_PASS_MORE;
  return precision === "float64" ? DOUBLE * steps : steps;
}

/** Seconds that the functions of a run's probes take to compile. */
const COMPILING = 2;

/** About how long a step of a run takes, its share of probes included, in seconds. */
export function secondsPerStep(
  { training, controller, probes }: RunPlan,
): number {
  const { model, curvatureEvery = Infinity, evaluateEvery = 1, batchSize } =
    training;
  const { kind, depth, width, widen, growth, stem } = model;
  const units = kind === "bilstm" || kind === "alexnet"
    ? model.units
    : undefined;
  const key = [kind, depth, width, widen, growth, units, stem]
    .filter((part) => part !== undefined);
  const seconds = (MILLISECONDS[key.join(" ")] ?? OTHERWISE) / 1000 *
    (1 - EVALUATING * (1 - 1 / evaluateEvery));
  const step = seconds * (1 + STEPS_PER_CURVATURE / curvatureEvery) *
    (controller ? controlledSteps(controller) : 1);
  if (probes === undefined) return step;
  const probing = COMPILING + seconds * passesOf(probes) / (3 * batchSize);
  return step + probing / stepsOf(training);
}

/** About how long plans take, in seconds; runs that are shared count once. */
export function expectedSeconds(plans: readonly RunPlan[]): number {
  return distinct(plans).reduce(
    (sum, plan) => sum + stepsOf(plan.training) * secondsPerStep(plan),
    0,
  );
}
