/**
 * k-decay, table 1: its networks, how they are trained, what the paper measured.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { ModelSpec, TrainingPlan } from "../plan.ts";
import { settings } from "./settings.ts";

/** The paper's errors in %, without k-decay and with the best k, and that k. */
export type PaperErrors = readonly [before: number, after: number, k: number];

/** What the networks of one design have in common. */
export interface Family {
  /** What a step schedule multiplies by, and after which shares of the training. */
  step: { factor: number; at: readonly number[] };
  /** How the family is trained, where it differs from ResNets. */
  training: Readonly<Record<Scale, Partial<TrainingPlan>>>;
}

const nesterov = {
  kind: "nesterov",
  momentum: 0.9,
  weightDecay: 5e-4,
} as const;

const resnets: Family = {
  step: { factor: 0.1, at: [0.5, 0.75] },
  training: { smoke: {}, small: {}, paper: {} },
};

const wideResnets: Family = {
  step: { factor: 0.2, at: [0.3, 0.6, 0.8] },
  training: {
    smoke: { optimizer: nesterov },
    small: { optimizer: nesterov, evaluateEvery: 5 },
    paper: { optimizer: nesterov },
  },
};

const densenets: Family = {
  step: { factor: 0.1, at: [0.5, 0.75] },
  training: {
    smoke: { optimizer: nesterov },
    small: { optimizer: nesterov, evaluateEvery: 5 },
    paper: {
      optimizer: { ...nesterov, weightDecay: 1e-4 },
      batchSize: 64,
      epochs: 300,
    },
  },
};

/** A row of table 1, whatever the scale. */
export interface TableRow {
  name: string;
  family: Family;
  /**
   * The network at each scale. Below the paper's, wide ResNets of two sizes would be
   * one and the same, and so would DenseNets.
   */
  model: Readonly<Partial<Record<Scale, ModelSpec>>>;
  /** What the paper measured. */
  paper: Readonly<Record<"CIFAR-10" | "CIFAR-100", PaperErrors>>;
}

/** The rows of table 1. */
export const tableRows: readonly TableRow[] = [
  {
    name: "ResNet-110",
    family: resnets,
    model: {
      smoke: settings.smoke.basic.model,
      small: settings.small.basic.model,
      paper: { kind: "resnet", depth: 110, block: "basic", width: 16 },
    },
    paper: { "CIFAR-10": [6.37, 5.26, 2], "CIFAR-100": [25.21, 24.48, 2] },
  },
  {
    name: "ResNet-164",
    family: resnets,
    model: {
      small: settings.small.shallow.model,
      paper: { kind: "resnet", depth: 164, block: "bottleneck", width: 16 },
    },
    paper: { "CIFAR-10": [5.46, 5.03, 5], "CIFAR-100": [24.33, 23.54, 3.5] },
  },
  {
    name: "WRN-16-8",
    family: wideResnets,
    model: {
      smoke: { kind: "wideResnet", depth: 10, width: 2, widen: 2 },
      small: { kind: "wideResnet", depth: 10, width: 4, widen: 2 },
      paper: { kind: "wideResnet", depth: 16, widen: 8 },
    },
    paper: { "CIFAR-10": [4.81, 3.73, 3], "CIFAR-100": [22.07, 20.18, 1.5] },
  },
  {
    name: "WRN-28-10",
    family: wideResnets,
    model: {
      paper: { kind: "wideResnet", depth: 28, widen: 10 },
    },
    paper: { "CIFAR-10": [4.17, 3.59, 1.5], "CIFAR-100": [20.5, 18.43, 1.5] },
  },
  {
    name: "DenseNet-BC-100-12",
    family: densenets,
    model: {
      smoke: { kind: "densenet", depth: 10, growth: 2 },
      small: { kind: "densenet", depth: 10, growth: 4 },
      paper: { kind: "densenet", depth: 100, growth: 12 },
    },
    paper: { "CIFAR-10": [4.51, 4.19, 1.5], "CIFAR-100": [22.27, 22.08, 1.5] },
  },
  {
    name: "DenseNet-BC-250-24",
    family: densenets,
    model: {
      paper: { kind: "densenet", depth: 250, growth: 24 },
    },
    paper: { "CIFAR-10": [3.62, 3.58, 1.75], "CIFAR-100": [17.6, 17.07, 2] },
  },
];
