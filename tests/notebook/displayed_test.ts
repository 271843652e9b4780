/** What is public shows itself, with a bundle that every viewer reads rightly. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import type { FigureBundle } from "../../lib/figures/figure_bundle.ts";
import {
  compareRuns,
  compareSchedules,
  constant,
  drawnDigits,
  type Figure,
  kDecay,
  lenet,
  linear,
  lineFigure,
  networkFigure,
  noisyPlane,
  parseSchedule,
  resnet,
  runFigure,
} from "../../mod.ts";
import { plotlyPage } from "../../lib/figures/plotly_page.ts";
import { display, isDisplayed } from "../../lib/figures/displayed.ts";
import { shippedReport, shippedStudy } from "../../lib/studies/mod.ts";
import { sampleRun } from "./sample_run.ts";

const inner = linear({ from: 0.1, to: 0.01, steps: 1000 });
const runs = [0, 1, 2].flatMap((seed) =>
  [0.1, 0.05].map((rate) => sampleRun({ seed, rate }))
);

/** One of each kind that shows itself. */
const things: Record<string, () => unknown> = {
  schedule: () => kDecay({ k: 2, inner }),
  "endless schedule": () => constant({ value: 0.1 }),
  "schedule from a spec": () =>
    parseSchedule({ kind: "cosine", from: 1, steps: 9 }),
  "comparison of schedules": () =>
    compareSchedules([inner, kDecay({ k: 2, inner })]),
  figure: () =>
    lineFigure({
      title: "A line",
      x: { title: "x" },
      y: { title: "y" },
      series: [{ name: "a", x: [0, 1], y: [0, 1] }],
    }),
  run: () => runFigure(sampleRun({ rejected: [333, 444] })),
  runs: () => compareRuns(runs),
  network: () => lenet({ inputShape: [32, 32, 3] }),
  "deep network": () => resnet({ inputShape: [32, 32, 3], depth: 110 }),
  images: () => drawnDigits({ train: 200, test: 100 }),
  "table of numbers": () => noisyPlane({ train: 100, test: 50 }),
  study: () => shippedStudy("k-decay"),
  report: () => shippedReport(),
};

/** The bundle of a thing that shows itself. */
async function bundleOf(thing: unknown): Promise<FigureBundle> {
  ok(isDisplayed(thing));
  return await thing[display]() as FigureBundle;
}

for (const [name, make] of Object.entries(things)) {
  Deno.test(`${name}: shows itself as plotly, PNG and text, always the same`, async () => {
    const thing = await make();
    const bundle = await bundleOf(thing);
    deepStrictEqual(Object.keys(bundle), [
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    const figure = bundle["application/vnd.plotly.v1+json"];
    const { faults } = await plotlyPage();
    deepStrictEqual(
      faults(figure).filter((fault) => !fault.includes("layout.meta")),
      [],
    );
    match(bundle["image/png"], /^iVBORw0KGgo/);
    ok(bundle["text/plain"].length > 5);
    ok(!bundle["text/plain"].includes("\x1b"));
    ok(JSON.stringify(bundle).length < 1_000_000);
    deepStrictEqual(await bundleOf(await make()), bundle);
  });
}

Deno.test("showing itself is invisible to copies, comparisons and JSON", () => {
  const network = lenet({ inputShape: [32, 32, 3] });
  deepStrictEqual(Reflect.ownKeys({ ...network }), Object.keys(network));
  strictEqual(isDisplayed({ ...network }), false);
  const schedule = linear({ from: 1, steps: 10 });
  strictEqual(JSON.stringify(schedule), JSON.stringify(schedule.spec));
  const figure: Figure = compareSchedules([schedule]);
  deepStrictEqual(structuredClone(figure), { ...figure });
});

Deno.test("isDisplayed() is false for what shows nothing", () => {
  for (const value of [null, undefined, 1, "text", {}, () => 1]) {
    strictEqual(isDisplayed(value), false);
  }
});

Deno.test("a network too deep for a row a layer is shown by blocks", () => {
  const network = resnet({ inputShape: [32, 32, 3], depth: 110 });
  const { data } = networkFigure(network);
  const rows = data[0]!.text as string[];
  ok(rows.length <= 34, `${rows.length} rows`);
  strictEqual(rows.at(-1), "<b>total</b>");
  const count = network.parameters.filter(({ role }) => role !== "statistic")
    .map(({ shape }) => shape.reduce((product, n) => product * n, 1))
    .reduce((sum, n) => sum + n);
  strictEqual(
    (data[2]!.text as string[]).at(-1),
    `<b>${count.toLocaleString("en")}</b>`,
  );
});
