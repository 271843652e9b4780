import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { withFolder } from "../support/with_folder.ts";

const program = new URL("../../lib/cli/kernel.ts", import.meta.url).pathname;
const launcher =
  new URL("../../lib/kernel/launcher/main.ts", import.meta.url).pathname;

async function kernel(args: string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      program,
      ...args,
    ],
    env: { JUPYTER_DATA_DIR: "", XDG_DATA_HOME: "", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

const unix = Deno.build.os !== "windows";

Deno.test({
  name: "kernel installs, lists and removes",
  ignore: !unix,
  fn: () =>
    withFolder(async (folder) => {
      const data = `${folder}/mit Leerzeichen ü`;
      const env = { JUPYTER_DATA_DIR: data };
      const path = `${data}/kernels/slope/kernel.json`;

      const dry = await kernel(["--dry-run"], env);
      ok(dry.out.startsWith(`${path}\n`));
      deepStrictEqual(await Array.fromAsync(Deno.readDir(folder)), []);

      deepStrictEqual(await kernel([], env), {
        code: 0,
        out: `Jupyter now has the kernel "Slope (Deno)": ${path}\n`,
        error: "",
      });
      const spec = JSON.parse(await Deno.readTextFile(path));
      deepStrictEqual(spec, JSON.parse(dry.out.slice(path.length)));
      strictEqual(spec.argv[0], Deno.execPath());
      deepStrictEqual(spec.argv.slice(-2), [launcher, "{connection_file}"]);
      strictEqual(spec.interrupt_mode, "signal");
      const logo = `${data}/kernels/slope/logo-svg.svg`;
      match(await Deno.readTextFile(logo), /^<svg/);

      await kernel(["--name", "other"], env);
      // One whose Deno is gone.
      await Deno.writeTextFile(
        path,
        JSON.stringify({
          ...spec,
          argv: ["/gone/deno", ...spec.argv.slice(1)],
        }),
      );
      deepStrictEqual((await kernel(["--list"], env)).out.split("\n"), [
        `other  ${data}/kernels/other/kernel.json`,
        `slope  ${path}  /gone/deno is not there`,
        "",
      ]);
      deepStrictEqual(
        (await kernel(["--remove"], env)).out,
        `Removed ${data}/kernels/slope\n`,
      );
      strictEqual((await kernel(["--remove"], env)).out, "Nothing to remove\n");
      deepStrictEqual(
        (await Array.fromAsync(Deno.readDir(`${data}/kernels`)))
          .map(({ name }) => name),
        ["other"],
      );
    }),
});

Deno.test({
  name: "kernel finds Jupyter's data folder",
  ignore: !unix,
  fn: () =>
    withFolder(async (folder) => {
      const home = Deno.build.os === "darwin"
        ? "Library/Jupyter"
        : ".local/share/jupyter";
      await kernel([], { HOME: folder });
      ok(await Deno.stat(`${folder}/${home}/kernels/slope/kernel.json`));
      if (Deno.build.os === "darwin") return;
      await kernel([], {
        HOME: `${folder}/home`,
        XDG_DATA_HOME: `${folder}/xdg`,
      });
      ok(await Deno.stat(`${folder}/xdg/jupyter/kernels/slope/kernel.json`));
    }),
});

Deno.test({
  name: "kernel leaves other kernels alone, and says in one line what is wrong",
  ignore: !unix,
  fn: () =>
    withFolder(async (folder) => {
      const env = { JUPYTER_DATA_DIR: folder };
      const path = `${folder}/kernels/python3/kernel.json`;
      await Deno.mkdir(`${folder}/kernels/python3`, { recursive: true });
      await Deno.writeTextFile(path, '{"argv":["python3"]}');
      for (const args of [["--name=python3"], ["--remove", "--name=python3"]]) {
        deepStrictEqual(await kernel(args, env), {
          code: 1,
          out: "",
          error: `kernel: ${path} is not Slope's; choose another name than ` +
            "python3 with --name\n",
        });
      }
      strictEqual(await Deno.readTextFile(path), '{"argv":["python3"]}');
      for (const name of ["../up", "", "A", "a/b"]) {
        const { code, error } = await kernel([`--name=${name}`], env);
        strictEqual(code, 2);
        match(error, /^kernel: --name must be of the characters [^\n]*\n$/);
      }
      const both = await kernel(["--remove", "--list"], env);
      strictEqual(both.code, 2);
      // A data folder that cannot be written: here a file is in its place.
      await Deno.writeTextFile(`${folder}/file`, "");
      const { code, error } = await kernel([], {
        JUPYTER_DATA_DIR: `${folder}/file`,
      });
      strictEqual(code, 1);
      match(error, /^kernel: [^\n]*\n$/);
    }),
});
