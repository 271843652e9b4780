/** Runs that are made are shipped and found again, whatever data they are on. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { catalogue } from "../../lib/studies/catalogue.ts";
import { withDataAtHand } from "../../lib/studies/data_at_hand.ts";
import { runFolder } from "../../lib/studies/read_run.ts";
import { runId, type RunPlan } from "../../lib/studies/plan.ts";
import { studyItem } from "../../lib/studies/report_input.ts";
import {
  allPlans,
  alternativePlans,
  paperPlans,
} from "../../lib/studies/row_plans.ts";
import { shipRuns } from "../../lib/studies/ship_runs.ts";
import { readShipped, shippedRuns } from "../../lib/studies/shipped.ts";
import { withFolder } from "../support/with_folder.ts";

const paper = catalogue.find(({ name }) => name === "loss-decay")!;
const { studyItem: fig6 } = studyItem("loss-decay", "fig6")!;

/** Writes a run that is done. */
async function make(directory: string, plan: RunPlan): Promise<void> {
  const folder = runFolder(directory, plan);
  await Deno.mkdir(folder, { recursive: true });
  const description = {
    settings: {},
    environment: { backend: "tensorflow", library: "2.21.0" },
    status: "done",
    cost: { steps: 0, forwardPasses: 0, seconds: 1 },
  };
  await Deno.writeTextFile(
    join(folder, "run.json"),
    JSON.stringify(description),
  );
  const record = { step: 0, epoch: 0, evaluation: {} };
  await Deno.writeTextFile(
    join(folder, "records.jsonl"),
    JSON.stringify(record) + "\n",
  );
}

const ship = (folder: string) =>
  shipRuns(paper, "small", {
    runs: join(folder, "runs"),
    results: join(folder, "results"),
    versions: ({ library }) => ({ tensorflow: `${library}` }),
  });

for (
  const [words, isAtHand] of [
    ["the real data", () => true],
    ["stand-ins", () => false],
    // One data set of two was at hand.
    ["the real data and a stand-in", (name: string) => name === "maps-64"],
  ] as const
) {
  Deno.test(`runs on ${words} are shipped, and a row finds them`, () =>
    withFolder(async (folder) => {
      strictEqual(await ship(folder), undefined);
      const plans = withDataAtHand(allPlans(fig6, "small")!, isAtHand);
      for (const plan of plans) await make(join(folder, "runs"), plan);
      const ids = new Set(plans.map(runId));
      strictEqual((await ship(folder))!.runs, ids.size);
      const shipped = (await readShipped(
        join(folder, "results"),
        "loss-decay",
        "small",
      ))!;
      deepStrictEqual(shipped.versions, { tensorflow: "2.21.0" });
      deepStrictEqual(new Set(shipped.runs.map(({ id }) => id)), ids);
      const [found] = alternativePlans(fig6, "small").flatMap((own) =>
        shippedRuns(shipped, own) ?? []
      );
      ok(ids.has(found!.id));
      // What is shipped stays when other runs are.
      await Deno.remove(runFolder(join(folder, "runs"), plans[0]!), {
        recursive: true,
      });
      strictEqual((await ship(folder))!.runs, ids.size);
    }));
}

Deno.test("runs that a row only shows too are not asked for", () => {
  const { studyItem: losses } = studyItem("k-decay", "fig6")!;
  const ids = alternativePlans(losses, "small").map((plans) =>
    new Set(plans.map(runId))
  );
  strictEqual(ids.length, 2);
  ok(ids[1]!.isSubsetOf(ids[0]!) && ids[1]!.size < ids[0]!.size);
  const kDecay = catalogue.find(({ name }) => name === "k-decay")!;
  const all = new Set(paperPlans(kDecay, "small").map(runId));
  ok(ids[0]!.isSubsetOf(all));
});
