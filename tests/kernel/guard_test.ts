import { deepStrictEqual, match, strictEqual } from "node:assert";
import { execute, note, reason, withJupyter } from "./jupyter.ts";

const mod = new URL("../../mod.ts", import.meta.url).href;
const checkout = new URL("../..", import.meta.url).href;

Deno.test({
  name:
    `guard() keeps displays and values in Deno's own kernel, and says so once${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      await Deno.writeTextFile(
        `${place.notebooks}/deno.json`,
        JSON.stringify({ imports: { slope: mod } }),
      );
      const size = 2 ** 22;
      const one =
        `await Deno.jupyter.display({ "text/plain": "a" }, { raw: true });`;
      const cells = [
        'import { constant } from "slope"; const first = constant; undefined',
        `import { constant } from ${
          JSON.stringify(`${checkout}mod.ts?again`)
        }; 0`,
        ...Array.from({ length: 20 }, (_, i) => `${one} ${one} ${i}`),
        ...Array.from({ length: 3 }, () =>
          `Deno.jupyter.html\`\${"x".repeat(${size})}\``),
        `await Deno.jupyter.display({ "text/plain": "x".repeat(${size}) }, ` +
        "{ raw: true }); throw new Error()",
      ];
      const [done] = await execute(place, [{ kernel: "stock", cells }]);
      const [notice, again, ...rest] = done!.outputs;
      strictEqual(notice!.length, 1);
      match(String(notice![0]![1]), /^This is Deno's own kernel.*\n$/);
      deepStrictEqual(
        again!.map(([, text]) =>
          text
        ),
        ["0"],
      );
      deepStrictEqual(
        rest.map((outputs) => outputs.map(([, text]) => text)).slice(0, 23),
        [
          ...Array.from({ length: 20 }, (_, i) => ["a", "a", `${i}`]),
          ...Array.from({ length: 3 }, () => [size]),
        ],
      );
      strictEqual(rest[23]![0]![1], size);
    }),
});
