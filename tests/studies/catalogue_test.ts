import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { catalogue, rowId } from "../../lib/studies/catalogue.ts";
import { studies } from "../../lib/studies/studies.ts";

Deno.test("the catalogue has the 63 rows of five papers, each once", () => {
  const ids = catalogue.flatMap((paper) =>
    paper.rows.map((row) => rowId(paper, row))
  );
  strictEqual(ids.length, 63);
  strictEqual(new Set(ids).size, 63);
  deepStrictEqual(catalogue.map(({ name, rows }) => [name, rows.length]), [
    ["loss-decay", 10],
    ["k-decay", 8],
    ["lossgrad", 12],
    ["adaptive", 16],
    ["nonmonotonic", 17],
  ]);
});

Deno.test("every item of a study is a row of its paper", () => {
  for (const study of studies) {
    const paper = catalogue.find(({ name }) => name === study.paper);
    for (const { item } of study.items) {
      ok(
        paper?.rows.some((row) => row.item === item),
        `${study.paper}/${item}`,
      );
    }
  }
});
