import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert";
import { pathToFileURL } from "node:url";
import {
  namesOf,
  notebookConfig,
} from "../../../lib/kernel/launcher/import_map.ts";
import { parseJsonc } from "../../../lib/kernel/launcher/jsonc.ts";
import { withFolder } from "../../support/with_folder.ts";

Deno.test("notebookConfig() joins the folder's names and Slope's", () =>
  withFolder(async (root) => {
    const write = async (path: string, value: unknown) => {
      const file = `${root}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(
        file,
        typeof value === "string" ? value : JSON.stringify(value),
      );
    };
    const url = (path: string) => pathToFileURL(`${root}/${path}`).href;
    await write("slope/deno.json", {
      exports: { ".": "./mod.ts", "./runtime": "./lib/runtime/mod.ts" },
      imports: { inner: "./lib/inner.ts", tf: "npm:tf@1" },
    });
    const config = (folder: string) =>
      notebookConfig(`${root}/${folder}`, `${root}/slope`, `${root}/links`);
    const inner = { inner: url("slope/lib/inner.ts"), tf: "npm:tf@1" };
    const names = {
      slope: url("slope/mod.ts"),
      "slope/runtime": url("slope/lib/runtime/mod.ts"),
    };
    const scopes = { [url("slope/")]: inner, [url("links/")]: inner };

    deepStrictEqual(await config("empty"), {
      imports: names,
      scopes,
      nodeModulesDir: "none",
    });
    await write(
      "a ü/deno.jsonc",
      '{ "imports": { "tf": "npm:tf@2", "own/": "./lib/", "./x": "../y.ts" }, // mine\n' +
        '"scopes": { "./deep/": { "tf": "npm:tf@3", }, },' +
        '"compilerOptions": { "jsx": "react" }, "tasks": {} }',
    );
    deepStrictEqual(await config("a ü/below"), {
      compilerOptions: { jsx: "react" },
      imports: {
        ...names,
        tf: "npm:tf@2",
        "own/": url("a ü/lib/"),
        [url("a ü/x")]: url("y.ts"),
      },
      scopes: { [url("a ü/deep/")]: { tf: "npm:tf@3" }, ...scopes },
      nodeModulesDir: "none",
    });
    // A notebook in Slope's own folder.
    deepStrictEqual((await config("slope/notebooks")).imports, {
      ...names,
      ...inner,
    });
    await write("map/deno.json", { importMap: "./maps/map.json" });
    await write("map/maps/map.json", { imports: { m: "./m.ts" } });
    deepStrictEqual((await config("map")).imports, {
      ...names,
      m: url("map/maps/m.ts"),
    });
    await write("odd/deno.json", '{ "imports": [1, null], "scopes": 3 }');
    deepStrictEqual((await config("odd")).imports, names);
    await write("broken/deno.json", "{ imports");
    await rejects(config("broken"), /broken\/deno\.json: /);
  }));

Deno.test("namesOf() takes no exports that are not paths", () => {
  deepStrictEqual(namesOf(undefined, "/slope"), {});
  deepStrictEqual(namesOf({ "./a": { default: "./b.ts" } }, "/slope"), {});
});

Deno.test("parseJsonc() leaves strings alone and refuses what is no JSON", () => {
  deepStrictEqual(
    parseJsonc('{"a": "/* ,] */ \\" // ,}", /* ,] */ "b": [1 , ] , }', "x"),
    { a: '/* ,] */ " // ,}', b: [1] },
  );
  strictEqual(parseJsonc("3 // three", "x"), 3);
  throws(() => parseJsonc("{", "some.json"), /^SyntaxError: some\.json: /);
});
