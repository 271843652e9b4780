import { match, notStrictEqual, ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { itemOf, pageName, safeName } from "../../lib/report/names.ts";
import { sampleReport } from "./sample_report.ts";

Deno.test("safeName() is safe in a path and an address", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => {
    match(safeName(name), /^[a-z0-9]+(-[a-z0-9]+)*$/);
    ok(safeName(name).length <= 70);
  }));
});

Deno.test("safeName() keeps the names of rows and keeps others apart", () => {
  for (const name of ["fig3", "table-mnist", "section5-1", "eq14"]) {
    strictEqual(safeName(name), name);
  }
  const likes = ["Fig 3", "fig 3", "fig-3", "fig-3-", "../fig 3", "", "."];
  strictEqual(new Set(likes.map(safeName)).size, likes.length);
  notStrictEqual(safeName("a".repeat(61)), safeName("a".repeat(62)));
});

Deno.test("pageName() leaves the index alone", () => {
  const paper = sampleReport.papers[0]!;
  strictEqual(pageName(paper), "k-decay.html");
  strictEqual(pageName({ ...paper, name: "index" }), "index-paper.html");
});

Deno.test("itemOf() is what follows the paper's name", () => {
  strictEqual(itemOf({ id: "k-decay/fig3" }), "fig3");
  strictEqual(itemOf({ id: "a/b/c" }), "b/c");
  strictEqual(itemOf({ id: "alone" }), "alone");
});
