/**
 * `deno task reproduce`: trains what the papers' figures need, judges their claims,
 * and writes a report.
 *
 * @module
 */
import { join } from "node:path";
import { DatasetError } from "../datasets/dataset_error.ts";
import { listDatasets } from "../datasets/list_datasets.ts";
import { withLock } from "../files/lock.ts";
import { writeWhole } from "../files/write_whole.ts";
import { type BackendName, initialize } from "../runtime/initialize.ts";
import { writeReport } from "../report/write_report.ts";
import type { Scale } from "../studies/catalogue.ts";
import { executePlans } from "../studies/execute.ts";
import { distinct, type RunPlan } from "../studies/plan.ts";
import { readRun } from "../studies/read_run.ts";
import { reportInput, resultRows, studyItem } from "../studies/report_input.ts";
import { readShipped } from "../studies/shipped.ts";
import { withDataAtHand } from "../studies/data_at_hand.ts";
import { allPlans } from "../studies/row_plans.ts";
import { secondsPerStep } from "../studies/step_seconds.ts";
import type { Run } from "../studies/study.ts";
import { InterruptedError } from "../studies/train_group.ts";
import type { RunSummary } from "../studies/summary.ts";
import { type Command, ExitCode, runCommand, UsageError } from "./command.ts";
import { formatDuration } from "../text/format_duration.ts";
import { listRows, listText } from "./listing.ts";
import { createProgress } from "../terminal/progress.ts";
import { readScale, selectRows } from "./selection.ts";
import { readFolder, readOutput } from "./read_folders.ts";
import { readBackend, readInteger } from "./read_options.ts";
import { shippedDirectory } from "../studies/shipped_directory.ts";
import { verify } from "./verify.ts";
import { versionsOf } from "./versions.ts";

const help = `
Usage: deno task reproduce [--paper NAME]... [--figure ID]... [--scale SCALE]

Trains what the figures and tables of five papers need, judges each claim, and
writes a report: OUT/index.html, and OUT/results.json.

Which rows (all, unless named):
  --paper NAME     loss-decay, k-decay, lossgrad, adaptive or nonmonotonic
  --figure ID      such as k-decay/fig2
  --list           list the rows: what is built, at which scale, time and data

How:
  --scale SCALE    smoke (default): all of it on generated data, in minutes
                   small: real data, reduced networks, verdicts; hours
                   paper: the papers' own settings; needs a GPU
  --seeds N        paired seeds (default: the scale's own)
  --data DIR       the folder of data sets (default: SLOPE_DATA, else fetched)
  --backend NAME   auto (default), tensorflow, webgpu, wasm or cpu
  --out DIR        where runs and report go (default: reports)
  --resume         go on with the runs in OUT
  --unshipped      train only runs that are not among the shipped results
  --verify ID      run one shipped seed of a row again and compare its records
  --json           print the list or the results as JSON
  --help           print this

Ctrl-C leaves a state that --resume goes on from.
Exit code: 0 done, 1 failed, 2 bad usage or input, 130 interrupted.
`;

const options = {
  boolean: ["list", "resume", "json", "unshipped"],
  string: [
    "paper",
    "figure",
    "scale",
    "seeds",
    "data",
    "backend",
    "out",
    "verify",
  ],
  collect: ["paper", "figure"],
} as const;

/** What is to be run, checked. */
interface Request {
  ids: string[];
  scale: Scale;
  seeds: number | undefined;
  data: string | undefined;
  backend: BackendName | "auto";
  out: string;
  resume: boolean;
  unshipped: boolean;
}

/**
 * The plans of each row that is built at the scale, on the data that are at hand. Rows on
 * data that are nowhere, and cannot be fetched, are left out and told of, if others are
 * left.
 */
async function plansByRow(
  { ids, scale, seeds, data }: Request,
): Promise<Map<string, RunPlan[]>> {
  const listings = await listDatasets({ directory: data });
  const names = new Set(
    listings.filter(({ ready }) => ready).map(({ name }) => name),
  );
  const nowhere = new Set(
    listings.filter(({ ready, problem, fetchBytes }) =>
      !ready && problem === null && fetchBytes === null
    ).map(({ name }) => name),
  );
  const isAtHand = (name: string) => names.has(name);
  const all = ids.flatMap((id) => {
    const [paper = "", item = ""] = id.split("/");
    const built = studyItem(paper, item)?.studyItem;
    const plans = built && allPlans(built, scale, seeds);
    if (plans === undefined) return [];
    const own = withDataAtHand(plans, isAtHand, isAtHand);
    const missing = own.map(({ training }) => training.data.dataset)
      .find((name) => nowhere.has(name));
    return [{ id, own, missing }];
  });
  const possible = all.filter(({ missing }) => missing === undefined);
  const chosen = possible.length > 0 ? possible : all;
  for (const { id, missing } of all) {
    if (missing === undefined || chosen === all) continue;
    console.error(
      `${id} is left out: it needs ${missing}, which is not in the folder of data sets (--data DIR)`,
    );
  }
  return new Map(chosen.map(({ id, own }) => [id, own]));
}

/**
 * Makes room for runs: those of an earlier call are gone on with only if asked.
 * Runs that took long are never thrown away unasked.
 */
async function prepareRuns(
  request: Request,
  plans: readonly RunPlan[],
): Promise<string> {
  const directory = join(request.out, "runs");
  if (request.resume) return directory;
  if (request.scale === "smoke") {
    await Deno.remove(directory, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    return directory;
  }
  for (const plan of distinct(plans)) {
    if (await readRun(directory, plan)) {
      throw new UsageError(
        `${directory} holds runs of these rows: add --resume to use them, or choose another --out`,
      );
    }
  }
  return directory;
}

/** The shipped runs of the papers that are asked for, by their ids. */
async function shippedSummaries(
  { ids, scale }: Request,
): Promise<Map<string, RunSummary>> {
  const papers = new Set(ids.map((id) => id.split("/")[0]!));
  const shipped = await Promise.all(
    [...papers].map((paper) => readShipped(shippedDirectory, paper, scale)),
  );
  return new Map(
    shipped.flatMap((s) => s?.runs ?? []).map((run) => [run.id, run]),
  );
}

/** Trains, judges and writes; returns the path of the report. */
async function reproduceRows(
  request: Request,
  signal: AbortSignal,
): Promise<{ index: string; results: unknown; seconds: number }> {
  const started = performance.now();
  const byRow = await plansByRow(request);
  const plans = [...byRow.values()].flat();
  const progress = createProgress();
  let info;
  try {
    info = await initialize({
      backend: request.backend,
      intraOpThreads: 1,
      interOpThreads: navigator.hardwareConcurrency,
      onProgress: progress.update,
      onFallback: (reason) => console.error(reason),
      signal,
    });
    const directory = await prepareRuns(request, plans);
    const runs = await executePlans(plans, {
      directory,
      datasets: {
        ...request.data === undefined ? {} : { directory: request.data },
        allowFetch: true,
        onProgress: ({ dataset, done, total }) =>
          progress.update(done, total, `fetching ${dataset}`),
        signal,
      },
      signal,
      known: request.unshipped ? await shippedSummaries(request) : new Map(),
      weight: secondsPerStep,
      onProgress: (done, total) => progress.update(done, total, "training"),
    });
    const runsByRow = new Map<string, Run[]>();
    let at = 0;
    for (const [id, own] of byRow) {
      runsByRow.set(id, runs.slice(at, at += own.length));
    }
    const report = reportInput(runsByRow, request.scale, versionsOf(info));
    const results = resultRows(report);
    await writeWhole(
      join(request.out, "results.json"),
      JSON.stringify(results, null, 2) + "\n",
    );
    const index = await writeReport(report, request.out);
    return { index, results, seconds: (performance.now() - started) / 1000 };
  } finally {
    progress.finish();
  }
}

/** The command `reproduce`. */
export const reproduce: Command<typeof options> = {
  name: "reproduce",
  help,
  options,
  async run(args, signal) {
    const ids = selectRows(args.paper, args.figure);
    const scale = readScale(args.scale ?? "smoke");
    const seeds = readInteger("--seeds", args.seeds, 1, 1000);
    const backend = readBackend(args.backend);
    const data = await readFolder("--data", args.data);
    if (args.list) {
      const rows = listRows(ids);
      console.log(args.json ? JSON.stringify(rows, null, 2) : listText(rows));
      return;
    }
    if (args.verify !== undefined) {
      const [id] = selectRows([], [args.verify]);
      return await verify(id!, { data, backend, signal });
    }
    const out = await readOutput(args.out ?? "reports");
    const request = {
      ids,
      scale,
      seeds,
      data,
      backend,
      out,
      resume: args.resume,
      unshipped: args.unshipped,
    };
    try {
      // Two at once would write to the same runs.
      const { index, results, seconds } = await withLock(
        join(out, ".lock"),
        () => reproduceRows(request, signal),
        {
          signal,
          onWait: () =>
            console.error(`Waiting: another reproduce is writing to ${out}`),
        },
      );
      if (args.json) console.log(JSON.stringify(results, null, 2));
      const line = `Done in ${
        formatDuration(1000 * seconds)
      }. The report: ${index}`;
      if (args.json) console.error(line);
      else console.log(line);
    } catch (error) {
      if (error instanceof InterruptedError) {
        console.error(
          `reproduce: interrupted; the same command with --resume goes on`,
        );
        return ExitCode.interrupted;
      }
      if (error instanceof DatasetError) throw new UsageError(error.message);
      throw error;
    }
  },
};

if (import.meta.main) await runCommand(reproduce);
