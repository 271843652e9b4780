/** JupyterLab in Chromium, as a person uses it. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { cacheDirectory } from "../../lib/files/cache_directory.ts";
import type { Cell } from "../../lib/ipynb/cell.ts";
import {
  type ExecutedCell,
  formatNotebook,
  parseNotebook,
} from "../../lib/ipynb/notebook_file.ts";
import { PLOTLY } from "../../lib/ipynb/output.ts";
import { withSettings } from "../../lib/ipynb/parameters.ts";
import { parsePercentFormat } from "../../lib/ipynb/percent_format.ts";
import { faultOf } from "../../lib/ipynb/promises.ts";
import { startLab } from "../../lib/lab/lab_server.ts";
import {
  ensureJupyterLab,
  findInstaller,
} from "../../lib/lab/python_environment.ts";
import { launchBrowser, missingBrowser } from "../support/chromium.ts";
import { withFolder } from "../support/with_folder.ts";

/** What the test needs and this machine has not. */
const missing = [
  missingBrowser,
  await findInstaller() ? "" : "uv, or Python 3 with venv",
].filter(Boolean).join("; ");

/** Where screenshots are kept. */
const SHOTS = fileURLToPath(new URL("../../reports/lab", import.meta.url));

const TRAINING = `// %%
import * as slope from "slope";
await slope.initialize();
const data = slope.drawnDigits({ train: 200, test: 100 });
const network = slope.mlp({ inputShape: data.shape, outputs: 10 });

// %% tags=["output"]
const objective = slope.classification(network);
const task = { objective, data, optimizer: slope.sgd(), batchSize: 50 };
const learningRate = slope.constant({ value: 1e-4 });
const run = await slope.watch({ ...task, epochs: 100_000, learningRate, seed: 0 });

// %%
\`kept \${run.status}, \${run.records.length > 0}\`;
`;

/** Writes a notebook that was never run. */
async function writeFresh(path: string, cells: readonly Cell[]): Promise<void> {
  const fresh = cells.map((cell) => ({ ...cell, outputs: [] }));
  await Deno.writeTextFile(path, formatNotebook(fresh));
}

/** The element that says what the kernel does. */
const kernel = (page: Page, status: string) =>
  page.locator(
    `.jp-NotebookPanel-toolbar .jp-Notebook-ExecutionIndicator[data-status="${status}"]`,
  );

/** Opens a notebook, and waits until its kernel is ready and the page knows it. */
async function openNotebook(page: Page, url: string): Promise<void> {
  const { origin, pathname, search } = new URL(url);
  const path = decodeURIComponent(pathname).split("/").at(-1);
  await page.goto(url);
  await kernel(page, "idle").waitFor({ timeout: 60_000 });
  for (;;) {
    const sessions = await (await fetch(`${origin}/api/sessions${search}`))
      .json() as { path: string; kernel: Record<string, unknown> }[];
    const own = sessions.find((session) => session.path === path)?.kernel;
    if (own?.execution_state === "idle" && Number(own.connections) > 0) break;
    await page.waitForTimeout(100);
  }
}

/** The cell with this code. */
const cellOf = (page: Page, code: string) =>
  page.locator(".jp-CodeCell", { hasText: code }).first();

/** Its figure: a picture, until the mouse enters it. */
const figureOf = (page: Page, code: string) =>
  cellOf(page, code).locator(".jp-RenderedPlotly").first();

async function runAll(page: Page): Promise<void> {
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.locator('.lm-Menu [data-command="runmenu:run-all"]').click();
  await kernel(page, "busy").waitFor();
}

/** Waits until every cell of code has run. */
async function allRun(page: Page): Promise<void> {
  const waiting = page.locator(".jp-InputPrompt", { hasText: "[*]" });
  for (const end = Date.now() + 180_000; await waiting.count() > 0;) {
    ok(Date.now() < end, "cells are still running after three minutes");
    await page.waitForTimeout(100);
  }
  await kernel(page, "idle").waitFor();
}

async function shoot(page: Page, name: string): Promise<void> {
  await Deno.mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** Saves the notebook, and reads it. */
async function saved(page: Page, path: string): Promise<ExecutedCell[]> {
  const written = page.waitForResponse((response) =>
    response.request().method() === "PUT" &&
    response.url().includes("/api/contents/")
  );
  await page.keyboard.press("Control+s");
  await (await written).finished();
  return parseNotebook(await Deno.readTextFile(path));
}

/** The tour runs from top to bottom, and its figures answer. */
async function tour(page: Page, url: string, path: string): Promise<void> {
  await openNotebook(page, url);
  await runAll(page);
  await figureOf(page, "watchTogether").waitFor({ timeout: 60_000 });
  await cellOf(page, "watchTogether").scrollIntoViewIfNeeded();
  await page.waitForTimeout(2000);
  await shoot(page, "tour-live");
  await allRun(page);
  const cells = await saved(page, path);
  deepStrictEqual(cells.map(faultOf).filter(Boolean), []);
  strictEqual(await page.locator('[data-mime-type$="stderr"]').count(), 0);
  const drawn = cells.filter(({ outputs }) =>
    outputs.some((output) => "data" in output && PLOTLY in output.data)
  );
  strictEqual(drawn.length, 11);
  for (const [index, { source }] of drawn.entries()) {
    const lines = source.split("\n").map((line) => line.trim());
    const longest = lines.reduce((a, b) => b.length > a.length ? b : a);
    // What is out of sight is drawn when it comes into sight.
    await cellOf(page, longest).scrollIntoViewIfNeeded();
    const figure = figureOf(page, longest);
    await figure.scrollIntoViewIfNeeded();
    await figure.hover();
    await figure.locator(".main-svg").first().waitFor();
    await shoot(page, `tour-${index + 1}`);
  }
  // What was live has become the final figure.
  for (const code of ["slope.watch({ ...task", "watchTogether"]) {
    const figure = figureOf(page, code);
    ok(await figure.locator(".scatterlayer .trace").count() >= 4, code);
    ok(!(await figure.textContent())!.includes("0 %"), code);
  }
  const schedules = figureOf(page, "compareSchedules");
  await schedules.scrollIntoViewIfNeeded();
  await schedules.hover();
  const label = schedules.locator(".hoverlayer").first();
  match(await label.textContent() ?? "", /kDecay : 0\.0\d/);
  await shoot(page, "tour-hover");
}

/** The stop button ends a training, and the next cell runs. */
async function stop(page: Page, url: string, path: string): Promise<void> {
  await openNotebook(page, url);
  await runAll(page);
  // Each state is an element of its own.
  await figureOf(page, "slope.watch").waitFor({
    state: "attached",
    timeout: 60_000,
  });
  await page.waitForTimeout(1000);
  await page.locator('[data-command="notebook:interrupt-kernel"]').click();
  await allRun(page);
  await shoot(page, "stopped");
  const cells = await saved(page, path);
  deepStrictEqual(cells.map(faultOf).filter(Boolean), []);
  const texts = cells.map(({ outputs: [output] }) =>
    output !== undefined && "data" in output
      ? String(output.data["text/plain"])
      : ""
  );
  match(texts[1]!, /stopped at step/);
  match(texts[2]!, /kept stopped, true/);
}

Deno.test({
  name: missing
    ? `JupyterLab in a browser (needs ${missing})`
    : "JupyterLab in a browser",
  ignore: missing !== "",
  // Playwright keeps its pipes open beyond the test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: (context) =>
    withFolder(async (scratch) => {
      const folder = join(scratch, "läb und notes");
      await Deno.mkdir(folder);
      const source = new URL("../../notebooks/tour.ts", import.meta.url);
      const cells = parsePercentFormat(await Deno.readTextFile(source));
      const settings = { epochs: 4, seeds: [0, 1] };
      await writeFresh(
        join(folder, "tour.ipynb"),
        withSettings(cells, settings),
      );
      await writeFresh(
        join(folder, "stop.ipynb"),
        parsePercentFormat(TRAINING),
      );
      const program = await ensureJupyterLab(cacheDirectory());
      await using lab = await startLab({
        program,
        folder,
        open: "tour.ipynb",
        state: join(scratch, "state"),
        browser: false,
      });
      const browser = await launchBrowser();
      try {
        for (const [name, check] of Object.entries({ tour, stop })) {
          const page = await browser.newPage({
            viewport: { width: 1280, height: 900 },
          });
          page.setDefaultTimeout(15_000);
          // A workspace of its own: no other notebook is open.
          const url = lab.url.replace(
            "lab/tree/tour.ipynb",
            `lab/workspaces/${name}/tree/${name}.ipynb`,
          );
          const isDone = await context.step({
            name,
            fn: () => check(page, url, join(folder, `${name}.ipynb`)),
            sanitizeOps: false,
            sanitizeResources: false,
          });
          if (!isDone) await shoot(page, `${name}-failed`);
          ok(isDone, name);
          await page.close();
        }
      } finally {
        await browser.close();
      }
    }),
});
