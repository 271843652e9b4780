/**
 * `deno task compare`: methods at equal cost.
 *
 * @module
 */
import { join } from "node:path";
import { compareMethods } from "../comparison/compare_methods.ts";
import type { Comparison } from "../comparison/comparison.ts";
import { methodNames, methodOf } from "../comparison/methods.ts";
import {
  problemByName,
  problemNames,
  type ProblemOptions,
} from "../comparison/problems.ts";
import type { TestProblem } from "../comparison/problem.ts";
import { comparisonText, tableText } from "../comparison/tables.ts";
import { InterruptedComparisonError } from "../comparison/train_runs.ts";
import { writeComparison } from "../comparison/write_comparison.ts";
import { DatasetError } from "../datasets/dataset_error.ts";
import { withLock } from "../files/lock.ts";
import { initialize } from "../runtime/initialize.ts";
import { createProgress } from "../terminal/progress.ts";
import { formatDuration } from "../text/format_duration.ts";
import { type Command, ExitCode, runCommand, UsageError } from "./command.ts";
import { readFolder, readOutput } from "./read_folders.ts";
import { readBackend, readInteger } from "./read_options.ts";
import { versionsOf } from "./versions.ts";

const help = `
Usage: deno task compare --methods A,B... --objective NAME... [--budget N]

Compares methods at the same number of forward-pass equivalents (a backward pass
is two), over paired seeds, and writes a page: OUT/index.html, and
OUT/comparison.json.

What:
  --methods LIST   at least two names, separated by commas, or JSON such as
                   '{"optimizer": {"kind": "momentum"}, "learningRate": {...}}'
                   or '{"controller": {"kind": "pal"}}', one a --methods
  --objective LIST names of problems, separated by commas, or all
  --list           list methods with their grids, and problems

How:
  --budget N       forward passes a run (default: 3000)
  --seeds N        paired seeds, from 2 (default: 5)
  --settings N     settings of each method's grid, from 2 (default: 4)
  --data DIR       the folder of data sets: MNIST, Fashion-MNIST, CIFAR-10 and
                   IMDb (default: generated images and texts)
  --backend NAME   auto (default), tensorflow, webgpu, wasm or cpu
  --out DIR        where runs and page go (default: reports/compare)
  --resume         go on with, and use, the runs in OUT
  --json           print the list or the comparison as JSON
  --help           print this

Ctrl-C leaves a state that --resume goes on from.
Exit code: 0 done, 1 failed, 2 bad usage or input, 130 interrupted.
`;

const options = {
  boolean: ["list", "resume", "json"],
  string: [
    "methods",
    "objective",
    "budget",
    "seeds",
    "settings",
    "data",
    "backend",
    "out",
  ],
  collect: ["methods", "objective"],
} as const;

/** What a reader throws is about what was typed. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The methods of an option: names, or plain forms. */
function readMethods(given: readonly string[]): unknown[] {
  const methods = given.flatMap((text): unknown[] => {
    if (!text.trim().startsWith("{")) {
      return text.split(",").map((name) => name.trim()).filter(Boolean);
    }
    try {
      return [JSON.parse(text)];
    } catch (error) {
      throw new UsageError(
        `--methods is not valid JSON: ${(error as Error).message}`,
      );
    }
  });
  if (methods.length >= 2) return methods;
  throw new UsageError(
    `--methods must name at least two, got ${methods.length}; --list shows them`,
  );
}

/** The problems of an option. */
function readProblems(
  given: readonly string[],
  from: ProblemOptions,
): TestProblem[] {
  const names = given.flatMap((text) => text.split(","))
    .map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) {
    throw new UsageError(
      "--objective must name a problem, or all; --list shows them",
    );
  }
  const all = names.includes("all") ? problemNames : names;
  return all.map((name) => asUsage(() => problemByName(name, from)));
}

/** What can be compared. */
function listed(settings: number) {
  return {
    methods: methodNames.map((name) => {
      const { varies = null, values } = methodOf(name, settings);
      return { name, varies, values };
    }),
    problems: problemNames.map((name) => {
      const { title, outcome } = problemByName(name);
      return { name, title, outcome: outcome.name };
    }),
  };
}

function listText({ methods, problems }: ReturnType<typeof listed>): string {
  return [
    tableText({
      columns: ["method", "grid of", "values"],
      rows: methods.map(({ name, varies, values }) => [
        name,
        varies ?? "none: as it is",
        values.join(", "),
      ]),
    }),
    tableText({
      columns: ["problem", "what it is", "judged by"],
      rows: problems.map(({ name, title, outcome }) => [name, title, outcome]),
    }),
  ].join("\n\n");
}

/** Refuses to use runs of an earlier call unasked. */
async function checkRuns(directory: string, resume: boolean): Promise<void> {
  if (resume) return;
  for await (const _ of readDirectory(directory)) {
    throw new UsageError(
      `${directory} holds runs: add --resume to use them, or choose another --out`,
    );
  }
}

/** The entries of a folder; none where there is no such folder. */
async function* readDirectory(path: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The command `compare`. */
export const compare: Command<typeof options> = {
  name: "compare",
  help,
  options,
  async run(args, signal) {
    const settings = readInteger("--settings", args.settings, 2, 100) ?? 4;
    if (args.list) {
      const list = listed(settings);
      console.log(args.json ? JSON.stringify(list, null, 2) : listText(list));
      return;
    }
    const methods = readMethods(args.methods);
    const budget = readInteger("--budget", args.budget, 30, 1e8) ?? 3000;
    const seeds = readInteger("--seeds", args.seeds, 2, 1000) ?? 5;
    const backend = readBackend(args.backend);
    const data = await readFolder("--data", args.data);
    const problems = readProblems(args.objective, {
      canonical: data !== undefined,
      datasets: { directory: data ?? "", allowFetch: false, signal },
    });
    asUsage(() => {
      const names = methods.map((one) => methodOf(one, settings).name);
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      if (twice === undefined) return;
      throw new RangeError(
        `--methods must be distinct, got ${twice} twice: give one a "name"`,
      );
    });
    const out = await readOutput(args.out ?? join("reports", "compare"));
    const started = performance.now();
    const progress = createProgress();

    const work = async (): Promise<[Comparison, string]> => {
      const directory = join(out, "runs");
      await checkRuns(directory, args.resume);
      const info = await initialize({
        backend,
        intraOpThreads: 1,
        interOpThreads: navigator.hardwareConcurrency,
        onProgress: progress.update,
        onFallback: (reason) => console.error(reason),
        signal,
      });
      const comparison = await compareMethods({
        methods,
        problems,
        budget,
        seeds,
        settings,
        directory,
        signal,
        onProgress: progress.update,
      });
      const page = await writeComparison(comparison, versionsOf(info), out);
      return [comparison, page];
    };

    try {
      const [comparison, page] = await withLock(join(out, ".lock"), work, {
        signal,
        onWait: () =>
          console.error(`Waiting: another compare is writing to ${out}`),
      });
      progress.finish();
      const line = `Done in ${
        formatDuration(performance.now() - started)
      }. The page: ${page}`;
      if (args.json) {
        console.log(JSON.stringify(comparison, null, 2));
        console.error(line);
      } else {
        console.log(`${comparisonText(comparison)}\n\n${line}`);
      }
    } catch (error) {
      progress.finish();
      if (error instanceof InterruptedComparisonError) {
        console.error(
          "compare: interrupted; the same command with --resume goes on",
        );
        return ExitCode.interrupted;
      }
      if (error instanceof DatasetError) throw new UsageError(error.message);
      throw error;
    }
  },
};

if (import.meta.main) await runCommand(compare);
