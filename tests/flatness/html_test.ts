import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { JSDOM } from "jsdom";
import { join } from "node:path";
import { renderSvg } from "../../lib/figures/render_svg.ts";
import {
  measurementsFigure,
  reportFigures,
} from "../../lib/flatness/figures.ts";
import { flatnessPage } from "../../lib/flatness/html.ts";
import type { Measurements } from "../../lib/flatness/measurement.ts";
import {
  cautions,
  type FlatnessReport,
  type ModelReport,
} from "../../lib/flatness/report.ts";
import { reportText } from "../../lib/flatness/report_text.ts";
import { writeFlatness } from "../../lib/flatness/write_flatness.ts";
import { withFolder } from "../support/with_folder.ts";

const nasty = `<img src=x onerror=alert(1)>"'&</script>\u001b[31m`;

const measurements: Measurements = {
  loss: { value: 0.5, error: 0.01, cost: 1, invariantTo: ["sameFunction"] },
  hessianTopEigenvalues: {
    value: [3, 2],
    error: [0.1, 0.2],
    cost: 90,
    invariantTo: ["orthogonalMaps"],
    note: nasty,
  },
  filterNormalizedCurve: {
    value: [1, 0, 2],
    error: [0.1, 0, 0.1],
    cost: 12,
    invariantTo: ["layerRescaling"],
    at: [-1, 0, 1],
  },
};

const model: ModelReport = {
  model: {
    path: nasty,
    format: "keras",
    sha256: "0".repeat(64),
    weightsSha256: "1".repeat(64),
    parameters: 7,
  },
  measurements,
  selfChecks: {
    repeat: 0,
    otherBatchSize: 1e-16,
    weightsRestored: true,
    hessianDifference: 1e-7,
    hessianPair: 1e-8,
    unfrozen: [nasty],
  },
  rescaling: {
    examples: 60,
    factors: [{ multiplied: nasty, divided: nasty, factor: 0.25 }],
    functionChange: 0,
    changes: { loss: 0, hessianTopEigenvalues: 2 },
    moved: ["hessianTopEigenvalues"],
    unexpected: [],
  },
};

const report: FlatnessReport = {
  format: "slope-flatness-1",
  ...model,
  data: {
    path: nasty,
    examples: 60,
    of: 100,
    sha256: "2".repeat(64),
    shape: [2],
    classes: 3,
  },
  settings: {
    loss: "softmaxCrossEntropy",
    preprocessing: "none",
    split: "train",
    budget: "quick",
    metrics: ["loss"],
    seed: 0,
    batchSize: 20,
    precision: "float64",
    normalisation: "frozen",
    level: 1.1,
    backend: "tensorflow",
  },
  comparison: {
    ...model,
    differences: { loss: { value: 0, error: 0.014 } },
    directions: [{
      norm: "filter",
      layers: "all",
      alpha: 0.5,
      rises: [1, 2],
      otherRises: [2, 3],
      otherHigher: 2,
      pValue: 0.5,
    }],
  },
  cautions,
  expectedSeconds: 10,
  seconds: 8,
};

Deno.test("names of files and layers are text on the page", () => {
  const figures = reportFigures(report);
  strictEqual(figures.length, 3);
  const { document } = new JSDOM(flatnessPage(report, figures, {})).window;
  strictEqual(document.querySelectorAll("img[onerror]").length, 0);
  const attributes = (selector: string, name: string): string[] =>
    Array.from(
      document.querySelectorAll(selector) as ArrayLike<
        { getAttribute(name: string): string }
      >,
      (element) => element.getAttribute(name),
    );
  const sources = [
    ...attributes("script[src], img[src]", "src"),
    ...attributes("link[href]", "href"),
  ];
  ok(sources.length > 0);
  for (const source of sources) {
    match(source, /^(assets\/|figures\/|data:,)/);
  }
  const types = attributes("script:not([src])", "type");
  ok(types.every((type) => type === "application/json"));
  const text = document.querySelector("main").textContent;
  ok(text.includes(`<img src=x onerror=alert(1)>`));
  for (const caution of cautions) ok(text.includes(caution));
});

Deno.test("a notebook gets a table of both models' numbers", async () => {
  const figure = measurementsFigure(report);
  const svg = await renderSvg(figure);
  ok(!svg.includes("<img"));
  match(svg, /0\.500 ± 0\.010/);
  const { document } = new JSDOM(svg).window;
  match(document.body.textContent, /largest Hessian eigenvalues/);
});

Deno.test("neither page nor terminal says that flatter is better", () => {
  const words = [
    reportText(report),
    flatnessPage(report, [], {}),
  ];
  for (const text of words) {
    const claims = text.match(/[^.]*flatter[^.]*\./g)!;
    ok(claims.length > 0);
    for (const claim of claims) match(claim, /Nothing here says/);
  }
});

Deno.test("a terminal gets no control characters", () => {
  const text = reportText(report);
  // deno-lint-ignore no-control-regex
  ok(!/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(text));
  match(text, /largest Hessian eigenvalues +3\.00 ± 0\.10, 2\.00 ± 0\.20/);
});

Deno.test("a report is written whole, within its folder", async () => {
  await withFolder(async (folder) => {
    const out = join(folder, "report");
    strictEqual(await writeFlatness(report, out), join(out, "index.html"));
    deepStrictEqual(
      await Array.fromAsync(Deno.readDir(folder), (e) => e.name),
      ["report"],
    );
    deepStrictEqual(
      (await Array.fromAsync(Deno.readDir(out), (e) => e.name)).sort(),
      ["assets", "figures", "index.html", "report.json"],
    );
    const read = await Deno.readTextFile(join(out, "report.json"));
    deepStrictEqual(JSON.parse(read), JSON.parse(JSON.stringify(report)));
  });
});
