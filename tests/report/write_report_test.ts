import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join, relative } from "node:path";
import { indexPage } from "../../lib/report/index_page.ts";
import { writeReport } from "../../lib/report/mod.ts";
import { paperPage } from "../../lib/report/paper_page.ts";
import { withFolder } from "../support/with_folder.ts";
import { hostileReport, sampleReport } from "./sample_report.ts";

async function filesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  const visit = async (path: string) => {
    for await (const { name, isDirectory } of Deno.readDir(path)) {
      const inside = join(path, name);
      if (isDirectory) await visit(inside);
      else files.push(relative(folder, inside));
    }
  };
  await visit(folder);
  return files.sort();
}

Deno.test("writeReport() writes pages, figures and assets, and keeps the rest", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "results.json"), "[]");
    await Deno.writeTextFile(join(folder, "index.html"), "old");
    strictEqual(
      await writeReport(sampleReport, folder),
      join(folder, "index.html"),
    );
    const figures = [
      "k-decay/fig1",
      "k-decay/fig2",
      "k-decay/fig2.2",
      "k-decay/fig3",
      "nonmonotonic/fig3a",
      "nonmonotonic/fig3a.2",
      "nonmonotonic/fig4a",
      "nonmonotonic/fig4a.2",
      "nonmonotonic/fig4a.3",
    ].flatMap((name) => [`figures/${name}.json`, `figures/${name}.svg`]);
    deepStrictEqual(
      await filesOf(folder),
      [
        ...figures,
        "assets/plotly.css",
        "assets/plotly.min.js",
        "assets/report.css",
        "assets/report.js",
        "index.html",
        "k-decay.html",
        "nonmonotonic.html",
        "results.json",
      ].sort(),
    );
    const file = join(folder, "figures/k-decay/fig2.json");
    const { data, layout } = JSON.parse(await Deno.readTextFile(file));
    strictEqual(data.length, 3);
    strictEqual(layout.meta.title, "Learning rate under k-decay");
  }));

Deno.test("writeReport() writes nowhere but below its directory", () =>
  withFolder(async (folder) => {
    await writeReport(hostileReport, join(folder, "a/b"));
    deepStrictEqual(
      (await filesOf(folder)).filter((path) => !path.startsWith("a/b/")),
      [],
    );
  }));

Deno.test("writeReport() refuses two rows of one id, and writes nothing", () =>
  withFolder(async (folder) => {
    const [paper] = sampleReport.papers;
    const twice = { ...paper!, rows: [paper!.rows[0]!, paper!.rows[0]!] };
    await rejects(
      writeReport({ ...sampleReport, papers: [twice] }, folder),
      /ids of rows must be distinct, got "k-decay\/fig1" twice/,
    );
    await rejects(
      writeReport({ ...sampleReport, papers: [paper!, paper!] }, folder),
      RangeError,
    );
    deepStrictEqual(await filesOf(folder), []);
  }));

Deno.test("pages show value, interval, verdict, runs, settings, cost, command", () => {
  const [paper] = sampleReport.papers;
  const page = paperPage(sampleReport, paper!);
  const shown = [
    "−0.5 to −1.1 %",
    "−0.42 ± 0.29 %",
    "reproduced at this scale",
    "5 seeds, small",
    "ResNet-20, basic blocks of width 16",
    "41 min on 2 cores",
    "<code>deno task reproduce --figure k-decay/fig2 --scale small</code>",
    "Own baselines with paired seeds",
    "TensorFlow</dt><dd>2.18.1",
    `<a href="https://arxiv.org/abs/2004.05909"`,
  ];
  for (const text of shown) ok(page.includes(text), text);
  ok(!page.includes(`id="row-fig4"`), "a row that was not run has no section");
  ok(page.includes("Not run: fig4, table1"));
  const index = indexPage(sampleReport);
  ok(index.includes(`<a href="k-decay.html#row-fig2">fig2</a>`));
  ok(index.includes("</span> 2 reproduced</span>"));
});

Deno.test("pages link to arXiv where the reference is an id", () => {
  const [paper] = sampleReport.papers;
  const pageOf = (reference: string) =>
    paperPage(sampleReport, { ...paper!, reference });
  for (
    const reference of ["2004.05909", "arXiv 2004.05909", "arXiv:2004.05909v2"]
  ) {
    ok(
      /href="https:\/\/arxiv.org\/abs\/2004.05909(v2)?"/.test(
        pageOf(reference),
      ),
    );
  }
  ok(pageOf("cs.LG/0102030").includes("abs/cs.LG/0102030"));
  ok(!pageOf("UAI 2018").includes("arxiv.org"));
});

Deno.test("pages hold no markup of data", () => {
  const pages = [
    indexPage(hostileReport),
    paperPage(hostileReport, hostileReport.papers[0]!),
  ];
  for (const page of pages) {
    // What the report itself writes: two scripts and the data blocks.
    const scripts = page.match(/<script[^>]*>/g)!;
    for (const script of scripts) {
      ok(
        /^<script (defer src="assets\/(plotly\.min|report)\.js"|type="application\/json" (id="templates"|class="figure"))>$/
          .test(script),
        script,
      );
    }
    strictEqual((page.match(/<\/script/g) ?? []).length, scripts.length);
    ok(!/<img (?!src="figures)/.test(page));
    ok(!page.includes("<style") && !/\son\w+="/.test(page));
    ok(!page.includes("arxiv.org"), "a reference that is no arXiv id");
  }
});
