import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { compare } from "../../lib/cli/compare.ts";
import { captureConsole } from "../support/capture_console.ts";
import { withFolder } from "../support/with_folder.ts";

const script = new URL("../../lib/cli/compare.ts", import.meta.url).pathname;

/** Starts `compare` in a process of its own, with the task's permissions. */
function start(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-ffi",
      "--allow-sys",
      "--allow-net",
      "--allow-run=python3",
      script,
      ...args,
    ],
    env: { CI: "true", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

const two = ["--methods", "sgd,armijo"];

for (
  const [args, message] of [
    [
      ["--method", "sgd"],
      /--method is not an option; did you mean --methods\?/,
    ],
    [[], /--methods must name at least two, got 0; --list shows them/],
    [["--methods", "sgd"], /--methods must name at least two, got 1/],
    [two, /--objective must name a problem, or all/],
    [[...two, "--objective", "mlpp"], /got "mlpp"; did you mean "mlp"\?/],
    [
      ["--methods", "sgd,amijo", "--objective", "mlp"],
      /got "amijo"; did you mean "armijo"\?/,
    ],
    [
      ["--methods", "sgd,sgd", "--objective", "mlp"],
      /--methods must be distinct, got sgd twice/,
    ],
    [["--methods", "{", "--methods", "sgd"], /--methods is not valid JSON: /],
    [
      ["--methods", '{"controller":{"kind":"pal","mu":1}}', ...two] as const,
      /--objective must name a problem/,
    ],
    [
      [
        ...two,
        "--methods",
        '{"controller":{"kind":"pal","mu":1}}',
        "--objective",
        "mlp",
      ],
      /has no field "mu"/,
    ],
    [[...two, "--budget", "1e4"], /--budget must be an integer in \[30, /],
    [[...two, "--budget", "7"], /--budget must be an integer in \[30, /],
    [[...two, "--seeds", "1"], /--seeds must be an integer in \[2, 1000\]/],
    [
      [...two, "--settings", "1"],
      /--settings must be an integer in \[2, 100\]/,
    ],
    [[...two, "--backend", "tensorfow"], /did you mean "tensorflow"\?/],
    [[...two, "--data", "/proc/nowhere"], /is not there, expected a folder/],
    [
      [...two, "--objective", "mlp", "--out", "/proc/nope"],
      /--out \/proc\/nope cannot be written to: /,
    ],
    [["something"], /something is not expected here/],
  ] as const
) {
  Deno.test(`compare ${args.join(" ")} is refused in one line`, async () => {
    let status = -1;
    const { error } = await captureConsole(async () => {
      status = await exitCodeOf(compare, args);
    });
    strictEqual(status, 2);
    match(error, message);
    strictEqual(error.trim().split("\n").length, 1);
  });
}

Deno.test("compare --list --json names methods with their grids, and problems", async () => {
  let status = -1;
  const { out } = await captureConsole(async () => {
    status = await exitCodeOf(compare, ["--list", "--json", "--settings", "2"]);
  });
  strictEqual(status, 0);
  const { methods, problems } = JSON.parse(out);
  deepStrictEqual(methods[0], {
    name: "sgd",
    varies: "learning rate",
    values: [0.001, 1],
  });
  ok(problems.some(({ name }: { name: string }) => name === "autoencoder"));
});

Deno.test("compare stops on Ctrl-C with 130; --resume ends as if it had not; runs are not used unasked", () =>
  withFolder(async (folder) => {
    const args = [
      "--methods",
      "sgd,armijo",
      "--objective",
      "quadratic-10,rosenbrock",
      "--budget",
      "240",
      "--seeds",
      "2",
      "--settings",
      "2",
      "--out",
    ];
    const whole = await start(...args, join(folder, "whole")).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    strictEqual(whole.code, 0, text(whole.stderr));
    match(text(whole.stdout), /^240 forward passes a run, 2 paired seeds/);
    match(text(whole.stdout), /The page: .*index\.html\n$/);
    const child = start(...args, join(folder, "cut"));
    const runs = join(folder, "cut", "runs");
    while (!(await Deno.stat(runs).catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    strictEqual(code, 130, text(stderr));
    match(text(stderr), /interrupted; the same command with --resume goes on/);

    const refused = await start(...args, join(folder, "cut")).output();
    strictEqual(refused.code, 2);
    match(text(refused.stderr), /holds runs: add --resume to use them/);

    const rest = await start(...args, join(folder, "cut"), "--resume", "--json")
      .output();
    strictEqual(rest.code, 0, text(rest.stderr));
    const written = (name: string) =>
      Deno.readTextFile(join(folder, name, "comparison.json"));
    strictEqual(await written("cut"), await written("whole"));
    strictEqual(text(rest.stdout), await written("cut"));
    const page = await Deno.readTextFile(join(folder, "cut", "index.html"));
    match(page, /<h2>Over all problems<\/h2>/);
    strictEqual(page.match(/class="plot"/g)?.length, 3);
    for (const name of ["quadratic-10", "rosenbrock", "profile-of-all"]) {
      const svg = join(folder, "cut", "figures", `${name}.svg`);
      ok((await Deno.stat(svg)).size > 1000);
    }
  }));
