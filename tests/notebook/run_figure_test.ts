import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  type Figure,
  figureBundle,
  figureCaption,
  figureTitle,
} from "../../lib/figures/mod.ts";
import { seedBand } from "../../lib/figures/seed_band.ts";
import { compareRuns, runFigure } from "../../lib/notebook/mod.ts";
import { sampleRun } from "./sample_run.ts";

/** The traces of a name. */
function traces({ data }: Figure, name: string) {
  return data.filter((trace) => trace.name === name);
}

Deno.test("runFigure() draws loss, accuracy, learning rate and step size", () => {
  const figure = runFigure(sampleRun());
  strictEqual(figureTitle(figure), "lenet on cifar-10: test accuracy 95.5 %");
  deepStrictEqual(
    [1, 2, 3, 4].map((n) => {
      const axis = figure.layout[`yaxis${n === 1 ? "" : n}`] as unknown as {
        title: { text: string };
      };
      return axis.title.text;
    }),
    ["loss", "accuracy (%)", "learning rate", "size of a step"],
  );
  const [, accuracy] = traces(figure, "test");
  deepStrictEqual((accuracy!.x as number[]).slice(0, 3), [0, 100, 200]);
  ok(Math.abs((accuracy!.y as number[])[0]! - 10) < 1e-9);
  strictEqual(
    figureCaption(figure),
    "After 1,000 steps: train accuracy 96.0 %, loss 0.103; " +
      "test accuracy 95.5 %, loss 0.115.\n" +
      "momentum, learning rate linear, 10 epochs in batches of 50, seed 0.",
  );
});

Deno.test("runFigure() marks events at the last loss that was a number", () => {
  const figure = runFigure(sampleRun({ rejected: [500, 501] }));
  const [events] = traces(figure, "rejected step (2×)");
  deepStrictEqual(events!.x, [500, 501]);
  const before = 2.3 * Math.exp(-3 * 0.48) * (1 + 0.1 * Math.sin(480));
  ok(Math.abs((events!.y as number[])[0]! - before) < 1e-6);
  ok(
    figureCaption(figure).includes(
      "rejected step 2 times: the loss is not a finite number.",
    ),
  );
});

Deno.test("runFigure() says at which step a run stopped or diverged", () => {
  const run = sampleRun();
  const cut = run.records.filter(({ step }) => step <= 320);
  const title = (change: object) =>
    figureTitle(runFigure({ ...run, records: cut, ...change }));
  strictEqual(
    title({ status: "stopped", steps: 333 }),
    "lenet on cifar-10: stopped at step 333 of 1,000",
  );
  strictEqual(
    title({ status: "diverged", steps: 321 }),
    "lenet on cifar-10: diverged at step 320 of 1,000",
  );
});

Deno.test("runFigure() draws mean squared errors of a regression", () => {
  const run = sampleRun();
  const settings = { ...run.settings, objective: { kind: "regression" } };
  const figure = runFigure({ ...run, settings });
  const axis = figure.layout.yaxis2 as unknown as { title: { text: string } };
  strictEqual(axis.title.text, "mean squared error");
});

Deno.test("ten thousand steps, each recorded, are less than 1 MB, spikes kept", async () => {
  const run = sampleRun({ steps: 10_000, recordEvery: 1, rejected: [4321] });
  const spike = run.records.find((record) =>
    "loss" in record && record.step === 7777
  );
  Object.assign(spike!, { loss: 99 });
  const figure = runFigure(run);
  ok((traces(figure, "batch")[0]!.y as number[]).includes(99));
  const bundle = await figureBundle(figure);
  const size = JSON.stringify(bundle).length;
  ok(size < 1_000_000, `${size} bytes`);
});

Deno.test("names from data are shown as text, never as markup", async () => {
  const data = `<img/src=x/onerror=alert(1)>&amp;$x^2$ 5000/1000`;
  const run = sampleRun({ data });
  for (
    const figure of [runFigure(run), compareRuns([run, sampleRun({ data })])]
  ) {
    const { text } = figure.layout.title as { text: string };
    ok(
      text.includes("&lt;img/src=x/onerror=alert(1)&gt;&amp;amp;&#36;x^2&#36;"),
    );
    const bundle = await figureBundle(figure);
    ok(!("text/html" in bundle));
  }
});

Deno.test("compareRuns() takes the mean and interval over seeds", () => {
  const runs = [0, 1, 2].map((seed) => sampleRun({ seed }));
  const other = sampleRun({ rate: 0.05 });
  const figure = compareRuns([...runs, other]);
  strictEqual(figureTitle(figure), "lenet on cifar-10: 4 runs");
  const [, loss] = traces(figure, "from = 0.1");
  const losses = runs.map(({ records }) =>
    records.flatMap((record) => "loss" in record ? record.loss : [])
  );
  const { y } = seedBand(losses);
  (loss!.y as number[]).forEach((value, i) =>
    ok(Math.abs(value - y[i]!) < 1e-5 * y[i]!)
  );
  ok((loss!.customdata as unknown[]).length === y.length);
  strictEqual(traces(figure, "from = 0.05")[0]!.customdata, undefined);
});

Deno.test("compareRuns() takes names, and runs that ended early", () => {
  const run = sampleRun(), short = sampleRun({ seed: 1 });
  const stopped = {
    ...short,
    status: "stopped" as const,
    records: short.records.filter(({ step }) => step < 300),
  };
  const figure = compareRuns({ ours: [run, stopped] }, { title: "Ours" });
  strictEqual(figureTitle(figure), "Ours");
  ok(figureCaption(figure).includes("ours: 2 runs (1 stopped), test accuracy"));
});

Deno.test("compareRuns() of long runs has few points, each a mean", () => {
  const figure = compareRuns([sampleRun({ steps: 10_000, recordEvery: 1 })]);
  const [, loss] = traces(figure, "lenet on cifar-10");
  ok((loss!.y as number[]).length <= 200);
});

Deno.test("runFigure() shows learning rates from zero, even a constant one", () => {
  const run = sampleRun();
  const records = run.records.map((record) =>
    "loss" in record ? { ...record, learningRate: 0.2 } : record
  );
  const { layout } = runFigure({ ...run, records });
  const axis = layout.yaxis3 as unknown as { range: [number, number] };
  deepStrictEqual(axis.range, [0, 1.06 * 0.2]);
});

Deno.test("runFigure() shows a gradient weight where there is one", () => {
  const run = sampleRun();
  const records = run.records.map((record) =>
    "loss" in record ? { ...record, gradientWeight: 0.5 } : record
  );
  strictEqual(runFigure(run).layout.yaxis5, undefined);
  const { layout } = runFigure({ ...run, records });
  const axis = layout.yaxis5 as unknown as { title: { text: string } };
  strictEqual(axis.title.text, "gradient weight");
});

Deno.test("runFigure() of a controlled run draws what the controller saw, and says which it was", () => {
  const run = sampleRun();
  const records = run.records.map((record) =>
    "loss" in record
      ? {
        ...record,
        slope: -2,
        predictedDecrease: 2 * record.learningRate,
        actualDecrease: record.learningRate,
        ...record.step % 100 === 0 ? { curvature: 4, minimiser: 0.5 } : {},
      }
      : record
  );
  const figure = runFigure({
    ...run,
    records,
    settings: {
      ...run.settings,
      learningRate: null,
      controller: { kind: "lossgrad" },
    },
  });
  const [minimiser] = traces(figure, "minimiser g·d / dᵀHd");
  deepStrictEqual((minimiser!.x as number[]).slice(0, 2), [0, 100]);
  strictEqual(traces(figure, "predicted").length, 1);
  strictEqual(traces(figure, "on the same batch").length, 1);
  ok(
    figureCaption(figure).includes(
      "momentum, learning rate lossgrad, 10 epochs",
    ),
  );
});
