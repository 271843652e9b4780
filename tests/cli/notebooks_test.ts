/** `deno task notebooks`, in the real kernel. */
import { match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { notebooksCommand } from "../../lib/cli/notebooks.ts";
import { parseNotebook } from "../../lib/ipynb/notebook_file.ts";
import { captureConsole } from "../support/capture_console.ts";
import { withFolder } from "../support/with_folder.ts";

const SUM = `// %% [markdown]
// # Sums

// %% tags=["parameters"]
const a = 1;

// %%
const { scale } = await import("slope/schedules");
typeof scale + (a + 1);
`;

/** Calls the command with a folder of notebooks. */
async function call(
  folder: string,
  args: string[],
  signal?: AbortSignal,
): Promise<{ code: number; out: string; error: string }> {
  let code = -1;
  const printed = await captureConsole(async () => {
    code = await exitCodeOf(notebooksCommand(folder), args, signal);
  });
  return { code, ...printed };
}

const read = (folder: string, name: string) =>
  Deno.readTextFile(join(folder, name));

Deno.test("notebooks: runs, checks, sets, renders; the same bytes twice", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "sum.ts"), SUM);
    const unrun = await call(folder, ["--check"]);
    strictEqual(unrun.code, 1);
    match(unrun.out, /sum: it has not been run/);

    strictEqual((await call(folder, ["sum"])).code, 0);
    const text = await read(folder, "sum.ipynb");
    const [, , cell] = parseNotebook(text);
    strictEqual(cell!.outputs.length, 1);
    match(JSON.stringify(cell!.outputs), /function2/);
    strictEqual((await call(folder, ["--check"])).code, 0);

    await Deno.writeTextFile(join(folder, "sum.ts"), SUM.replace("+ 1", "+ 2"));
    const stale = await call(folder, ["--check"]);
    strictEqual(stale.code, 1);
    match(stale.out, /sum: cell 3 differs/);

    await Deno.writeTextFile(join(folder, "sum.ts"), SUM);
    const out = join(folder, "out");
    const set = await call(folder, ["--set", "a=41", "--html", "--out", out]);
    strictEqual(set.code, 0);
    match(await read(out, "sum.ipynb"), /function42/);
    ok((await read(out, "sum.html")).includes("<title>Sums</title>"));

    strictEqual((await call(folder, ["sum"])).code, 0);
    strictEqual(await read(folder, "sum.ipynb"), text);
  }));

Deno.test("notebooks: a cell that fails or breaks its promise leaves the file as it was", () =>
  withFolder(async (folder) => {
    const path = join(folder, "bad.ipynb");
    await Deno.writeTextFile(path, "before");
    const cases = [
      ['// %%\nthrow new Error("dear me");\n', /bad, cell 1 of 1: .*dear me/],
      ["// %%\nundefined;\n", /promised an output and has none/],
      ['// %% tags=["output"]\nconst b = 1;\n', /promised an output/],
      ["// %%\nDeno.exit(3);\n", /the kernel has ended|promised/],
    ] as const;
    for (const [source, message] of cases) {
      await Deno.writeTextFile(join(folder, "bad.ts"), source);
      const { code, error } = await call(folder, []);
      strictEqual(code, 1, source);
      match(error, message);
      strictEqual(await Deno.readTextFile(path), "before");
    }
  }));

Deno.test("notebooks: bad usage is told in a line", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "sum.ts"), SUM);
    const cases = [
      [["sun"], /sun is not a notebook; did you mean "sum"\?/],
      [["--set", "b=1"], /b is not a parameter/],
      [["--set", "b"], /a setting is key=value/],
      [["--check", "--html"], /--check takes names only/],
    ] as const;
    for (const [args, message] of cases) {
      const { code, error } = await call(folder, [...args]);
      strictEqual(code, 2);
      match(error, message);
    }
  }));

Deno.test("notebooks: Ctrl-C ends the kernel and writes nothing", () =>
  withFolder(async (folder) => {
    const source = "// %%\nawait new Promise(() => {});\n";
    await Deno.writeTextFile(join(folder, "endless.ts"), source);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 2500);
    const { code } = await call(folder, [], controller.signal);
    strictEqual(code, 130);
    const names = await Array.fromAsync(Deno.readDir(folder));
    strictEqual(names.length, 1);
  }));
