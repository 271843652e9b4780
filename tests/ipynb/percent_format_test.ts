import { deepStrictEqual, throws } from "node:assert";
import fc from "fast-check";
import type { Cell } from "../../lib/ipynb/cell.ts";
import {
  formatPercentFormat,
  parsePercentFormat,
} from "../../lib/ipynb/percent_format.ts";

Deno.test("parsePercentFormat() reads kinds, tags and empty lines", () => {
  const text = [
    "// %% [markdown]",
    "// # Title",
    "//",
    "// Text",
    "",
    '// %% tags=["parameters","output"]',
    "",
    "const k = 2; // %% stays",
    "",
    "k;",
    "",
  ].join("\r\n");
  deepStrictEqual(parsePercentFormat(text), [
    { kind: "markdown", source: "# Title\n\nText", tags: [] },
    {
      kind: "code",
      source: "const k = 2; // %% stays\n\nk;",
      tags: ["parameters", "output"],
    },
  ]);
});

const refused: Record<string, [text: string, message: RegExp]> = {
  "code before the first cell": ["1;\n", /line 1: .* begins with/],
  "a bare line of text": ["// %% [markdown]\ntext", /line 2: a line of text/],
  "an unknown kind": ["// %% [raw]\n", /line 1: a cell begins/],
  "tags that are no list": ["// %% tags=[1]\n", /line 1: tags must be/],
};

for (const [what, [text, message]] of Object.entries(refused)) {
  Deno.test(`parsePercentFormat() refuses ${what}`, () => {
    throws(() => parsePercentFormat(text), { name: "SyntaxError", message });
  });
}

/** Lines that are no marker, without space at their ends, in a cell that has none. */
const source = fc.array(
  fc.constantFrom("a;", "", "  b();", "// c", "ξ < `1`", "//", "<script>"),
  { maxLength: 5 },
).map((lines) => lines.join("\n").replace(/^\s*\n|\s+$/g, ""));

const cell: fc.Arbitrary<Cell> = fc.record({
  kind: fc.constantFrom("code" as const, "markdown" as const),
  source,
  tags: fc.array(fc.constantFrom("parameters", "output", 'a "b"', "]")),
}, { noNullPrototype: true });

Deno.test("cells survive being written and read", () => {
  fc.assert(fc.property(fc.array(cell), (cells) => {
    deepStrictEqual(parsePercentFormat(formatPercentFormat(cells)), cells);
  }));
});
