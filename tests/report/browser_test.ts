/** The report in Chromium, opened from disk without a network. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { themeColours } from "../../lib/figures/theme.ts";
import { type ReportInput, writeReport } from "../../lib/report/mod.ts";
import { pageName } from "../../lib/report/names.ts";
import {
  launchBrowser,
  missingBrowser,
  openOffline,
} from "../support/chromium.ts";
import { withFolder } from "../support/with_folder.ts";
import inspection from "./inspect_page.js" with { type: "text" };
import { hostileReport, sampleReport } from "./sample_report.ts";

/** What a reader would notice of a page's layout. */
interface Inspection {
  overflow: number;
  background: string;
  plots: {
    drawn: string | null;
    marks: number;
    background: string | null;
    overflow: number | null;
    height: number;
    images: number;
  }[];
}

function inspect(page: Page): Promise<Inspection> {
  return page.evaluate<Inspection>(inspection);
}

/** Looks at a page until it is as it should be; fails after half a minute. */
async function inspectUntil(
  page: Page,
  isDone: (inspection: Inspection) => boolean,
): Promise<Inspection> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = await inspect(page);
    if (isDone(found)) return found;
    await page.waitForTimeout(50);
  }
  throw new Error(`the page stays as ${JSON.stringify(await inspect(page))}`);
}

/** Waits until all figures stand in a theme. */
async function drawn(
  page: Page,
  theme: "light" | "dark",
): Promise<Inspection> {
  await page.waitForSelector("html[data-drawn]");
  return await inspectUntil(
    page,
    ({ plots }) => plots.every((plot) => plot.drawn === theme),
  );
}

/** `#rrggbb` as browsers give it. */
function rgb(colour: string): string {
  const channels = [1, 3, 5].map((at) =>
    parseInt(colour.slice(at, at + 2), 16)
  );
  return `rgb(${channels.join(", ")})`;
}

const papers = sampleReport.papers.map((paper) => ({
  file: pageName(paper),
  figures: paper.rows.flatMap(({ figures }) => figures).length,
}));

/** Each page, opened wide and light or narrow and dark, and then turned. */
async function checkPages(browser: Browser, folder: string): Promise<void> {
  const starts = [[1200, "light"], [400, "dark"]] as const;
  for (
    const { file, figures } of [{ file: "index.html", figures: 0 }, ...papers]
  ) {
    for (const [width, first] of starts) {
      const path = join(folder, file);
      const { page, complaints } = await openOffline(browser, path, {
        width,
        colorScheme: first,
      });
      for (
        const theme of [first, first === "light" ? "dark" : "light"] as const
      ) {
        const what = `${file} at ${width}, ${theme}`;
        await page.emulateMedia({ colorScheme: theme });
        const found = await drawn(page, theme);
        const background = rgb(themeColours[theme].background);
        ok(found.overflow <= 0, `${what}: ${found.overflow} px too wide`);
        strictEqual(found.background, background, what);
        strictEqual(found.plots.length, figures, what);
        for (const plot of found.plots) {
          ok(plot.marks > 0, `${what}: a figure is empty`);
          ok(plot.overflow! <= 0, `${what}: a figure is too wide`);
          strictEqual(plot.background, background, what);
        }
      }
      deepStrictEqual(complaints, [], file);
      const button = (title: string) =>
        page.locator(`[data-title="${title}"]`).count();
      strictEqual(await button("Share chart..."), 0, "data can be uploaded");
      ok((await button("Zoom in")) >= figures);
      await page.context().close();
    }
  }
}

/** A wide page is made narrow: panels go below each other. */
async function checkResizing(browser: Browser, folder: string): Promise<void> {
  const path = join(folder, "k-decay.html");
  const { page } = await openOffline(browser, path, {
    width: 1200,
    colorScheme: "light",
  });
  const wide = await drawn(page, "light");
  await page.setViewportSize({ width: 400, height: 800 });
  await inspectUntil(
    page,
    ({ plots, overflow }) =>
      overflow <= 0 && plots[3]!.height > wide.plots[3]!.height,
  );
  await page.context().close();
}

/** Without scripts each figure is its static image. */
async function checkImages(browser: Browser, folder: string): Promise<void> {
  const { page, complaints } = await openOffline(
    browser,
    join(folder, "nonmonotonic.html"),
    { width: 400, colorScheme: "dark", javaScriptEnabled: false },
  );
  const images = page.locator(".plot img");
  strictEqual(await images.count(), papers[1]!.figures);
  for (const image of await images.all()) {
    const box = await image.boundingBox();
    ok(box !== null && box.width > 300 && box.height > 60);
  }
  deepStrictEqual(complaints, []);
  await page.context().close();
}

/** Where plotly.js is missing too. */
async function checkFallback(browser: Browser, folder: string): Promise<void> {
  await Deno.remove(join(folder, "assets/plotly.min.js"));
  const { page } = await openOffline(
    browser,
    join(folder, "nonmonotonic.html"),
    {
      width: 1200,
      colorScheme: "light",
    },
  );
  await inspectUntil(
    page,
    ({ plots }) => plots.every((plot) => plot.images === 1),
  );
}

/** Markup, quotes and long words in every text do nothing but stand there. */
async function checkHostile(browser: Browser, folder: string): Promise<void> {
  for (const file of ["index.html", pageName(hostileReport.papers[0]!)]) {
    const { page, complaints } = await openOffline(
      browser,
      join(folder, file),
      {
        width: 400,
        colorScheme: "light",
      },
    );
    const { overflow } = await drawn(page, "light");
    deepStrictEqual(complaints, [], file);
    ok((await page.title()) !== "broken into");
    ok(overflow <= 0, `${file}: ${overflow} px too wide`);
    const markup = page.locator(`img, a[href^="javascript"], [onerror]`);
    strictEqual(await markup.count(), 0);
  }
}

/** Writes a report, opens a browser and runs the checks in order. */
function test(
  name: string,
  input: ReportInput,
  checks: Record<string, (browser: Browser, folder: string) => Promise<void>>,
): void {
  Deno.test({
    name: missingBrowser ? `${name} (needs ${missingBrowser})` : name,
    ignore: missingBrowser !== "",
    // Playwright keeps its pipes open beyond the test.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: (context) =>
      withFolder(async (folder) => {
        await writeReport(input, folder);
        const browser = await launchBrowser();
        try {
          for (const [step, check] of Object.entries(checks)) {
            const isDone = await context.step({
              name: step,
              fn: () => check(browser, folder),
              sanitizeOps: false,
              sanitizeResources: false,
            });
            ok(isDone, step);
          }
        } finally {
          await browser.close();
        }
      }),
  });
}

test("report in a browser", sampleReport, {
  "draws at both widths and in both themes, without complaint": checkPages,
  "fits itself to the width": checkResizing,
  "shows static figures without scripts": checkImages,
  "shows static figures where plotly.js is missing": checkFallback,
});
test("report with hostile text in a browser", hostileReport, {
  "shows it as text": checkHostile,
});
