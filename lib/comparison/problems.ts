/**
 * The suite of problems, by name.
 *
 * @module
 */
import type { OpenDatasetOptions } from "../datasets/open_dataset.ts";
import { autoencoder } from "../models/autoencoder.ts";
import { bilstm } from "../models/bilstm.ts";
import { lenet } from "../models/lenet.ts";
import { mlp } from "../models/mlp.ts";
import { resnet } from "../models/resnet.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { quadraticProblem, rosenbrockProblem } from "./analytic_problems.ts";
import {
  networkProblem,
  type NetworkProblemOptions,
} from "./network_problem.ts";
import type { TestProblem } from "./problem.ts";

/** Where the suite's data come from. */
export interface ProblemOptions {
  /**
   * Whether MNIST, Fashion-MNIST, CIFAR-10 and IMDb are used, not generated data.
   * @default {false}
   */
  readonly canonical?: boolean;
  /** Where they are looked for. */
  readonly datasets?: OpenDatasetOptions;
}

/** A network of the suite: on generated data, or on canonical ones. */
function onData(
  [generated, canonical]: readonly [string, string],
  options: Omit<NetworkProblemOptions, "dataset" | "datasets">,
): (options: ProblemOptions) => TestProblem {
  return ({ canonical: real = false, datasets = {} }) =>
    networkProblem({
      ...options,
      dataset: real ? canonical : generated,
      datasets,
    });
}

const digits = ["drawn-digits", "mnist"] as const;

const suite: Readonly<
  Record<string, (options: ProblemOptions) => TestProblem>
> = {
  "quadratic-10": () => quadraticProblem({ conditionNumber: 10 }),
  "quadratic-100": () => quadraticProblem({ conditionNumber: 100 }),
  "quadratic-1000": () => quadraticProblem({ conditionNumber: 1000 }),
  "rosenbrock": () => rosenbrockProblem(),
  "logistic": onData(digits, {
    name: "logistic",
    title: "logistic regression",
    network: ({ inputShape, classes }) => mlp({ inputShape, outputs: classes }),
  }),
  "mlp": onData(digits, {
    name: "mlp",
    title: "an MLP with 64 hidden units",
    network: ({ inputShape, classes }) =>
      mlp({ inputShape, hidden: [64], outputs: classes }),
  }),
  "lenet": onData(["drawn-digits", "fashion-mnist"], {
    name: "lenet",
    title: "LeNet",
    network: lenet,
  }),
  "resnet": onData(["textured-shapes", "cifar-10"], {
    name: "resnet",
    title: "ResNet-8, 8 channels",
    network: (data) => resnet({ ...data, depth: 8, width: 8 }),
  }),
  "autoencoder": onData(digits, {
    name: "autoencoder",
    title: "an autoencoder with a code of 16",
    task: "reconstruction",
    network: ({ inputShape }) => autoencoder({ inputShape, hidden: [64, 16] }),
  }),
  "bilstm": onData(["negated-opinions", "imdb-64"], {
    name: "bilstm",
    title: "a bidirectional LSTM with 8 units",
    network: (data) =>
      bilstm({
        ...data,
        vocabulary: 1000,
        embedding: 8,
        units: 8,
        deviation: 0.3,
      }),
  }),
};

/** The names of the suite's problems. */
export const problemNames: readonly string[] = Object.keys(suite);

/**
 * A problem of the suite.
 *
 * @param name One of {@linkcode problemNames}.
 * @param options Where its data come from.
 * @throws {RangeError} If there is no such problem.
 *
 * @example
 * ```ts
 * import { problemByName } from "./problems.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * strictEqual(problemByName("mlp").outcome.name, "test error");
 * throws(() => problemByName("rosenbrok"), /did you mean "rosenbrock"\?/);
 * ```
 */
export function problemByName(
  name: string,
  options: ProblemOptions = {},
): TestProblem {
  if (!Object.hasOwn(suite, name)) {
    throw new RangeError(
      `a problem must be ${problemNames.join(", ")}, got ${show(name)}${
        didYouMean(name, problemNames)
      }`,
    );
  }
  return suite[name]!(options);
}
