import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  type ExecutedCell,
  formatNotebook,
  parseNotebook,
} from "../../lib/ipynb/notebook_file.ts";
import { type Output, PLOTLY } from "../../lib/ipynb/output.ts";

const figure = {
  data: [{ y: [1, 2, 3] }],
  layout: { title: { text: "a\nb" } },
};

const outputs: Output[] = [
  { output_type: "stream", name: "stdout", text: "one\ntwo" },
  {
    output_type: "execute_result",
    data: { [PLOTLY]: figure, "image/png": "iVBO", "text/plain": "a\nb" },
  },
  { output_type: "display_data", data: { "text/markdown": "**a**\n" } },
  { output_type: "error", ename: "Error", evalue: "x", traceback: ["a", "b"] },
];

const cells: ExecutedCell[] = [
  { kind: "markdown", source: "# A\n\ntext", tags: [], outputs: [] },
  { kind: "code", source: "1;\n2;", tags: ["output"], outputs },
  { kind: "code", source: "1;\n2;", tags: [], outputs: [] },
];

Deno.test("a notebook survives being written and read", () => {
  deepStrictEqual(parseNotebook(formatNotebook(cells)), cells);
  fc.assert(fc.property(fc.array(fc.string()), (sources) => {
    const own = sources.map((source): ExecutedCell => ({
      kind: "code",
      source,
      tags: [],
      outputs: [],
    }));
    deepStrictEqual(parseNotebook(formatNotebook(own)), own);
  }));
});

Deno.test("the same cells give the same bytes; figures take a line", () => {
  const text = formatNotebook(cells);
  strictEqual(formatNotebook(structuredClone(cells)), text);
  ok(text.includes(`"${PLOTLY}": ${JSON.stringify(figure)}`));
});

Deno.test("ids tell equal cells apart, and stay when another cell changes", () => {
  const ids = (cells: ExecutedCell[]): string[] =>
    JSON.parse(formatNotebook(cells)).cells.map(({ id }: { id: string }) => id);
  const before = ids(cells);
  strictEqual(new Set(before).size, 3);
  const after = ids(cells.with(0, { ...cells[0]!, source: "# B" }));
  deepStrictEqual(after.slice(1), before.slice(1));
  ok(after[0] !== before[0]);
  ok(before.every((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id)));
});

Deno.test("parseNotebook() refuses what is none", () => {
  for (
    const text of ["", "[]", '{"nbformat":3}', '{"nbformat":4,"cells":[{}]}']
  ) {
    throws(() => parseNotebook(text), SyntaxError);
  }
});
