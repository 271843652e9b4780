import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { executePlans } from "../../../lib/studies/execute.ts";
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import type { FlatnessProbe } from "../../../lib/studies/probes/flatness.ts";
import {
  type ProbeSpec,
  stepsToKeep,
} from "../../../lib/studies/probes/probe.ts";

await initialize();

const flatness: FlatnessProbe = {
  kind: "flatness",
  peakStep: 3,
  course: [0, 2, 8],
  examples: 20,
  weightPath: [0, 0.5],
  inputNoise: { alphas: [0, 1], draws: 2 },
  neighbourPaths: { alphas: [0, 1], draws: 2 },
  directions: {
    count: 2,
    lengths: [0, 1],
    shares: [0],
    foolingLengths: [0, 1e-3],
  },
  plane: 3,
};
const probes: ProbeSpec[] = [
  flatness,
  { kind: "transfer", examples: 3, share: 0.1 },
];

/** Eight steps of a perceptron. */
const plan: RunPlan = {
  arm: "a",
  seed: 5,
  learningRate: { kind: "constant", value: 0.01 },
  training: {
    model: { kind: "mlp", hidden: [4] },
    data: { dataset: "textured-shapes", train: 40, validation: 20, test: 20 },
    optimizer: { kind: "momentum" },
    batchSize: 10,
    epochs: 2,
    augment: false,
    recordEvery: 1,
  },
};

const run = async (directory: string, own: RunPlan) =>
  (await executePlans([own], { directory, datasets: {} }))[0]!;

Deno.test("probes: the steps whose weights they need", () => {
  deepStrictEqual(stepsToKeep(probes, 8), [2, 3]);
  deepStrictEqual(stepsToKeep(probes.slice(1), 8), []);
});

Deno.test("probes: a plan without them keeps its id, one with them has another", () => {
  strictEqual(runId(plan), runId({ ...plan, probes: undefined } as never));
  ok(runId(plan) !== runId({ ...plan, probes }));
});

Deno.test("probes: a run is measured when it has ended, its weights are not kept", async () => {
  const directory = await Deno.makeTempDir();
  const measured = { ...plan, probes };
  const first = await run(directory, measured);
  const folder = join(directory, runId(measured));
  const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
  ok(!names.includes("weights") && !names.includes("checkpoints"));
  // Read again, and measured anew elsewhere: the same numbers.
  deepStrictEqual(await run(directory, measured), first);
  const other = await Deno.makeTempDir();
  deepStrictEqual((await run(other, measured)).probed, first.probed);
  // Nothing of the training or its cost changes.
  const bare = await run(other, plan);
  deepStrictEqual(bare.evaluation, first.evaluation);
  strictEqual(bare.forwardPasses, first.forwardPasses);
  strictEqual(bare.probed, undefined);

  const found = first.probed!.flatness as Record<string, number[]>;
  const [initial, , final] = found.loss!;
  ok(initial! > final!);
  // All lines begin at the final weights and the examples themselves.
  const starts = ["input noise", "neighbour paths", "all layers", "fooling"];
  for (const name of ["weight path", ...starts]) {
    ok(Math.abs(found[name]![0]! - final!) < 1e-4 * final!, name);
  }
  deepStrictEqual(starts.map((name) => found[name]!.length), [4, 4, 4, 4]);
  // A small step up a part's gradient raises the loss of all on average.
  ok(found.fooling![1]! + found.fooling![3]! > 2 * final!);
  strictEqual(found["distance from start"]![0], 0);
  strictEqual(found["distance from start"]!.at(-1), found.lengths![2]);
  strictEqual(found["plane loss"]!.length, 9);

  const { identity, loss, bound, missed, second } = first.probed!
    .transfer as Record<string, number[]>;
  ok(identity!.length === 3 && Math.max(...identity!) < 1e-10);
  ok(Math.max(...loss!) < 1e-5 && Math.max(...missed!) < 1e-6);
  ok(Math.max(...bound!) < 1);
  ok(second!.length === 3 && Math.max(...second!) < 0.999);
  await Deno.remove(other, { recursive: true });
  await Deno.remove(directory, { recursive: true });
});

Deno.test("probes: measuring that was interrupted is done again; without weights it is refused", async () => {
  const directory = await Deno.makeTempDir();
  const measured = { ...plan, probes };
  const signal = new AbortController();
  // The note of the probes comes after the last step.
  await rejects(
    executePlans([measured], {
      directory,
      datasets: {},
      signal: signal.signal,
      onProgress: (_done, _total, note) => {
        if (note.endsWith("probes")) signal.abort();
      },
    }),
    { name: "InterruptedError" },
  );
  const after = await run(directory, measured);
  const other = await Deno.makeTempDir();
  deepStrictEqual(after.probed, (await run(other, measured)).probed);
  await Deno.remove(join(directory, runId(measured), "probed.json"));
  await rejects(run(directory, measured), /has no probed.json any more/);
  await Deno.remove(other, { recursive: true });
  await Deno.remove(directory, { recursive: true });
});
