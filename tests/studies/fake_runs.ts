/** Runs that were never made, for tests of what is said of runs. */
import type { TrainingPlan } from "../../lib/studies/plan.ts";
import type { Run } from "../../lib/studies/study.ts";

/** What a made-up arm is. */
export interface Fake {
  arm: string;
  errors: number[];
  epochs?: number;
  seeds?: number;
  status?: "done" | "diverged";
}

const training: TrainingPlan = {
  model: { kind: "mlp" },
  data: { dataset: "cifar-10", train: 5000, validation: 2000, test: 4000 },
  optimizer: { kind: "momentum" },
  batchSize: 50,
  epochs: 20,
  augment: false,
  recordEvery: 1,
};

/** Runs of an arm whose test errors are given, one run a seed. */
export function fakes(
  { arm, errors, epochs = 20, seeds = 5, status = "done" }: Fake,
): Run[] {
  return Array.from({ length: seeds }, (_, seed) => ({
    plan: {
      arm,
      seed,
      learningRate: { kind: "constant", value: 0.1 },
      training: { ...training, epochs },
    },
    id: `${arm} ${seed}`,
    status,
    evaluatedEpochs: errors.map((_, i) => i),
    evaluation: { test: { loss: errors, error: errors } },
    epochMeans: { loss: [], learningRate: [], gradientNorm: [] },
    forwardPasses: 0,
    seconds: 0,
  }));
}
