/**
 * Values given to a notebook from outside.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { type Cell, INJECTED, PARAMETERS } from "./cell.ts";
import { declaredNames } from "./code.ts";

/**
 * Reads `key=value`. A value that is JSON is that, anything else is text.
 *
 * @throws {SyntaxError} If there is no key.
 *
 * @example
 * ```ts
 * import { parseSetting } from "./parameters.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(parseSetting("ks=[1, 2]"), ["ks", [1, 2]]);
 * deepStrictEqual(parseSetting("data=mnist"), ["data", "mnist"]);
 * ```
 */
export function parseSetting(text: string): [key: string, value: unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw new SyntaxError(`a setting is key=value, got ${text}`);
  const key = text.slice(0, at).trim();
  const value = text.slice(at + 1);
  try {
    return [key, JSON.parse(value)];
  } catch {
    return [key, value];
  }
}

/**
 * A notebook with other values: a cell after the one that is tagged `parameters`
 * declares them anew, as papermill does.
 *
 * @param cells The notebook.
 * @param settings The values, as plain JSON, by the names that the cell declares.
 * @throws {RangeError} If the notebook has no such cell, or that has no such name.
 *
 * @example
 * ```ts
 * import { withSettings } from "./parameters.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const cell = { kind: "code", source: "const k = 2;", tags: ["parameters"] } as const;
 * const [, injected] = withSettings([cell], { k: 3 });
 * deepStrictEqual(injected, {
 *   kind: "code",
 *   source: "const k = 3;",
 *   tags: ["injected-parameters"],
 * });
 * ```
 */
export function withSettings(
  cells: readonly Cell[],
  settings: Readonly<Record<string, unknown>>,
): Cell[] {
  if (Object.keys(settings).length === 0) return [...cells];
  const at = cells.findIndex(({ tags }) => tags.includes(PARAMETERS));
  if (at < 0) {
    throw new RangeError(
      `no cell is tagged "${PARAMETERS}", nothing can be set`,
    );
  }
  const names = declaredNames(cells[at]!.source);
  for (const key of Object.keys(settings)) {
    if (names.includes(key)) continue;
    throw new RangeError(
      `${key} is not a parameter${
        didYouMean(key, names) || `; there are ${names.join(", ")}`
      }`,
    );
  }
  const source = Object.entries(settings)
    .map(([key, value]) => `const ${key} = ${JSON.stringify(value)};`);
  return cells.toSpliced(at + 1, 0, {
    kind: "code",
    source: source.join("\n"),
    tags: [INJECTED],
  });
}
