import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { shippedByRow } from "../../lib/studies/runs_by_row.ts";
import { shippedDirectory } from "../../lib/studies/shipped_directory.ts";
import { resultsFault } from "../../lib/report/markdown.ts";
import { catalogue } from "../../lib/studies/catalogue.ts";
import { distinct, runId } from "../../lib/studies/plan.ts";
import {
  reportInput,
  resultRows,
  studyItem,
} from "../../lib/studies/report_input.ts";
import { paperPlans } from "../../lib/studies/row_plans.ts";
import {
  readShipped,
  shippedRuns,
  writeShipped,
} from "../../lib/studies/shipped.ts";
import { withFolder } from "../support/with_folder.ts";

const readme = await Deno.readTextFile(
  new URL("../../README.md", import.meta.url),
);

Deno.test("the README's table says what the shipped results say", async () => {
  const rows = resultRows(
    reportInput(await shippedByRow("small"), "small", {}),
  );
  strictEqual(
    resultsFault(readme, rows.filter(({ verdict }) => verdict !== "not run")),
    null,
  );
});

Deno.test("every shipped run belongs to a plan, and ended", async () => {
  for (const paper of catalogue) {
    const { name } = paper;
    const shipped = await readShipped(shippedDirectory, name, "small");
    if (shipped === undefined) continue;
    const ids = new Set(paperPlans(paper, "small").map(runId));
    for (const run of shipped.runs) {
      ok(ids.has(run.id), `${name}: ${run.id} has no plan`);
      ok(run.status === "done" || run.status === "diverged", run.id);
    }
  }
});

Deno.test("shipped runs are read back as they were written, and damage is named", () =>
  withFolder(async (folder) => {
    const plans = studyItem("k-decay", "fig1")!.studyItem.plans("smoke")!;
    const runs = distinct(plans).map((plan) => ({
      id: runId(plan),
      status: "done" as const,
      evaluatedEpochs: [0],
      evaluation: { test: { loss: [1], error: [0.5] } },
      epochMeans: { loss: [1], learningRate: [0.1], gradientNorm: [1] },
      forwardPasses: 3,
      seconds: 1,
    }));
    const file = await writeShipped(folder, "k-decay", "smoke", {
      versions: { a: "1" },
      runs,
    });
    const read = await readShipped(folder, "k-decay", "smoke");
    deepStrictEqual(read, { versions: { a: "1" }, runs });
    strictEqual(shippedRuns(read!, plans)?.length, plans.length);
    strictEqual(
      shippedRuns({ ...read!, runs: runs.slice(1) }, plans),
      undefined,
    );
    strictEqual(await readShipped(folder, "lossgrad", "smoke"), undefined);
    await Deno.writeTextFile(file, "{");
    await rejects(
      readShipped(folder, "k-decay", "smoke"),
      (error: Error) =>
        error.message.startsWith(join(folder, "k-decay", "smoke.json")) &&
        /is not JSON/.test(error.message),
    );
  }));
