/**
 * What the commands have in common: `--help`, misspelt options, Ctrl-C, one
 * line for an error, and the exit codes.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "../text/nearest.ts";
import type { Args, ParseOptions } from "./args.ts";

/** The exit codes of every command. */
export const ExitCode = {
  done: 0,
  failed: 1,
  badInput: 2,
  overThreshold: 3,
  interrupted: 130,
} as const;

/** A command was called wrongly, or a file it was given is bad. */
export class UsageError extends Error {
  /** The name of this class of errors. */
  override name = "UsageError";
}

/** A command of `deno task`. */
export interface Command<Options extends ParseOptions> {
  /** Its name, as in `deno task NAME`. */
  name: string;
  /** What `--help` prints. */
  help: string;
  /** Its options. `--help` is always there. */
  options: Options;
  /** The most arguments without a hyphen that it takes. @default {0} */
  operands?: number;
  /** Does the work. The signal is Ctrl-C. Returns its exit code, 0 if none. */
  run(args: Args<Options>, signal: AbortSignal): Promise<number | void>;
}

/**
 * Runs a command and ends the process with its exit code.
 *
 * The first Ctrl-C aborts the signal, so that the command can leave a state to
 * go on from; the second ends the process.
 *
 * @param command The command.
 */
export async function runCommand<const Options extends ParseOptions>(
  command: Command<Options>,
): Promise<never> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(ExitCode.interrupted);
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    // Windows has no SIGTERM.
    if (Deno.build.os !== "windows" || name === "SIGINT") {
      Deno.addSignalListener(name, stop);
    }
  }
  Deno.exit(await exitCodeOf(command, Deno.args, controller.signal));
}

/**
 * Runs a command; what it throws becomes one line on standard error and an exit
 * code. With the environment variable `SLOPE_DEBUG` the stack is shown as well.
 *
 * @param command The command.
 * @param args Its arguments.
 * @param signal Aborted on Ctrl-C.
 * @returns 0 done; 1 the run or the environment failed; 2 bad usage or input
 * ({@linkcode UsageError}, or a `SyntaxError` of a damaged file); 130 interrupted; or what the command returned.
 *
 * @example
 * ```ts
 * import { exitCodeOf } from "./command.ts";
 * import { strictEqual } from "node:assert";
 *
 * const code = await exitCodeOf({
 *   name: "greet",
 *   help: "Usage: greet --loud",
 *   options: { boolean: ["loud"] },
 *   run: ({ loud }) => Promise.resolve(loud ? 0 : 3),
 * }, ["--loud"]);
 * strictEqual(code, 0);
 * ```
 */
export async function exitCodeOf<const Options extends ParseOptions>(
  command: Command<Options>,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  try {
    if (args.includes("--help")) {
      console.log(command.help.trim());
      return ExitCode.done;
    }
    return await command.run(read(command, args), signal) ?? ExitCode.done;
  } catch (error) {
    if (signal.aborted) {
      console.error(`${command.name}: interrupted; the same command goes on`);
      return ExitCode.interrupted;
    }
    // One line, whatever a file that is quoted holds.
    const message = (error instanceof Error ? error.message : String(error))
      .replace(/\p{Cc}+/gu, " ");
    console.error(`${command.name}: ${message}`);
    if (isDebugging()) console.error(error);
    // Readers throw a SyntaxError for a file that is damaged.
    return error instanceof UsageError || error instanceof SyntaxError
      ? ExitCode.badInput
      : ExitCode.failed;
  }
}

/** Parses the arguments, and refuses those that the command does not know. */
function read<const Options extends ParseOptions>(
  command: Command<Options>,
  args: readonly string[],
): Args<Options> {
  const { options, operands = 0 } = command;
  const names = [options.boolean, options.string, options.collect].flat()
    .filter((name) => typeof name === "string");
  const parsed = parseArgs(args, {
    ...options,
    unknown(argument, name) {
      if (name === undefined) return true;
      const given = argument.replace(/=.*$/s, "");
      const meant = nearest(name, names);
      throw new UsageError(
        `${given} is not an option; ${
          meant ? `did you mean --${meant}?` : "--help lists them"
        }`,
      );
    },
  });
  const texts = [options.string].flat();
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  for (const [i, argument] of args.slice(0, end).entries()) {
    const next = args[i + 1];
    const isAlone = next === undefined || next.startsWith("-");
    if (isAlone && texts.some((name) => argument === `--${name}`)) {
      throw new UsageError(`${argument} needs a value; see --help`);
    }
  }
  const extra = parsed._[operands];
  if (extra !== undefined) {
    throw new UsageError(`${extra} is not expected here; see --help`);
  }
  return parsed as Args<Options>;
}

function isDebugging(): boolean {
  try {
    return Boolean(Deno.env.get("SLOPE_DEBUG"));
  } catch {
    return false;
  }
}
