import { ok, strictEqual, throws } from "node:assert";
import { initialize } from "../../../lib/runtime/initialize.ts";
import {
  openLibrary,
  TensorFlowError,
} from "../../../lib/runtime/tensorflow/library.ts";
import { quietly } from "../../../lib/runtime/tensorflow/quietly.ts";
import { withFolder } from "../../support/with_folder.ts";

/** The library that initialize() finds. */
async function libraryPath(): Promise<string> {
  return (await initialize({ backend: "tensorflow" })).library;
}

Deno.test("a file that is no library is refused by name, with a way out", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/libtensorflow_cc.so.2`;
    await Deno.writeTextFile(file, "not a library");
    throws(() => openLibrary(file), (error: unknown) => {
      ok(error instanceof Error);
      ok(error.message.startsWith(`${file} is not a usable libtensorflow: `));
      ok(error.message.includes("deno task setup"));
      ok(error.message.includes("SLOPE_LIBTENSORFLOW"));
      return true;
    });
  });
});

Deno.test("a library without our functions is refused, and the program ends well", async () => {
  const path = await libraryPath();
  const framework = path.replace(/_cc(?=\.)/, "_framework");
  const text = `
    import { openLibrary } from "./lib/runtime/tensorflow/library.ts";
    try {
      openLibrary(${JSON.stringify(framework)});
    } catch (error) {
      console.log(error.message);
    }`;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", text],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  const message = new TextDecoder().decode(stdout);
  ok(message.includes("symbol"), message);
  strictEqual(code, 0);
});

Deno.test("a program that opens the library and no more ends well", async () => {
  const path = await libraryPath();
  const text = `
    import { openLibrary } from "./lib/runtime/tensorflow/library.ts";
    console.log(openLibrary(${JSON.stringify(path)}).version);`;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", text],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  strictEqual(code, 0);
  ok(/^2\.\d+\.\d+/.test(new TextDecoder().decode(stdout)));
});

Deno.test("check throws what TensorFlow says, once", async () => {
  const library = openLibrary(await libraryPath());
  const { api, status } = library;
  const text = new TextEncoder().encode("no such thing\0");
  library.check("Nothing");
  api.TF_SetStatus(status, 5, text);
  throws(() => library.check("The search"), (error: unknown) => {
    ok(error instanceof TensorFlowError);
    strictEqual(error.message, "The search: no such thing");
    strictEqual(error.code, 5);
    strictEqual(error.name, "TensorFlowError");
    return true;
  });
  library.check("The next call");
});

Deno.test("quietly runs its function and lets standard error come back", async () => {
  strictEqual(quietly(() => 7), 7);
  throws(() =>
    quietly(() => {
      throw new RangeError("of its own");
    }), /of its own/);
  const text = `
    import { quietly } from "./lib/runtime/tensorflow/quietly.ts";
    console.error("before");
    quietly(() => console.error("hidden"));
    console.error("after");`;
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", text],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  const expected = Deno.build.os === "linux"
    ? "before\nafter\n"
    : "before\nhidden\nafter\n";
  strictEqual(new TextDecoder().decode(stderr), expected);
});
