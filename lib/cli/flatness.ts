/**
 * `deno task flatness`: how flat the loss is around the weights of a saved model.
 *
 * @module
 */
import { DatasetError } from "../datasets/dataset_error.ts";
import { flatness as measure } from "../flatness/flatness.ts";
import { duration } from "../flatness/format.ts";
import { flatnessJsonSchema } from "../flatness/json_schema.ts";
import {
  type MetricName,
  metricNames,
  scalarOf,
} from "../flatness/measurement.ts";
import type { FlatnessReport } from "../flatness/report.ts";
import { boundSentence, reportText } from "../flatness/report_text.ts";
import { writeFlatness } from "../flatness/write_flatness.ts";
import { initialize } from "../runtime/initialize.ts";
import { ModelFileError } from "../saved_models/model_file_error.ts";
import { createProgress } from "../terminal/progress.ts";
import { type Command, ExitCode, runCommand, UsageError } from "./command.ts";
import { boundsOf, options, optionsOf } from "./flatness_arguments.ts";
import { readOutput } from "./read_folders.ts";
import { readBackend } from "./read_options.ts";
import { versionsOf } from "./versions.ts";

const help = `
Usage: deno task flatness MODEL --data FILE [options]

Measures the loss around the weights of a saved model: derivatives, the Hessian's
spectrum, sharpness, curves and input space, each number with an error bar, its cost
and what it is invariant to. docs/flatness.md tells of every number.

Models: TensorFlow.js model.json, Keras .keras and .h5, ONNX, a SavedModel's folder,
safetensors and .npz with an architecture, a run's folder. Data: .npz, .csv, idx, CIFAR's .bin, a folder of pictures.

  --data FILE          the data
  --quick              a minute or less; default: ten minutes or less
  --thorough           all measures, as many examples as some hours allow
  --metrics A,B,…      which measures; --list-metrics prints them
  --compare OTHER      a second model: same data, same seeds, paired directions
  --max METRIC=VALUE   measure it too; exit code 3 if it is larger; may be repeated
  --out DIR            write report.json and index.html with figures there
  --json               print the report as JSON

  --loss NAME          such as sparseCategoricalCrossentropy (default: as the model asks)
  --architecture JSON  what a file of weights is of, such as '{"kind":"lenet"}'
  --kind KIND          labels are of a classification or a regression
  --label NAME         of CSV: the label's column, by name or number from 0
  --labels FILE        of idx: the file of labels
  --size N             of a folder of pictures of any size: cut N × N pixels out of the
                       middle of each
  --shorter-side N     what their shorter sides are scaled to before (default: 8/7 of N)
  --split NAME         train (default) or test, where the data have both
  --scale FACTOR       inputs times a factor, such as 255; bytes are in [0, 1]
  --mean A,B,…         subtract these means of the channels, after --scale
  --std A,B,…          divide by these standard deviations
  --standardise        the same by the data's own statistics
  --subset N           how many examples (default: as many as the budget allows)
  --batch-size N       examples at a time, at the most (default: 250)
  --seed N             of examples, directions and noise (default: 0)
  --precision NAME     float64 or float32 (default: float64 where it is fast enough)
  --backend NAME       auto (default), tensorflow, webgpu, wasm or cpu
  --schema             print the JSON Schema of reports
  --help               print this

Exit code: 0 done, 1 failed, 2 bad usage or input, 3 a number is above its --max,
130 interrupted.
`;

/** Says which numbers are above their bounds; gives the exit code. */
function judge(
  { measurements }: FlatnessReport,
  bounds: readonly [MetricName, number][],
): number {
  let code: number = ExitCode.done;
  for (const [name, most] of bounds) {
    const measurement = measurements[name];
    const value = measurement ? scalarOf(measurement) : null;
    if (value === null) {
      throw new Error(
        `${name} has no value to compare with ${most}: ${
          measurement?.note ?? "it was not measured"
        }`,
      );
    }
    if (value <= most) continue;
    console.error(`flatness: ${boundSentence(name, value, most)}`);
    code = ExitCode.overThreshold;
  }
  return code;
}

/** Faults of what was given become usage errors: one line, exit code 2. */
function explain(error: unknown): unknown {
  const isInput = error instanceof DatasetError ||
    error instanceof ModelFileError || error instanceof RangeError ||
    error instanceof TypeError;
  return isInput ? new UsageError((error as Error).message) : error;
}

/** The command `flatness`. */
export const flatness: Command<typeof options> = {
  name: "flatness",
  help,
  options,
  operands: 1,
  async run(args, signal) {
    if (args.schema) {
      console.log(JSON.stringify(flatnessJsonSchema(), null, 2));
      return;
    }
    if (args["list-metrics"]) {
      console.log(metricNames.join("\n"));
      return;
    }
    const wanted = optionsOf(args);
    const bounds = boundsOf(args.max);
    const backend = readBackend(args.backend);
    const out = args.out === undefined ? undefined : await readOutput(args.out);
    const progress = createProgress();
    let isMeasuring = false;
    try {
      const info = await initialize({
        backend,
        onProgress: progress.update,
        onFallback: (reason) => console.error(reason),
        signal,
      });
      const report = await measure({
        ...wanted,
        signal,
        onProgress: progress.update,
        onPlan({ seconds, examples }) {
          isMeasuring = true;
          progress.finish(
            `measuring on ${examples} examples, about ${duration(seconds)}`,
          );
        },
      });
      progress.finish();
      if (args.json) console.log(JSON.stringify(report, null, 2));
      else console.log(reportText(report));
      if (out !== undefined) {
        const page = await writeFlatness(report, out, versionsOf(info));
        console.error(`report: ${page}`);
      }
      return judge(report, bounds);
    } catch (error) {
      if (signal.aborted) {
        progress.finish("flatness: interrupted");
        return ExitCode.interrupted;
      }
      throw isMeasuring ? error : explain(error);
    } finally {
      progress.finish();
    }
  },
};

if (import.meta.main) await runCommand(flatness);
