import { deepStrictEqual, strictEqual } from "node:assert";
import { type Command, exitCodeOf, UsageError } from "../../lib/cli/command.ts";
import { captureConsole } from "../support/capture_console.ts";

const options = {
  boolean: ["gpu"],
  string: ["out"],
  collect: ["out"],
} as const;

function commandThat(
  run: Command<typeof options>["run"],
): Command<typeof options> {
  return { name: "try", help: "\nUsage: try\n", options, run };
}

/** The exit code, and what was printed. */
async function call(
  run: Command<typeof options>["run"],
  args: string[],
  signal?: AbortSignal,
) {
  let code = -1;
  const { out, error } = await captureConsole(async () => {
    code = await exitCodeOf(commandThat(run), args, signal);
  });
  return [code, out, error];
}

Deno.test("exitCodeOf() passes the arguments on and returns what the command does", async () => {
  const run: Command<typeof options>["run"] = ({ gpu, out }) => {
    deepStrictEqual([gpu, out], [true, ["a", "b"]]);
    return Promise.resolve(3);
  };
  deepStrictEqual(await call(run, ["--gpu", "--out", "a", "--out=b"]), [
    3,
    "",
    "",
  ]);
  deepStrictEqual(await call(() => Promise.resolve(), []), [0, "", ""]);
  deepStrictEqual(await call(() => Promise.resolve(), ["--out", ""]), [
    0,
    "",
    "",
  ]);
});

Deno.test("exitCodeOf() prints the help and nothing else", async () => {
  const run = () => Promise.reject(new Error("it ran"));
  deepStrictEqual(await call(run, ["--nonsense", "--help"]), [
    0,
    "Usage: try\n",
    "",
  ]);
});

Deno.test("exitCodeOf() refuses what the command does not know", async () => {
  const run = () => Promise.reject(new Error("it ran"));
  for (
    const [args, message] of [
      [["--gup"], "--gup is not an option; did you mean --gpu?"],
      [["--Out=x"], "--Out is not an option; did you mean --out?"],
      [["--nonsense=1"], "--nonsense is not an option; --help lists them"],
      [["-x"], "-x is not an option; --help lists them"],
      [["--out"], "--out needs a value; see --help"],
      [["--out", "--gpu"], "--out needs a value; see --help"],
      [["folder"], "folder is not expected here; see --help"],
    ] as const
  ) {
    deepStrictEqual(await call(run, [...args]), [2, "", `try: ${message}\n`]);
  }
});

Deno.test("exitCodeOf() makes one line and a code of what the command throws", async () => {
  const failing = () => Promise.reject(new Error("the disk is full"));
  deepStrictEqual(await call(failing, []), [1, "", "try: the disk is full\n"]);
  const quoting = () => Promise.reject(new Error("not JSON: \x1b[2J\n\0x"));
  deepStrictEqual(await call(quoting, []), [1, "", "try: not JSON:  [2J x\n"]);
  const wrong = () => Promise.reject(new UsageError("no such paper"));
  deepStrictEqual(await call(wrong, []), [2, "", "try: no such paper\n"]);
  const damaged = () => Promise.reject(new SyntaxError("run.json is damaged"));
  deepStrictEqual(await call(damaged, []), [
    2,
    "",
    "try: run.json is damaged\n",
  ]);
  const controller = new AbortController();
  const interrupted = (_: unknown, signal: AbortSignal) => {
    controller.abort();
    return Promise.reject(signal.reason);
  };
  deepStrictEqual(await call(interrupted, [], controller.signal), [
    130,
    "",
    "try: interrupted; the same command goes on\n",
  ]);
});

Deno.test("exitCodeOf() takes as many operands as the command says", async () => {
  const run = () => Promise.resolve();
  const command = { ...commandThat(run), operands: 1 };
  strictEqual(await exitCodeOf(command, ["folder"]), 0);
});
