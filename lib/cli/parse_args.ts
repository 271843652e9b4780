/**
 * Command-line arguments: the interface of `parseArgs` of `@std/cli`, over
 * `parseArgs` of `node:util`.
 *
 * The import map points `@std/cli/parse-args` here, so that Slope runs where
 * JSR cannot be reached; with JSR at hand that one line of `deno.json` can name
 * the original. What its documentation promises holds here. Where the two
 * differ, the original's behaviour is undocumented: here dotted names are plain
 * names, an empty value (`--out=` or `--out ""`) is an empty string, the value
 * in `-abc=5` belongs to `c`, and `-b=false` sets a boolean to `false`.
 *
 * @module
 */
import { parseArgs as tokenise } from "node:util";
import type { Args, ParseOptions } from "./args.ts";

export type { Args, ParseOptions } from "./args.ts";

/** The names that an option gives: one, several, or none. */
function listed(names: unknown): string[] {
  return [names].flat().filter((name) => typeof name === "string");
}

/** Assigns a member, `__proto__` too, without touching the prototype. */
function put(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** A string that looks like a number as that number, any other as it is. */
function numeric(text: string): string | number {
  const number = Number(text);
  return /\S/.test(text) && Number.isFinite(number) ? number : text;
}

/** Splits a group such as `-abc=5` into letters; the last may have a value. */
function letters(group: string): Array<[letter: string, value?: string]> {
  const found: Array<[string, string?]> = [];
  for (let i = 1; i < group.length; i++) {
    const letter = group[i]!;
    const rest = group.slice(i + 1);
    if (rest.startsWith("=")) return [...found, [letter, rest.slice(1)]];
    const isNumber = /[a-z]/i.test(letter) &&
      /^-?\d+(\.\d*)?(e-?\d+)?$/i.test(rest);
    if (isNumber || /^\W/.test(rest)) return [...found, [letter, rest]];
    found.push([letter]);
  }
  return found;
}

/**
 * Parses command-line arguments of the forms `--name`, `--name value`,
 * `--name=value`, `-n`, `-n value`, `-n=value`, `-n5` and `-abc`.
 *
 * Values that look like numbers become numbers, unless `string` or `boolean`
 * names their argument. Of several values of one argument the last counts,
 * unless `collect` names it. Nothing after `--` is parsed.
 *
 * @param args The arguments, such as `Deno.args`.
 * @param options How to read them.
 * @returns An object with a member per argument, and the rest in `_`.
 *
 * @example
 * ```ts
 * import { parseArgs } from "./parse_args.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const args = parseArgs(["--paper", "k-decay", "--paper=lossgrad", "-q", "7"], {
 *   string: ["paper", "scale"],
 *   collect: ["paper"],
 *   boolean: ["quiet"],
 *   default: { scale: "smoke" },
 *   alias: { quiet: "q" },
 * });
 *
 * deepStrictEqual(args, {
 *   paper: ["k-decay", "lossgrad"],
 *   scale: "smoke",
 *   quiet: true,
 *   q: true,
 *   _: [7],
 * });
 * ```
 */
export function parseArgs<const Options extends ParseOptions = ParseOptions>(
  args: readonly string[],
  options?: Options,
): Args<Options> {
  const {
    "--": keepsRest = false,
    alias = {},
    boolean = [],
    collect = [],
    default: defaults = {},
    negatable = [],
    stopEarly = false,
    string = [],
    unknown = () => true,
  }: ParseOptions = options ?? {};
  const groups = new Map<string, string[]>();
  for (const [name, aliases] of Object.entries(alias)) {
    const group = [name, ...listed(aliases)];
    for (const member of group) groups.set(member, group);
  }
  const namesOf = (name: string) => groups.get(name) ?? [name];
  const named = (names: unknown) => new Set(listed(names).flatMap(namesOf));
  const booleans = named(boolean);
  const strings = named(string);
  const collected = named(collect);
  const negatables = named(negatable);
  const allBoolean = boolean === true;

  const positionals: Array<string | number> = [];
  const result: Record<string, unknown> = {};

  function set(name: string, text: string | undefined, arg: string): void {
    let value: unknown = text ?? (strings.has(name) ? "" : true);
    if (booleans.has(name)) value = text !== "false";
    const isKnown = booleans.has(name) || strings.has(name) ||
      groups.has(name) || (allBoolean && /^--[^=]+$/.test(arg));
    if (!isKnown && unknown(arg, name, value) === false) return;
    if (typeof value === "string" && !strings.has(name)) value = numeric(value);
    for (const key of namesOf(name)) {
      const list = Array.isArray(result[key]) ? result[key] : [];
      put(result, key, collected.has(key) ? [...list, value] : value);
    }
  }

  const { tokens } = tokenise({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind === "option-terminator")?.index ??
    args.length;

  /** Whether the argument at `index` is the value of the option before it. */
  function isValue(index: number, name: string, isLong: boolean): boolean {
    const text = args[index];
    if (text === undefined) return false;
    if (booleans.has(name) || (isLong && allBoolean)) {
      return text === "true" || text === "false";
    }
    return !text.startsWith("-") || (!isLong && text === "-");
  }

  let next = 0;
  for (const token of tokens) {
    // Passed over: the further letters of a short group, and values taken.
    if (token.index < next) continue;
    if (token.kind === "option-terminator") break;
    const arg = args[token.index]!;
    next = token.index + 1;

    if (token.kind === "positional") {
      if (unknown(arg) !== false) {
        positionals.push(strings.has("_") ? arg : numeric(arg));
      }
      if (!stopEarly) continue;
      positionals.push(...args.slice(next, end));
      break;
    }
    const isLong = arg.startsWith("--");
    const negated = /^--no-([^=]+)$/.exec(arg)?.[1];
    if (negated !== undefined && negatables.has(negated)) {
      for (const key of namesOf(negated)) put(result, key, false);
      continue;
    }
    const group = isLong ? [[token.name, token.value] as const] : letters(arg);
    for (const [i, [name, value]] of group.entries()) {
      const takesNext = value === undefined && i === group.length - 1 &&
        isValue(next, name, isLong);
      set(name, takesNext ? args[next++] : value, arg);
    }
  }

  for (const [name, value] of Object.entries(defaults)) {
    if (Object.hasOwn(result, name)) continue;
    for (const key of namesOf(name)) put(result, key, value);
  }
  for (const key of [...booleans, ...collected]) {
    if (Object.hasOwn(result, key)) continue;
    put(result, key, collected.has(key) ? [] : false);
  }
  const rest = args.slice(end + 1);
  if (keepsRest) result["--"] = rest;
  else positionals.push(...rest);
  result._ = positionals;
  return result as Args<Options>;
}
