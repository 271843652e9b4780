import { match, ok, strictEqual } from "node:assert";
import config from "../../deno.json" with { type: "json" };
import { Driver, installCopy, note, reason, withJupyter } from "./jupyter.ts";

Deno.test({
  name: `cells import slope and their folder's modules from any folder${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      const write = async (name: string, text: string) => {
        const path = `${place.notebooks}/${name}`;
        await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
          recursive: true,
        });
        await Deno.writeTextFile(path, text);
      };
      await write(
        "deno.jsonc",
        '{ // the notebook\'s own\n "imports": { "helper": "./lib/helper.ts", "h/": "./lib/", }, }',
      );
      await write("lib/helper.ts", 'export { name } from "h/name.ts";');
      await write("lib/user.ts", 'export { name } from "./name.ts";');
      await write("lib/name.ts", 'export const name: string = "one";');
      await write("größe.json", '{ "size": 3 }');
      await using driver = await Driver.start(place);
      await driver.do("start");
      const value = async (code: string) => {
        const { outputs, reply } = await driver.run(code);
        strictEqual(reply?.status, "ok", JSON.stringify(outputs));
        return outputs.map(([, text]) => text).join("");
      };

      strictEqual(await value("Deno.cwd()"), JSON.stringify(place.notebooks));
      for (const path of Object.keys(config.exports)) {
        const name = `slope${path.slice(1)}`;
        const code = `Object.keys(await import("${name}")).length > 0`;
        strictEqual(await value(code), "true", name);
      }
      strictEqual(
        await value('import { kDecay } from "slope"; typeof kDecay'),
        '"function"',
      );
      match(
        await value(
          'import { cosine } from "slope"; cosine({ from: 1, steps: 9 })',
        ),
        /^cosine/,
      );
      strictEqual(
        await value(
          'import size from "./größe.json" with { type: "json" }; size.size',
        ),
        "3",
      );
      strictEqual(
        await value('import { name } from "./lib/helper.ts"; name'),
        '"one"',
      );
      strictEqual(
        await value('import { name as again } from "helper"; again'),
        '"one"',
      );

      // Edited modules, and those that import them, are loaded again; only then.
      const read = 'import { name } from "./lib/user.ts"; name';
      strictEqual(await value(read), '"one"');
      await value('var before = await import("./lib/user.ts")');
      const isSame = 'before === await import("./lib/user.ts")';
      strictEqual(await value(isSame), "true");
      for (const name of ["second", "third"]) {
        await write("lib/name.ts", `export const name: string = "${name}";`);
        strictEqual(await value(read), `"${name}"`);
      }
      strictEqual(await value(isSame), "false");
      // By a name of deno.json a module keeps its address, and stays what it was.
      strictEqual(
        await value('import { name } from "./lib/helper.ts"; name'),
        '"one"',
      );

      const failed = await driver.run('import "./nothing there.ts"');
      strictEqual(failed.reply?.status, "error");
      match(String(failed.outputs[0]![1]), /nothing%20there\.ts/);
      ok(!String(failed.outputs[0]![1]).includes("launcher"));
      await driver.do("shutdown");
    }),
});

Deno.test({
  name: `an edited file of Slope is loaded by the next import${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      const checkout = `${place.notebooks}/Slope kopiert`;
      await installCopy(place, checkout);
      await using driver = await Driver.start(place);
      await driver.do("start");
      const run = async (code: string) => {
        const { outputs } = await driver.run(code);
        return outputs.map(([, text]) => text).join("");
      };
      const file = `${checkout}/lib/schedules/mod.ts`;
      strictEqual(
        await run('import { edited, kDecay } from "slope"; [edited, !!kDecay]'),
        "[ undefined, true ]",
      );
      for (const edited of [1, 2]) {
        await Deno.writeTextFile(file, `export const edited = ${edited};\n`, {
          append: edited === 1,
        });
        strictEqual(
          await run('import { edited } from "slope/schedules"; edited'),
          `${edited}`,
        );
      }
      await Deno.writeTextFile(file, "export const edited = ;");
      match(await run('import "slope/schedules"'), /Expression expected/);
      await Deno.writeTextFile(file, "export const edited = 3;");
      strictEqual(
        await run('import { edited } from "slope/schedules"; edited'),
        "3",
      );
      await driver.do("shutdown");
    }),
});
