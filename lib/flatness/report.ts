/**
 * What a flatness report holds.
 *
 * @module
 */
import type { Budget } from "./effort.ts";
import type { Measurements, MetricName } from "./measurement.ts";

/** The model of a report. */
export interface ReportedModel {
  /** Where it was read from. */
  readonly path: string;
  /** How it is stored. */
  readonly format: string;
  /** SHA-256 of its files. */
  readonly sha256: string;
  /** SHA-256 of the weights themselves. */
  readonly weightsSha256: string;
  /** How many numbers are trained. */
  readonly parameters: number;
}

/** The data of a report. */
export interface ReportedData {
  /** Where they were read from. */
  readonly path: string;
  /** How many examples were used. */
  readonly examples: number;
  /** Of how many. */
  readonly of: number;
  /** SHA-256 of the inputs and labels that were used, prepared, in their order. */
  readonly sha256: string;
  /** The shape of an example. */
  readonly shape: readonly number[];
  /** The number of classes; 0 where labels are numbers. */
  readonly classes: number;
}

/** How the numbers of a report were measured. */
export interface ReportedSettings {
  /** The loss, the mean over examples; regularisers are not in it. */
  readonly loss: string;
  /** How inputs were prepared. */
  readonly preprocessing: string;
  /** The part of the data: `train` or `test`. */
  readonly split: string;
  /** How much was measured. */
  readonly budget: Budget;
  /** What was asked for. */
  readonly metrics: readonly MetricName[];
  /** Of all that was drawn at random. */
  readonly seed: number;
  /** Examples at a time. */
  readonly batchSize: number;
  /** The arithmetic. */
  readonly precision: string;
  /** Which statistics batch normalisation used. */
  readonly normalisation: string;
  /** The level of the flatness slope: the loss of guessing. */
  readonly level: number;
  /** What TensorFlow.js ran on. */
  readonly backend: string;
}

/** Whether the measuring can be trusted. */
export interface SelfChecks {
  /** |L − L'| of the loss, measured twice: 0 where arithmetic is deterministic. */
  readonly repeat: number;
  /** The same at another batch size, relative to the loss. */
  readonly otherBatchSize: number;
  /** Whether the model's weights are to the bit what they were before. */
  readonly weightsRestored: boolean;
  /**
   * ‖a − f‖/‖f‖ of a Hessian product f with frozen switches and one, a, with free
   * ones; null if not checked. Large where kinks are crossed: then only f is right.
   */
  readonly hessianDifference: number | null;
  /** The error bar of that check: of the free products at ε and ε/10. */
  readonly hessianPair: number | null;
  /** Kernels with kinks whose switches could not be frozen. */
  readonly unfrozen: readonly string[];
}

/** What moved when layers were rescaled and the function stayed the same. */
export interface RescalingTest {
  /** The examples that it was made on. */
  readonly examples: number;
  /** Which weights were multiplied, and which divided, by which factor. */
  readonly factors: readonly {
    readonly multiplied: string;
    readonly divided: string;
    readonly factor: number;
  }[];
  /** The largest relative change of the loss of a part of the examples. */
  readonly functionChange: number;
  /** By how much, relatively, each measure changed. */
  readonly changes: Readonly<Partial<Record<MetricName, number>>>;
  /** Those that changed by more than a hundredth. */
  readonly moved: readonly MetricName[];
  /** Those among them that should not have. */
  readonly unexpected: readonly MetricName[];
}

/** What was measured of one model. */
export interface ModelReport {
  /** The model. */
  readonly model: ReportedModel;
  /** The numbers. */
  readonly measurements: Measurements;
  /** Whether they can be trusted. */
  readonly selfChecks: SelfChecks;
  /** What moves under rescaling; null where no two layers can be rescaled. */
  readonly rescaling: RescalingTest | null;
}

/** Rises of two models' losses along directions of the same seeds. */
export interface PairedDirections {
  /**
   * Random directions, each filter as long as the weights' or of length 1 in all; or
   * `fooling` ones of length 1, each model's own: up its gradients over the same parts
   * of the examples.
   */
  readonly norm: "filter" | "unit" | "fooling";
  /** Which layers were moved. */
  readonly layers: "all" | "first";
  /** How far, in lengths of the direction. */
  readonly alpha: number;
  /** L(w + α·d) − L(w) of this model, one a direction. */
  readonly rises: readonly number[];
  /** The same of the other model. */
  readonly otherRises: readonly number[];
  /** In how many pairs the other model's loss rose more. */
  readonly otherHigher: number;
  /** How likely a split at least as uneven is by chance: a two-sided sign test. */
  readonly pValue: number;
}

/** A second model, measured in the same way. */
export interface ModelComparison extends ModelReport {
  /** The other's number less this model's, and one standard error. */
  readonly differences: Readonly<
    Partial<Record<MetricName, { value: number; error: number | null }>>
  >;
  /** Along paired directions. */
  readonly directions: readonly PairedDirections[];
}

/** The flatness of a model on data. */
export interface FlatnessReport extends ModelReport {
  /** The form of the report. */
  readonly format: "slope-flatness-1";
  /** What it was measured on. */
  readonly data: ReportedData;
  /** How. */
  readonly settings: ReportedSettings;
  /** A second model, if there is one. */
  readonly comparison?: ModelComparison;
  /** What a reader must know before drawing conclusions. */
  readonly cautions: readonly string[];
  /** How long it was expected to take, from the time of one gradient. */
  readonly expectedSeconds: number;
  /** How long it took. */
  readonly seconds: number;
}

/** The three cautions of every report. */
export const cautions: readonly string[] = [
  "The same function can have a Hessian as large or as small as one likes: a layer of a rectifier network times a factor and the next one divided by it change nothing but the weights (Dinh et al., 2017, arXiv 1703.04933). Numbers that are not invariant to it compare models only where their weights are scaled alike; see what the rescaling test moved.",
  "Sharpness often follows the learning rate and other choices of training rather than generalisation, adaptive sharpness too (Andriushchenko et al., 2023, arXiv 2302.07011). Nothing here says that a flatter model is a better one.",
  "Under cross-entropy the curvature of a model that classifies all examples rightly goes to 0 as its outputs grow, though its decisions stay the same. Compare at equal loss, or on another loss.",
];
