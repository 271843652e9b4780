import { ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  type ResultRow,
  resultsFault,
  resultsTable,
  withResults,
} from "../../lib/report/mod.ts";
import { hostileReport, sampleReport } from "./sample_report.ts";

const rows = sampleReport.papers.flatMap((paper) => paper.rows);
const readme =
  "# Slope\n\n<!-- results:begin -->\n<!-- results:end -->\n\nMore.\n";

Deno.test("resultsTable() has a line for each row, after its head", () => {
  const lines = resultsTable(rows).split("\n");
  strictEqual(lines.length, rows.length + 2);
  ok(lines[3]!.includes("| −0.42 ± 0.29 % | 5 seeds, small | reproduced at"));
  ok(lines[3]!.startsWith("| k-decay/fig2 | k \\> 1"), lines[3]);
  ok(
    lines[5]!.startsWith(
      "| k-decay/fig4 | ImageNet, ResNet-50 against k | — | — | — | not run |",
    ),
    lines[5],
  );
});

/** The cells of a line of a table, as GitHub splits it. */
function cells(line: string): string[] {
  return line.split(/(?<!\\)\|/).slice(1, -1);
}

Deno.test("resultsTable() stays a table whatever the text", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 30 });
  const properties = fc.record({ id: texts, value: texts, command: texts });
  fc.assert(fc.property(properties, ({ id, value, command }) => {
    const row: ResultRow = {
      ...rows[0]!,
      id,
      paper: { value },
      measured: { value, interval: null },
      command,
    };
    const lines = resultsTable([row]).split("\n");
    strictEqual(lines.length, 3);
    strictEqual(cells(lines[2]!).length, 7, lines[2]);
  }));
});

Deno.test("resultsTable() shows markup as text", () => {
  const table = resultsTable(hostileReport.papers[0]!.rows);
  ok(!/(?<!\\)<|(?<!\\)\[/.test(table.replaceAll(/`+[^`]*`+/g, "")), table);
});

Deno.test("resultsFault() accepts what withResults() wrote, aligned or not", () => {
  const written = withResults(readme, rows);
  strictEqual(resultsFault(written, rows), null);
  ok(written.startsWith("# Slope\n") && written.endsWith("\n\nMore.\n"));
  strictEqual(withResults(written, rows), written);
  const aligned = written.replaceAll("| ---", "|    ------")
    .replaceAll(" | ", "      | ");
  strictEqual(resultsFault(aligned, rows), null);
});

Deno.test("resultsFault() names the line that differs", () => {
  const written = withResults(readme, rows);
  const changed = written.replace("−0.42 ± 0.29", "−0.92 ± 0.29");
  ok(resultsFault(changed, rows)?.includes("in line 4: it must be"));
  ok(resultsFault(written, rows.slice(1))?.includes("in line 3"));
  ok(resultsFault(readme, rows)?.includes("in line 1"));
  const longer = [...rows, { ...rows[0]!, id: "k-decay/new" }];
  ok(resultsFault(written, longer)?.endsWith("got nothing"));
});

Deno.test("resultsFault() refuses a README without its marks", () => {
  for (
    const text of [
      "",
      "<!-- results:end --><!-- results:begin -->",
      readme + readme,
    ]
  ) {
    throws(() => resultsFault(text, rows), SyntaxError);
    throws(() => withResults(text, rows), SyntaxError);
  }
});
