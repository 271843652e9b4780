/**
 * `reproduce --verify`: runs one shipped seed again and compares its records.
 *
 * @module
 */
import { join } from "node:path";
import { type BackendName, initialize } from "../runtime/initialize.ts";
import { executePlans } from "../studies/execute.ts";
import { studyItem } from "../studies/report_input.ts";
import { readShipped, shippedRuns } from "../studies/shipped.ts";
import { eitherData } from "../studies/data_at_hand.ts";
import { secondsPerStep } from "../studies/step_seconds.ts";
import { ExitCode, UsageError } from "./command.ts";
import { createProgress } from "../terminal/progress.ts";
import { shippedDirectory } from "../studies/shipped_directory.ts";

/** How the last test error may differ, in percentage points, on other machines. */
const TOLERANCE = 5;

/** Options of {@linkcode verify}. */
export interface VerifyOptions {
  data: string | undefined;
  backend: BackendName | "auto";
  signal: AbortSignal;
}

/**
 * Runs the first seed of a row's first arm again.
 *
 * @returns The exit code: 0 where the records are the shipped ones, or differ by no
 * more than another processor's rounding explains; 1 otherwise.
 */
export async function verify(
  id: string,
  options: VerifyOptions,
): Promise<number> {
  const [paper = "", item = ""] = id.split("/");
  const plans = studyItem(paper, item)?.studyItem.plans("small");
  const shipped = await readShipped(shippedDirectory, paper, "small");
  const [known] = eitherData(plans?.slice(0, 1) ?? []).flatMap((own) =>
    shipped ? shippedRuns(shipped, own) ?? [] : []
  );
  if (known === undefined) {
    throw new UsageError(`${id} has no shipped runs to verify`);
  }
  const { plan } = known;
  const progress = createProgress();
  const directory = await Deno.makeTempDir({ prefix: "slope-verify-" });
  try {
    await initialize({
      backend: options.backend,
      intraOpThreads: 1,
      interOpThreads: navigator.hardwareConcurrency,
      onProgress: progress.update,
      signal: options.signal,
    });
    const [run] = await executePlans([plan], {
      directory: join(directory, "runs"),
      datasets: {
        ...options.data === undefined ? {} : { directory: options.data },
        allowFetch: true,
        onProgress: ({ dataset, done, total }) =>
          progress.update(done, total, `fetching ${dataset}`),
        signal: options.signal,
      },
      signal: options.signal,
      weight: secondsPerStep,
      onProgress: (done, total) => progress.update(done, total, "training"),
    });
    progress.finish();
    const same = JSON.stringify([run!.evaluation, run!.epochMeans]) ===
      JSON.stringify([known.evaluation, known.epochMeans]);
    if (same) {
      console.log(
        `${id}, ${plan.arm}, seed ${plan.seed}: identical to the shipped records`,
      );
      return ExitCode.done;
    }
    const last = (r: typeof known) => 100 * r.evaluation.test!.error.at(-1)!;
    const difference = Math.abs(last(run!) - last(known));
    console.log(
      `${id}, ${plan.arm}, seed ${plan.seed}: last test error ${
        last(run!).toFixed(2)
      } %, shipped ${last(known).toFixed(2)} %; ${
        difference <= TOLERANCE
          ? "as close as another processor's rounding allows"
          : `${difference.toFixed(2)} points apart, more than rounding explains`
      }`,
    );
    return difference <= TOLERANCE ? ExitCode.done : ExitCode.failed;
  } finally {
    progress.finish();
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
}
