import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { reproduce } from "../../lib/cli/reproduce.ts";
import { captureConsole } from "../support/capture_console.ts";
import { withFolder } from "../support/with_folder.ts";

const script = new URL("../../lib/cli/reproduce.ts", import.meta.url).pathname;

/** Starts `reproduce` in a process of its own. */
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
      script,
      ...args,
    ],
    env: { CI: "true", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

for (
  const [args, code, message] of [
    [
      ["--papr", "k-decay"],
      2,
      /--papr is not an option; did you mean --paper\?/,
    ],
    [["--paper", "k-dcay"], 2, /--paper must be .*did you mean "k-decay"/],
    [["--scale", "huge"], 2, /--scale must be smoke, small, paper, got huge/],
    [["--seeds", "-3"], 2, /-3 is not an option/],
    [["--seeds=-3"], 2, /--seeds must be an integer in \[1, 1000\], got -3/],
    [["--seeds", "1e9"], 2, /--seeds must be an integer/],
    [["--out", "/proc/nope"], 2, /--out \/proc\/nope cannot be written to: /],
    [
      ["--data", "/etc/hostname"],
      2,
      /--data \/etc\/hostname is a file, expected a folder/,
    ],
    [
      ["--data", "/proc/nowhere"],
      2,
      /--data \/proc\/nowhere is not there, expected a folder/,
    ],
    [
      ["--backend", "tensorfow"],
      2,
      /--backend must be .*did you mean "tensorflow"/,
    ],
    [["--figure", "k-decay/fig99"], 2, /is not a row/],
    [
      ["--figure", "k-decay/fig4", "--scale", "paper", "--data", "tests"],
      2,
      /imagenet: .*tests has no folder imagenet or ILSVRC2012$/m,
    ],
    [["something"], 2, /something is not expected here/],
  ] as const
) {
  Deno.test(`reproduce ${args.join(" ")} is refused in one line`, async () => {
    let status = -1;
    const { error: stderr } = await captureConsole(async () => {
      status = await exitCodeOf(reproduce, args);
    });
    strictEqual(status, code);
    match(stderr, message);
    strictEqual(stderr.trim().split("\n").length, 1);
  });
}

Deno.test("reproduce of a row without runs writes report and results", () =>
  withFolder(async (folder) => {
    const { code, stdout } = await start(
      "--figure",
      "k-decay/fig3",
      "--out",
      folder,
    ).output();
    strictEqual(code, 0);
    match(
      new TextDecoder().decode(stdout).trim(),
      /The report: .*index\.html$/,
    );
    const results = JSON.parse(
      await Deno.readTextFile(join(folder, "results.json")),
    );
    strictEqual(results.length, 63);
    const row = results.find(({ id }: { id: string }) => id === "k-decay/fig3");
    deepStrictEqual([row.verdict, row.reason, row.scale], [
      "not judged",
      "no claim",
      "smoke",
    ]);
    ok((await Deno.stat(join(folder, "figures/k-decay/fig3.svg"))).size > 1000);
  }));

Deno.test("reproduce stops on Ctrl-C with 130, and --resume ends as if it had not", () =>
  withFolder(async (folder) => {
    const args = ["--figure", "k-decay/fig1", "--out"];
    const whole = await start(...args, join(folder, "whole")).output();
    strictEqual(whole.code, 0, new TextDecoder().decode(whole.stderr));
    const child = start(...args, join(folder, "cut"));
    const runs = join(folder, "cut", "runs");
    while (!(await Deno.stat(runs).catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    strictEqual(code, 130);
    match(
      new TextDecoder().decode(stderr),
      /interrupted; the same command with --resume goes on/,
    );
    const rest = await start(...args, join(folder, "cut"), "--resume").output();
    strictEqual(rest.code, 0, new TextDecoder().decode(rest.stderr));
    const results = (name: string) =>
      Deno.readTextFile(join(folder, name, "results.json"));
    strictEqual(await results("cut"), await results("whole"));
  }));

Deno.test("rows whose data are nowhere are left out of others, and named", () =>
  withFolder(async (folder) => {
    let status = -1;
    const { error } = await captureConsole(async () => {
      status = await exitCodeOf(reproduce, [
        "--figure=k-decay/fig3,k-decay/fig4",
        "--scale=paper",
        `--data=${folder}`,
        `--out=${folder}/reports`,
        "--backend=cpu",
      ]);
    });
    strictEqual(status, 0);
    match(
      error,
      /^k-decay\/fig4 is left out: it needs imagenet, which is not in the folder/m,
    );
  }));
