import { deepStrictEqual, throws } from "node:assert";
import type { Cell } from "../../lib/ipynb/cell.ts";
import { parseSetting, withSettings } from "../../lib/ipynb/parameters.ts";

const code = (source: string, tags: string[] = []): Cell => ({
  kind: "code",
  source,
  tags,
});
const cells = [
  code("before;"),
  code("const epochs = 1, ks = [1];\nconst name = 'a';", ["parameters"]),
  code("after;"),
];

Deno.test("withSettings() declares values after the cell, as JSON", () => {
  const settings = { ks: [1, 2], name: '`"${x}' };
  deepStrictEqual(withSettings(cells, settings).map(({ source }) => source), [
    "before;",
    cells[1]!.source,
    'const ks = [1,2];\nconst name = "`\\"${x}";',
    "after;",
  ]);
  deepStrictEqual(withSettings(cells, {}), cells);
});

Deno.test("withSettings() refuses names that are not there", () => {
  throws(() => withSettings(cells, { epoch: 2 }), {
    name: "RangeError",
    message: 'epoch is not a parameter; did you mean "epochs"?',
  });
  throws(() => withSettings([cells[0]!], { epochs: 2 }), /no cell is tagged/);
});

Deno.test("parseSetting() takes JSON or text, and needs a key", () => {
  deepStrictEqual(parseSetting("a=1e-3"), ["a", 0.001]);
  deepStrictEqual(parseSetting("a=b=c"), ["a", "b=c"]);
  deepStrictEqual(parseSetting("a="), ["a", ""]);
  throws(() => parseSetting("=1"), SyntaxError);
  throws(() => parseSetting("a"), SyntaxError);
});
