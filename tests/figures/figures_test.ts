import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import golden from "../golden/figures/figures.json" with { type: "json" };
import { attributes, fitted } from "../../lib/figures/figure.ts";
import {
  comparisonFigure,
  contourFigure,
  heatMapFigure,
  lineFigure,
  panelFigure,
  scatterFigure,
  seedBand,
  surfaceFigure,
} from "../../lib/figures/mod.ts";
import { plainText, wrapText } from "../../lib/figures/plain_text.ts";
import { renderSvg } from "../../lib/figures/render_svg.ts";
import { flattened } from "../../lib/figures/surface_figure.ts";
import { samples } from "./samples.ts";

const axes = { x: { title: "x" }, y: { title: "y" } };

Deno.test("figures are JSON, whatever the numbers", () => {
  fc.assert(fc.property(fc.array(fc.double()), (y) => {
    const figure = lineFigure({
      title: "t",
      ...axes,
      series: [{ name: "a", x: y.map((_, i) => i), y, low: y, high: y }],
    });
    deepStrictEqual(JSON.parse(JSON.stringify(figure)), figure);
  }));
  for (const [name, figure] of Object.entries(samples)) {
    deepStrictEqual(JSON.parse(JSON.stringify(figure)), figure, name);
  }
});

Deno.test("lineFigure() closes a band around each stretch without a gap", () => {
  const figure = lineFigure({
    title: "t",
    ...axes,
    series: [{
      name: "a",
      x: [1, 2, 3, 4],
      y: [1, 1, NaN, 1],
      low: [0, 0.5, NaN, 0],
      high: [2, 3, NaN, 4],
    }],
  });
  deepStrictEqual(figure.data[0]!.x, [1, 2, 2, 1, null, 4, 4]);
  deepStrictEqual(figure.data[0]!.y, [2, 3, 0.5, 0, null, 4, 0]);
  deepStrictEqual(figure.data[1]!.y, [1, 1, null, 1]);
});

Deno.test("lineFigure() ends a band on a log axis at the smallest value", () => {
  const figure = lineFigure({
    title: "t",
    x: { title: "x" },
    y: { title: "y", scale: "log" },
    series: [{ name: "a", x: [1, 2], y: [1, 2], low: [-1, 0.5], high: [3, 4] }],
  });
  deepStrictEqual(figure.data[0]!.y, [3, 4, 0.5, 0.5]);
});

Deno.test("lineFigure() takes a colour from another series", () => {
  const figure = lineFigure({
    title: "t",
    ...axes,
    series: [
      { name: "train", x: [1], y: [1] },
      { name: "validation", x: [1], y: [2], colour: 0, dash: "dash" },
    ],
  });
  const [train, validation] = figure.data.map(({ line }) => attributes(line));
  strictEqual(validation!.color, train!.color);
  strictEqual(validation!.dash, "dash");
});

Deno.test("figures refuse lists of different lengths", () => {
  throws(
    () =>
      lineFigure({
        title: "t",
        ...axes,
        series: [{ name: "a", x: [1, 2], y: [1] }],
      }),
    { name: "TypeError", message: 'y of "a" must have 2 entries, got 1' },
  );
  throws(
    () =>
      lineFigure({
        title: "t",
        ...axes,
        series: [{ name: "a", x: [1], y: [1], low: [1] }],
      }),
    /both low and high/,
  );
  throws(
    () =>
      scatterFigure({
        title: "t",
        ...axes,
        series: [{ name: "a", x: [1], y: [1], labels: [] }],
      }),
    TypeError,
  );
  throws(
    () =>
      comparisonFigure({
        title: "t",
        value: { title: "v" },
        categories: ["a", "a"],
        series: [],
      }),
    /distinct/,
  );
  const z = { title: "z", values: [[1, 2]] };
  const plane = {
    title: "t",
    x: { title: "x", values: [1, 2] },
    y: { title: "y", values: [1, 2] },
  };
  throws(() => heatMapFigure({ ...plane, z }), TypeError);
  throws(
    () => heatMapFigure({ ...plane, z: { ...z, values: [[1, 2], [1]] } }),
    TypeError,
  );
});

Deno.test("figures refuse axes that cannot be drawn", () => {
  const series = [{ name: "a", x: [1], y: [1] }];
  const y = { title: "y" };
  throws(
    () =>
      lineFigure({
        title: "t",
        x: { title: "x", scale: "log", range: [0, 1] },
        y,
        series,
      }),
    RangeError,
  );
  throws(
    () =>
      lineFigure({
        title: "t",
        x: { title: "x", range: [0, NaN] },
        y,
        series,
      }),
    RangeError,
  );
});

Deno.test("panelFigure() gives each panel axes and each name one entry", () => {
  const { data, layout } = samples.panels!;
  deepStrictEqual(
    [...new Set(data.map((trace) => `${trace.xaxis} ${trace.yaxis}`))],
    ["x y", "x2 y2", "x3 y3"],
  );
  const entries = data.filter(({ name, showlegend }) => name && showlegend)
    .map(({ name }) => name);
  deepStrictEqual(entries, [
    "step",
    "γ₀/(1 + λt)",
    "k = 1",
    "k = 1.5",
    "k = 3",
  ]);
  const domain = attributes(layout.xaxis2).domain as number[];
  ok(domain[0]! > 0.5);
});

Deno.test("panelFigure() stacks its panels on a narrow page", () => {
  const { layout } = fitted(samples.panels!, 400);
  for (const axis of ["xaxis", "xaxis2", "xaxis3"]) {
    deepStrictEqual(attributes(layout[axis]).domain, [0, 1]);
  }
  const [first, second, third] = ["yaxis", "yaxis2", "yaxis3"]
    .map((axis) => attributes(layout[axis]).domain as number[]);
  ok(first![0]! > second![1]! && second![0]! > third![1]!);
  ok(Number(layout.height) > Number(samples.panels!.layout.height));
});

Deno.test("panelFigure() can share an axis", () => {
  const { layout } = panelFigure({
    title: "t",
    panels: [samples.line!, samples.line!],
    sharedY: true,
  });
  strictEqual(attributes(layout.yaxis2).matches, "y");
  ok(!("matches" in attributes(layout.xaxis2)));
  throws(() => panelFigure({ title: "t", panels: [] }), RangeError);
  throws(
    () => panelFigure({ title: "t", panels: [samples.line!], columns: 1.5 }),
    RangeError,
  );
});

Deno.test("seedBand() agrees with SciPy", () => {
  for (const [level, expected] of Object.entries(golden.intervals)) {
    const band = seedBand(golden.runs, { level: Number(level) });
    for (const key of ["y", "low", "high"] as const) {
      for (const [point, value] of expected[key].entries()) {
        ok(Math.abs(band[key][point]! - value) < 1e-12, `${level} ${key}`);
      }
    }
  }
});

Deno.test("seedBand() leaves out what is not finite", () => {
  const band = seedBand([[1, 5], [3, NaN]]);
  strictEqual(band.y[1], 5);
  ok(Number.isNaN(band.low[1]) && Number.isFinite(band.low[0]));
  deepStrictEqual(seedBand([]), { y: [], low: [], high: [] });
  throws(() => seedBand([[1], [1, 2]]), TypeError);
  throws(() => seedBand([[1]], { level: 1 }), RangeError);
});

Deno.test("plainText() leaves no markup and loses nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const escaped = plainText(text);
    ok(!/[<>$]/.test(escaped.replaceAll("<br>", "")));
    const back = escaped.replaceAll("<br>", "\n").replaceAll("&gt;", ">")
      .replaceAll("&#36;", "$")
      .replaceAll("&lt;", "<").replaceAll("&amp;", "&");
    strictEqual(back, text);
  }));
});

Deno.test("wrapText() keeps the words and the limit", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(fc.property(words, fc.integer({ min: 1, max: 30 }), (list, n) => {
    const text = list.join(" ");
    const lines = wrapText(text, (line) => line.length, n).split("\n");
    strictEqual(lines.join(" "), text);
    for (const line of lines) ok(line.length <= n || !line.includes(" "));
  }));
});

Deno.test("surfaceFigure() lays paths on the surface, and flattens to contours", async () => {
  const options = {
    title: "Loss around a minimum",
    x: { title: "α", values: [0, 1, 3] },
    y: { title: "β", values: [0, 2] },
    z: {
      title: "loss",
      scale: "log",
      values: [[1, 10, 100], [100, 1000, 0]],
    },
    paths: [{
      name: "training",
      x: [0, 0.5, 1, 2, 9, 3],
      y: [0, 1, 2, 0, -1, 1],
    }],
  } as const;
  const figure = surfaceFigure(options);
  deepStrictEqual(figure.data[0]!.z, [[0, 1, 2], [2, 3, null]]);
  // Exponents, from the four heights around; beyond the edge, that of the edge.
  deepStrictEqual(figure.data[1]!.z, [0, 1.5, 3, 1.5, 2, null]);
  const { data, layout } = flattened(figure);
  deepStrictEqual(data.map(({ type }) => type), ["contour", "scatter"]);
  deepStrictEqual(layout.xaxis, { title: { text: "α" } });
  strictEqual(flattened(contourFigure(options)).data[0]!.type, "contour");
  match(await renderSvg(figure), /^<svg .*contour.*<\/svg>$/s);
  throws(
    () => surfaceFigure({ ...options, z: { title: "z", values: [[1, 2, 3]] } }),
    /rows of "z" must have 2/,
  );
});
