/** The notebooks that come with Slope. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { fileURLToPath } from "node:url";
import configuration from "../../deno.json" with { type: "json" };
import { executeNotebook } from "../../lib/ipynb/execute_notebook.ts";
import { parseNotebook } from "../../lib/ipynb/notebook_file.ts";
import { checkNotebook } from "../../lib/ipynb/check_notebook.ts";
import { withSettings } from "../../lib/ipynb/parameters.ts";
import { parsePercentFormat } from "../../lib/ipynb/percent_format.ts";

const folder = fileURLToPath(new URL("../../notebooks", import.meta.url));
const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);

const names = [...Deno.readDirSync(folder)]
  .filter(({ name }) => name.endsWith(".ts"))
  .map(({ name }) => name.slice(0, -".ts".length)).sort();

for (const name of names) {
  Deno.test(`${name}: short cells, each after a sentence; up to date; small`, async () => {
    const cells = parsePercentFormat(await read(`${name}.ts`));
    for (const { kind, source } of cells) {
      const lines = source.split("\n").length;
      ok(kind === "markdown" || lines <= 5, `${lines} lines: ${source}`);
    }
    const text = await read(`${name}.ipynb`);
    strictEqual(checkNotebook(cells, parseNotebook(text)), undefined);
    // A sheet of pictures of many colours takes most of it.
    ok(text.length < 1.5 * 2 ** 20, `${text.length} bytes`);
    // deno-lint-ignore no-control-regex
    ok(!/\x1b|\\u001b|\/home\/|\/tmp\//.test(text));
  });
}

Deno.test("the tour runs in the kernel, with other values", async () => {
  const cells = parsePercentFormat(await read("tour.ts"));
  const short = withSettings(cells, { epochs: 2, seeds: [0] });
  const executed = await executeNotebook(short, { folder });
  const kinds = executed.flatMap(({ outputs }) => outputs)
    .map(({ output_type: type }) => type);
  strictEqual(kinds.filter((kind) => kind === "display_data").length, 4);
  ok(!JSON.stringify(executed).includes('"stderr"'));
});

Deno.test("a checkout imports slope by the names of its exports", () => {
  const own = Object.fromEntries(
    Object.entries(configuration.imports)
      .filter(([name]) => /^slope(\/|$)/.test(name))
      .map(([name, path]) => [`.${name.slice("slope".length)}`, path]),
  );
  deepStrictEqual(own, configuration.exports);
});
