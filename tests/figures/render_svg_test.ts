import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { lineFigure, renderSvg } from "../../lib/figures/mod.ts";
import { plotlyPage } from "../../lib/figures/plotly_page.ts";
import { themed } from "../../lib/figures/theme.ts";
import { assertSnapshot } from "./assert_snapshot.ts";
import { samples } from "./samples.ts";

for (const [name, figure] of Object.entries(samples)) {
  Deno.test(`renderSvg() draws ${name} as its snapshot`, async () => {
    await assertSnapshot(`${name}.svg`, await renderSvg(figure));
  });

  Deno.test(`${name} has only attributes that plotly knows`, async () => {
    const page = await plotlyPage();
    // plotly.validate takes every value of coloraxis for wrong.
    const faults = page.faults(themed(figure, "light"))
      .filter((fault) => !/key coloraxis is set to an invalid/.test(fault));
    deepStrictEqual(faults, []);
  });
}

Deno.test("renderSvg() draws narrow and dark", async () => {
  const options = { width: 400, theme: "dark" } as const;
  await assertSnapshot(
    "panels.narrow.svg",
    await renderSvg(samples.panels!, options),
  );
});

Deno.test("renderSvg() gives the same bytes whatever was drawn before", async () => {
  const first = await renderSvg(samples.line!);
  await renderSvg(samples.heatMap!);
  strictEqual(await renderSvg(samples.line!), first);
});

Deno.test("renderSvg() leaves the figure and the globals alone", async () => {
  const before = structuredClone(samples.panels!);
  const globals = Object.getOwnPropertyNames(globalThis);
  await renderSvg(samples.panels!, { width: 400 });
  deepStrictEqual(samples.panels, before);
  deepStrictEqual(Object.getOwnPropertyNames(globalThis), globals);
  ok(!("document" in globalThis) && !("Plotly" in globalThis));
});

Deno.test("renderSvg() shows text of data as text", async () => {
  const hostile = `</title><script>alert("1")</script><b>&amp;\u0000`;
  const svg = await renderSvg(lineFigure({
    title: hostile,
    caption: hostile,
    x: { title: hostile, unit: "<i>" },
    y: { title: `<a href="javascript:alert(1)">y</a>` },
    series: [{ name: hostile, x: [1, 2], y: [1, 2] }, {
      name: "<b>b</b>",
      x: [1],
      y: [1],
    }],
  }));
  ok(!/<script|<b>|<i>|<a[ >]/i.test(svg), "markup of data is in the SVG");
  match(svg, /&lt;script&gt;/);
  match(svg, /&#60;b&#62;b&#60;\/b&#62;/);
  ok(!svg.includes("\u0000"));
});

Deno.test("renderSvg() draws a figure without points", async () => {
  const figure = lineFigure({
    title: "Nothing",
    x: { title: "x" },
    y: { title: "y", scale: "log" },
    series: [{ name: "a", x: [], y: [], low: [], high: [] }],
  });
  match(await renderSvg(figure), /^<svg .*<\/svg>$/s);
});

Deno.test("renderSvg() refuses sizes that are out of range", async () => {
  await rejects(renderSvg(samples.line!, { width: 0 }), RangeError);
  await rejects(renderSvg(samples.line!, { height: NaN }), RangeError);
});
