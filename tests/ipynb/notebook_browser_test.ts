/** The tour as a page in Chromium, opened from disk without a network. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Figure } from "../../lib/figures/figure.ts";
import { hasSurface } from "../../lib/figures/surface_figure.ts";
import { parseNotebook } from "../../lib/ipynb/notebook_file.ts";
import { notebookPage } from "../../lib/ipynb/notebook_page.ts";
import { PLOTLY } from "../../lib/ipynb/output.ts";
import {
  launchBrowser,
  missingBrowser,
  openOffline,
} from "../support/chromium.ts";
import { withFolder } from "../support/with_folder.ts";

const cells = parseNotebook(
  await Deno.readTextFile(
    new URL("../../notebooks/tour.ipynb", import.meta.url),
  ),
);
const drawings = cells.flatMap(({ outputs }) => outputs)
  .flatMap((output) => "data" in output ? output.data[PLOTLY] ?? [] : []);
const surfaces = drawings.filter((figure) => hasSurface(figure as Figure))
  .length;
const figures = drawings.length - surfaces;

/** Every figure is drawn, fits, and answers to the mouse. */
async function look(
  browser: Browser,
  path: string,
  width: number,
  colorScheme: "light" | "dark",
): Promise<void> {
  const { page, complaints } = await openOffline(browser, path, {
    width,
    colorScheme,
  });
  await page.waitForSelector("html[data-drawn]");
  const plots = page.locator(".plot");
  strictEqual(await plots.count(), figures);
  strictEqual(await page.locator("figure > img").count(), surfaces);
  for (const plot of await plots.all()) {
    await plot.locator(".main-svg").first().waitFor();
  }
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - innerWidth",
  );
  ok(overflow <= 0, `${overflow} px too wide at ${width}`);
  const area = page.locator(".plot .nsewdrag.drag").last();
  await area.scrollIntoViewIfNeeded();
  const { x, y, width: wide, height } = (await area.boundingBox())!;
  await page.mouse.move(x + 5, y + height / 2);
  await page.mouse.move(x + wide / 2, y + height / 2, { steps: 20 });
  await page.locator(".hoverlayer text").first().waitFor();
  deepStrictEqual(complaints, []);
  await page.context().close();
}

Deno.test({
  name: `the tour as a page answers to the mouse without a network${
    missingBrowser && ` (needs ${missingBrowser})`
  }`,
  ignore: missingBrowser !== "",
  // Playwright keeps its pipes open beyond the test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withFolder(async (folder) => {
      ok(figures > 3 && surfaces > 0);
      const path = join(folder, "tour.html");
      await Deno.writeTextFile(
        path,
        await notebookPage(cells, { name: "tour" }),
      );
      const browser = await launchBrowser();
      try {
        await look(browser, path, 1200, "light");
        await look(browser, path, 400, "dark");
      } finally {
        await browser.close();
      }
    }),
});
