/**
 * One spec of every kind of schedule, over some hundred steps, for the list and
 * the gallery.
 *
 * @module
 */
import type { ScheduleSpec } from "../schedules/mod.ts";

const cosine = { kind: "cosine", from: 0.1, to: 0.001, steps: 100 };
const line = { kind: "linear", from: 0.1, to: 0.001, steps: 100 };
const bell = { kind: "gaussian", peak: 0.1, end: 1e-5, steps: 100 };
const drops = {
  kind: "multiStep",
  from: 0.1,
  factor: 0.3,
  milestones: [40, 70],
  steps: 100,
};

const examples: readonly ScheduleSpec[] = [
  { kind: "clamp", inner: bell, minimum: 0.005, maximum: 0.08 },
  { kind: "constant", value: 0.1, steps: 100 },
  cosine,
  {
    kind: "cosineRestarts",
    from: 0.1,
    period: 20,
    lengthFactor: 2,
    heightFactor: 0.8,
    times: 3,
  },
  { kind: "cyclic", lower: 0.01, upper: 0.1, rise: 10, fall: 15, steps: 100 },
  {
    kind: "equalArea",
    inner: cosine,
    to: { kind: "kDecay", inner: line, k: 3 },
  },
  { kind: "exponential", from: 0.1, factor: 0.5, every: 20, steps: 100 },
  { kind: "flatCosine", from: 0.1, flat: 70, steps: 100 },
  bell,
  { kind: "inverseSquareRoot", from: 0.1, timescale: 10, steps: 100 },
  {
    kind: "inverseTime",
    from: 0.1,
    decay: 1,
    every: 10,
    power: 0.75,
    steps: 100,
  },
  {
    kind: "join",
    pieces: [{ schedule: { kind: "constant", value: 0.1 }, steps: 60 }, {
      schedule: { kind: "linear", from: 0.05, steps: 40 },
    }],
  },
  { kind: "kDecay", inner: cosine, k: 3 },
  { kind: "laplacian", peak: 0.1, end: 1e-4, steps: 100 },
  line,
  drops,
  { kind: "noise", inner: cosine, amount: 0.2, seed: 7 },
  { kind: "normalisedExponential", from: 0.1, to: 0.001, steps: 100 },
  { kind: "oneCycle", peak: 0.1, steps: 100 },
  { kind: "oneCycleMomentum", steps: 100 },
  { kind: "perEpoch", inner: line, stepsPerEpoch: 10 },
  {
    kind: "perIteration",
    inner: { kind: "cosine", from: 0.1, steps: 5 },
    stepsPerEpoch: 20,
  },
  {
    kind: "piecewiseConstant",
    points: [
      { step: 0, value: 0.01 },
      { step: 10, value: 0.1 },
      { step: 60, value: 0.02 },
    ],
    steps: 100,
  },
  {
    kind: "piecewiseInterpolated",
    points: [
      { step: 0, value: 0.02 },
      { step: 30, value: 0.1 },
      { step: 80, value: 0.05 },
      { step: 100, value: 0 },
    ],
    shape: "cosine",
  },
  { kind: "polynomial", from: 0.1, to: 0.001, steps: 100, power: 2 },
  {
    kind: "product",
    factors: [{ kind: "cosine", from: 1, steps: 100 }, drops],
  },
  { kind: "random", low: 0.02, high: 0.1, every: 5, seed: 7, steps: 100 },
  { kind: "rational", from: 0.1, decay: 0.1, steps: 100 },
  {
    kind: "repeat",
    inner: { kind: "linear", from: 0.1, steps: 25 },
    times: 4,
    heightFactor: 0.7,
  },
  { kind: "reverse", inner: drops },
  { kind: "scale", inner: cosine, factor: 0.5 },
  {
    kind: "sequential",
    schedules: [
      { kind: "constant", value: 0.03 },
      { kind: "exponential", from: 0.1, factor: 0.97 },
      { kind: "constant", value: 0.01, steps: 20 },
    ],
    milestones: [20, 80],
  },
  { kind: "shift", inner: cosine, by: 30 },
  { kind: "step", from: 0.1, factor: 0.5, every: 25, steps: 100 },
  { kind: "stretch", inner: drops, steps: 150 },
  {
    kind: "sum",
    terms: [line, { kind: "cyclic", lower: 0, upper: 0.02, rise: 5 }],
  },
  { kind: "tanh", from: 0.1, to: 0.001, steps: 100 },
  { kind: "trapezoid", peak: 0.1, rise: 10, fall: 40, steps: 100 },
  { kind: "warmUp", inner: cosine, steps: 20 },
  {
    kind: "warmUpStableDecay",
    peak: 0.1,
    warmUp: 10,
    decay: 30,
    steps: 100,
    decayShape: "oneMinusSquareRoot",
  },
];

/** The example of each kind, by its name. */
export const scheduleExamples: ReadonlyMap<string, ScheduleSpec> = new Map(
  examples.map((spec) => [spec.kind, spec]),
);
