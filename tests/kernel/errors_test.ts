import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { execute, installCopy, note, reason, withJupyter } from "./jupyter.ts";

/** Cells that fail, and what they show. */
const cells: [source: string, shows: string | RegExp][] = [
  [
    'import { cosine, kDecay, type Schedule } from "slope";\n' +
    "const inner = cosine({ from: 0.1, to: 0.001, steps: 1000 });\n" +
    "kDecay({\n  k: -1,\n  inner });",
    /^RangeError: k must be > 0, got -1\n {4}at line 3 of the cell: kDecay\(\{\n {4}thrown in .*lib\/schedules\/\w+\.ts:\d+:\d+\)$/,
  ],
  [
    "function build(k: number) {\n  interface Unused { a: number }\n\n" +
    "  return kDecay({ k, inner });\n}\n\nbuild(2); build(-2);",
    /^RangeError: k must be > 0, got -2\n {4}in build\n {4}at line 7 of the cell: build\(2\); build\(-2\);\n {4}thrown in [^\n]*$/,
  ],
  [
    "\nawait Promise.all([1].map(async () => { await 0; build(-3); }));",
    /\n {4}at line 2 of the cell: await Promise.all/,
  ],
  [
    "const c: number = ;",
    "SyntaxError: Expression expected\n  |\n1 | const c: number = ;\n  |                   ~",
  ],
  [
    "{ a: 1, b: build(-1) }",
    "Error: this object failed; put it in parentheses to see why",
  ],
  ['throw "text"', "Error: text"],
  ["await Promise.reject(undefined)", "Error: null"],
  [
    'await Deno.readTextFile("nothing.txt")',
    /^NotFound: .*\n {4}at line 1 of the cell: await Deno\.readTextFile\("nothing\.txt"\)$/,
  ],
  [
    'Promise.reject(new RangeError("nobody")); undefined',
    "Unhandled rejection: RangeError: nobody\n",
  ],
  [
    'setTimeout(() => { throw new Error("late") }); ' +
    "await new Promise((resolve) => setTimeout(resolve, 50)); undefined",
    /^Uncaught error: Error: late\n/,
  ],
  ["const <b>x</b> = 1", /^SyntaxError: /],
];

Deno.test({
  name: `errors say what is wrong and where, in the user's terms${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      const [done] = await execute(place, [{
        kernel: "slope",
        cells: [...cells.map(([source]) => source), "1 + 1"],
      }]);
      for (const [index, [source, shows]] of cells.entries()) {
        const outputs = done!.outputs[index]!;
        strictEqual(outputs.length, 1, `${source}: ${JSON.stringify(outputs)}`);
        const text = String(outputs[0]![1]);
        if (typeof shows === "string") strictEqual(text, shows);
        else match(text, shows);
      }
      deepStrictEqual(done!.outputs.at(-1), [["execute_result", "2"]]);
    }),
});

Deno.test({
  name: `a kernel that does not fit this Deno says so and goes on${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      // As it would be if Deno called its parts otherwise.
      const copy = `${place.notebooks}/copy`;
      await installCopy(place, copy, async () => {
        const path = `${copy}/lib/kernel/shared/deno_kernel.ts`;
        const text = await Deno.readTextFile(path);
        ok(text.includes("broadcastResult"));
        await Deno.writeTextFile(
          path,
          text.replaceAll("broadcastResult", "broadcastOutcome"),
        );
      });
      const [done] = await execute(place, [{
        kernel: "slope",
        cells: ["let n = 1", "await 0; undefined", "const c = ;"],
      }]);
      const [first, second, third] = done!.outputs;
      deepStrictEqual(first, [[
        "stream",
        `Slope's kernel does not fit Deno ${Deno.version.deno} (results); ` +
        "it goes on as Deno's own, which may lose outputs.\n",
      ]]);
      deepStrictEqual(second, []);
      match(String(third![0]![1]), /^SyntaxError/);
    }),
});
