/**
 * The arguments of `deno task flatness`.
 *
 * @module
 */
import { type Budget, efforts } from "../flatness/effort.ts";
import { type MetricName, metricNames } from "../flatness/measurement.ts";
import type { FlatnessOptions, Preprocessing } from "../flatness/options.ts";
import { didYouMean } from "../text/nearest.ts";
import type { LossName } from "../training/layers_model.ts";
import type { Args } from "./args.ts";
import { UsageError } from "./command.ts";

/** The options of the command. */
export const options = {
  boolean: [
    "quick",
    "thorough",
    "json",
    "schema",
    "standardise",
    "list-metrics",
  ],
  string: [
    "data",
    "metrics",
    "compare",
    "out",
    "loss",
    "architecture",
    "kind",
    "label",
    "labels",
    "split",
    "size",
    "shorter-side",
    "scale",
    "mean",
    "std",
    "subset",
    "batch-size",
    "seed",
    "precision",
    "backend",
    "max",
  ],
  collect: ["max"],
} as const;

/** The arguments of the command. */
export type Given = Args<typeof options>;

/** A number of an option. */
function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new UsageError(`--${option} must be a number, got ${text}`);
}

/** Numbers of an option, with commas between them. */
function numbersOf(option: string, text: string): number[] {
  return text.split(",").map((part) => numberOf(option, part));
}

/** One of the words that an option allows. */
function wordOf<const Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  if (words.includes(text as Word)) return text as Word;
  throw new UsageError(
    `--${option} must be ${words.join(" or ")}, got ${text}${
      didYouMean(text, words)
    }`,
  );
}

function metricOf(option: string, text: string): MetricName {
  if (metricNames.includes(text as MetricName)) return text as MetricName;
  throw new UsageError(
    `--${option}: there is no measure ${text}${
      didYouMean(text, metricNames) || "; --list-metrics prints them"
    }`,
  );
}

/** Bounds of `--max`, by the names of measures. */
export function boundsOf(texts: readonly string[]): [MetricName, number][] {
  return texts.map((text) => {
    const [name = "", value] = text.split("=");
    if (value === undefined) {
      throw new UsageError(`--max must be METRIC=VALUE, got ${text}`);
    }
    return [metricOf("max", name), numberOf("max", value)];
  });
}

function architectureOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value === "object" && value !== null && !Array.isArray(value)
    ) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Not JSON: said below.
  }
  throw new UsageError(
    `--architecture must be a JSON object such as {"kind":"lenet"}, got ${text}`,
  );
}

function preprocessingOf({ scale, mean, std, standardise }: Given) {
  const given: Preprocessing = {
    ...scale === undefined ? {} : { scale: numberOf("scale", scale) },
    ...mean === undefined ? {} : { mean: numbersOf("mean", mean) },
    ...std === undefined ? {} : { standardDeviation: numbersOf("std", std) },
    ...standardise ? { standardise } : {},
  };
  return given;
}

function budgetOf({ quick, thorough }: Given): Budget {
  if (quick && thorough) {
    throw new UsageError("--quick and --thorough exclude each other");
  }
  return quick ? "quick" : thorough ? "thorough" : "default";
}

/** What is measured: what is named or usual, and what there are bounds for. */
function metricsOf({ metrics, max }: Given, budget: Budget): MetricName[] {
  const wanted = metrics?.split(",").map((text) => metricOf("metrics", text)) ??
    efforts[budget].metrics;
  return [...new Set([...wanted, ...boundsOf(max).map(([name]) => name)])];
}

/** What the arguments ask for. */
export function optionsOf(args: Given): FlatnessOptions {
  const [model] = args._;
  if (model === undefined) {
    throw new UsageError("name the model, such as model.keras; see --help");
  }
  if (args.data === undefined) {
    throw new UsageError("name the data with --data FILE; see --help");
  }
  const { label } = args;
  const budget = budgetOf(args);
  return {
    model: String(model),
    data: args.data,
    budget,
    preprocessing: preprocessingOf(args),
    dataOptions: {
      kind: args.kind === undefined
        ? undefined
        : wordOf("kind", args.kind, ["classification", "regression"]),
      labels: args.labels,
      label: label !== undefined && /^\d+$/.test(label) ? Number(label) : label,
      size: args.size === undefined ? undefined : numberOf("size", args.size),
      shorterSide: args["shorter-side"] === undefined
        ? undefined
        : numberOf("shorter-side", args["shorter-side"]),
    },
    metrics: metricsOf(args, budget),
    ...args.compare === undefined ? {} : { compare: args.compare },
    ...args.loss === undefined ? {} : { loss: args.loss as LossName },
    ...args.architecture === undefined
      ? {}
      : { architecture: architectureOf(args.architecture) },
    ...args.split === undefined
      ? {}
      : { split: wordOf("split", args.split, ["train", "test"]) },
    ...args.subset === undefined
      ? {}
      : { examples: numberOf("subset", args.subset) },
    ...args["batch-size"] === undefined
      ? {}
      : { batchSize: numberOf("batch-size", args["batch-size"]) },
    ...args.seed === undefined ? {} : { seed: numberOf("seed", args.seed) },
    ...args.precision === undefined ? {} : {
      precision: wordOf("precision", args.precision, ["float32", "float64"]),
    },
  };
}
