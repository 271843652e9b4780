/**
 * `deno task train`: one's own model on one's own data.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { DatasetError } from "../datasets/dataset_error.ts";
import { withLock } from "../files/lock.ts";
import { initialize } from "../runtime/initialize.ts";
import { ModelFileError } from "../saved_models/model_file_error.ts";
import { createProgress } from "../terminal/progress.ts";
import {
  checkRules,
  runTraining,
  type TrainingSummary,
} from "../train_spec/run_training.ts";
import {
  parseTrainSpec,
  trainJsonSchema,
  type TrainSpec,
} from "../train_spec/spec.ts";
import type { RunRecord } from "../training/records.ts";
import { type Command, ExitCode, runCommand, UsageError } from "./command.ts";
import { readFolder, readOutput } from "./read_folders.ts";
import { readBackend } from "./read_options.ts";

const help = `
Usage: deno task train SPEC.json [--out DIR] [--resume]

Trains a model on data, as a spec in JSON says:

  {
    "model": { "file": "model.keras" }      or { "kind": "resnet", "depth": 20 }
    "data": { "file": "train.npz" }         or { "name": "fashion-mnist" }
    "learningRate": { "kind": "cosine", "from": 0.1, "steps": { "fraction": 1 } },
    "optimizer": { "kind": "momentum", "weightDecay": 5e-4 },
    "epochs": 20
  }

Models: TensorFlow.js model.json, Keras .keras and .h5, safetensors and .npz with an
architecture, a run's folder, or a network by name. Data: .npz, .csv, idx, CIFAR's
.bin, a folder of pictures, or a data set by name. docs/train.md tells of every field.

  --out DIR        the run's folder (default: runs/NAME of the spec)
  --resume         go on with the run in the folder
  --data DIR       the folder of data sets with names (default: SLOPE_DATA)
  --backend NAME   auto (default), tensorflow, webgpu, wasm or cpu
  --json           print the summary as JSON
  --schema         print the JSON Schema of specs
  --help           print this

Ctrl-C leaves a state that --resume goes on from.
Exit code: 0 done, 1 failed, 2 bad usage or input, 130 interrupted.
`;

const options = {
  boolean: ["resume", "json", "schema"],
  string: ["out", "data", "backend"],
} as const;

/** The largest spec, in bytes. */
const LARGEST_SPEC = 2 ** 20;

/** Reads and checks a spec. */
async function readSpec(path: string): Promise<TrainSpec> {
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile || size > LARGEST_SPEC) {
      throw new RangeError(`must be a file of at most ${LARGEST_SPEC} bytes`);
    }
    const spec = parseTrainSpec(JSON.parse(await Deno.readTextFile(path)));
    checkRules(spec);
    return spec;
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "is missing"
      : error instanceof Error
      ? error.message
      : String(error);
    throw new UsageError(`${path}: ${reason}`);
  }
}

/** Makes the run's folder; one that holds a run must be resumed by intent. */
async function readRunFolder(
  path: string,
  isResumed: boolean,
): Promise<string> {
  await readOutput(path);
  const holdsRun = await Deno.stat(join(path, "run.json"))
    .then(() => true, () => false);
  if (holdsRun && !isResumed) {
    throw new UsageError(
      `${path} holds a run: add --resume to go on with it, or choose another --out`,
    );
  }
  return path;
}

/** An evaluation in a line. */
function evaluationText(evaluation: TrainingSummary["evaluation"]): string {
  return Object.entries(evaluation ?? {}).map(([split, { loss, error }]) =>
    `${split} loss ${loss.toPrecision(4)}, error ${error.toPrecision(3)}`
  ).join("; ");
}

/** About how many evaluations are shown. */
const SHOWN_EVALUATIONS = 20;

/** Shows on standard error how far a training is. */
function follow(epochs: number) {
  const progress = createProgress();
  const every = Math.ceil(epochs / SHOWN_EVALUATIONS);
  return {
    progress,
    onRecord(record: RunRecord, steps: number) {
      if ("evaluation" in record) {
        if (record.epoch % every !== 0) return;
        progress.finish(
          `epoch ${record.epoch}: ${evaluationText(record.evaluation)}`,
        );
      } else if ("event" in record) progress.finish(record.detail);
      else progress.update(record.step + 1, steps, "training");
    },
  };
}

/** The last words. */
function report(summary: TrainingSummary, out: string): void {
  const { status, steps, evaluation, exported } = summary;
  const lines = [
    `${status} after ${steps} steps`,
    evaluationText(evaluation),
    ...exported.map((path) => `model: ${path}`),
    `run: ${out}`,
  ];
  console.log(lines.filter(Boolean).join("\n"));
}

/** Errors of what was given, not of the training. */
function explain(error: unknown, isTraining: boolean): unknown {
  const isInput = error instanceof DatasetError ||
    error instanceof ModelFileError ||
    !isTraining && (error instanceof TypeError || error instanceof RangeError);
  return isInput ? new UsageError((error as Error).message) : error;
}

/** The command `train`. */
export const train: Command<typeof options> = {
  name: "train",
  help,
  options,
  operands: 1,
  async run(args, signal) {
    if (args.schema) {
      console.log(JSON.stringify(trainJsonSchema(), null, 2));
      return;
    }
    const [path] = args._;
    if (path === undefined) {
      throw new UsageError("name the spec, such as train.json; see --help");
    }
    const spec = await readSpec(String(path));
    const backend = readBackend(args.backend);
    const data = await readFolder("--data", args.data);
    const name = basename(String(path), extname(String(path)));
    const out = await readRunFolder(
      args.out ?? join("runs", name),
      args.resume,
    );
    const { progress, onRecord } = follow(spec.epochs);
    let isTraining = false;
    try {
      await initialize({
        backend,
        onProgress: progress.update,
        onFallback: (reason) => console.error(reason),
        signal,
      });
      const summary = await withLock(
        join(out, ".lock"),
        () =>
          runTraining(spec, {
            folder: dirname(String(path)),
            out,
            datasets: {
              ...data === undefined ? {} : { directory: data },
              allowFetch: true,
              onProgress: ({ dataset, done, total }) =>
                progress.update(done, total, `fetching ${dataset}`),
              signal,
            },
            signal,
            onRecord(record, steps) {
              isTraining = true;
              onRecord(record, steps);
            },
          }),
        { signal },
      );
      progress.finish();
      if (summary.status === "stopped") {
        console.error(
          "train: interrupted; the same command with --resume goes on",
        );
        return ExitCode.interrupted;
      }
      if (args.json) console.log(JSON.stringify(summary, null, 2));
      else report(summary, out);
      if (summary.status === "diverged") {
        console.error("train: the loss is no longer finite: lower the rate");
        return ExitCode.failed;
      }
    } catch (error) {
      throw explain(error, isTraining);
    } finally {
      progress.finish();
    }
  },
};

if (import.meta.main) await runCommand(train);
