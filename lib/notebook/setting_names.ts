/**
 * What things that were set up differently are called: by what differs.
 *
 * @module
 */

/**
 * Names for several settings: of each what the others do not have in common with
 * it. Where whole parts differ in kind, the kind is its name.
 *
 * @param all Settings as plain JSON, such as specs of schedules.
 * @returns Distinct names, in order.
 *
 * @example
 * ```ts
 * import { settingNames } from "./setting_names.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(
 *   settingNames([
 *     { kind: "cosine", from: 0.1, steps: 100 },
 *     { kind: "kDecay", k: 1.5, inner: { kind: "cosine", from: 0.1, steps: 100 } },
 *     { kind: "kDecay", k: 3, inner: { kind: "cosine", from: 0.1, steps: 100 } },
 *   ]),
 *   ["cosine", "kDecay k = 1.5", "kDecay k = 3"],
 * );
 * ```
 */
export function settingNames(all: readonly unknown[]): string[] {
  const names = differences(all, "");
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const shown = name || `${index + 1}`;
    const count = (seen.get(shown) ?? 0) + 1;
    seen.set(shown, count);
    return count === 1 ? shown : `${shown} (${count})`;
  });
}

/** For each value, what of it differs from the others; empty if nothing does. */
function differences(values: readonly unknown[], name: string): string[] {
  const texts = values.map((value) => JSON.stringify(value) ?? "none");
  if (texts.every((text) => text === texts[0])) return values.map(() => "");
  const kinds = values.map(kindOf);
  if (kinds.includes(undefined)) {
    return texts.map((text, i) => kinds[i] ?? `${name} = ${shortened(text)}`);
  }
  if (kinds.every((kind) => kind === kinds[0])) {
    return joined(fieldDifferences(values as object[], name));
  }
  // Those of a kind among themselves.
  const result = kinds.map((kind) => kind!);
  for (const kind of new Set(kinds)) {
    const own = kinds.flatMap((k, i) => k === kind ? [i] : []);
    const inner = joined(
      fieldDifferences(own.map((i) => values[i] as object), name),
    );
    for (const [at, i] of own.entries()) {
      result[i] = [result[i], inner[at]].filter(Boolean).join(" ");
    }
  }
  return result;
}

/** The differences in each field that any of the values has. */
function fieldDifferences(
  values: readonly object[],
  name: string,
): string[][] {
  const fields = [...new Set(values.flatMap((value) => Object.keys(value)))];
  return fields.map((field) =>
    differences(
      values.map((value) => (value as Record<string, unknown>)[field]),
      field === "value" ? name : field,
    )
  ).concat([values.map(() => "")]);
}

function joined(parts: readonly string[][]): string[] {
  return parts[0]!.map((_, i) =>
    parts.map((part) => part[i]).filter(Boolean).join(", ")
  );
}

/** The kind of an object, or `{}` of one that has none; undefined for a value. */
function kindOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  return "kind" in value ? String(value.kind) : "";
}

function shortened(text: string): string {
  const plain = text.replaceAll('"', "");
  return plain.length > 30 ? `${plain.slice(0, 29)}…` : plain;
}
