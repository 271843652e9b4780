/** A surface in a report, opened in Chromium from disk without a network. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { contourFigure, surfaceFigure } from "../../lib/figures/mod.ts";
import { type ReportInput, writeReport } from "../../lib/report/mod.ts";
import {
  launchBrowser,
  missingBrowser,
  openOffline,
} from "../support/chromium.ts";
import { withFolder } from "../support/with_folder.ts";
import { sampleReport } from "./sample_report.ts";

const ticks = Array.from({ length: 7 }, (_, i) => i / 3 - 1);
const drawn = {
  title: "Loss around a minimum",
  x: { title: "α", values: ticks },
  y: { title: "β", values: ticks },
  z: { title: "loss", values: ticks.map((y) => ticks.map((x) => x * x + y)) },
  paths: [{ name: "training", x: [-1, 0], y: [1, 0] }],
};

const [paper] = sampleReport.papers;
const report: ReportInput = {
  ...sampleReport,
  papers: [{
    ...paper!,
    rows: [{
      ...paper!.rows[0]!,
      figures: [contourFigure(drawn), surfaceFigure(drawn)].map((figure) => ({
        caption: "A plane.",
        figure,
      })),
    }],
  }],
};

Deno.test({
  name: missingBrowser
    ? `surfaces in a browser (needs ${missingBrowser})`
    : "surfaces in a browser: drawn in space, and as contours where that is missing",
  ignore: missingBrowser !== "",
  // Playwright keeps its pipes open beyond the test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withFolder(async (folder) => {
      await writeReport(report, folder);
      const browser = await launchBrowser();
      const open = () =>
        openOffline(browser, join(folder, `${paper!.name}.html`), {
          width: 1200,
          colorScheme: "dark",
        });
      try {
        const { page, complaints } = await open();
        await page.waitForSelector("html[data-drawn]");
        const plots = page.locator(".plot");
        strictEqual(await plots.count(), 2);
        const canvases = plots.nth(1).locator("canvas");
        if (await canvases.count() > 0) {
          // Of how fast it is drawn without a graphics card.
          const others = complaints.filter((text) =>
            !/GL Driver Message|willReadFrequently/.test(text)
          );
          deepStrictEqual(others, []);
          strictEqual(await plots.nth(1).locator("img").count(), 0);
        } else {
          ok(/no WebGL/.test(complaints.join()), complaints.join());
          strictEqual(await plots.nth(1).locator("img").count(), 1);
        }
        // The other is drawn by the first plotly, whatever came after it.
        ok(await plots.nth(0).locator(".main-svg").count() > 0);
        await page.context().close();

        await Deno.remove(join(folder, "assets/plotly-gl3d.min.js"));
        const { page: other } = await open();
        await other.waitForSelector("html[data-drawn]");
        strictEqual(
          await other.locator(".plot").nth(1).locator("img").count(),
          1,
        );
        await other.context().close();
      } finally {
        await browser.close();
      }
    }),
});

Deno.test("reports without surfaces are spared the larger plotly", () =>
  withFolder(async (folder) => {
    await writeReport(sampleReport, folder);
    const assets = Deno.readDirSync(join(folder, "assets"));
    ok(![...assets].some(({ name }) => name.includes("gl3d")));
  }));
