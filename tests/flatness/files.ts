/** Files of small models and data, for tests of the flatness report. */
import { join } from "node:path";
import { encodeSafetensors } from "../../lib/files/safetensors.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";

/** The values of a kernel, or of a bias. */
export interface Stored {
  shape: number[];
  values: number[];
}

/** Writes weights by name as safetensors; gives the path. */
export async function writeWeights(
  folder: string,
  name: string,
  weights: Record<string, Stored>,
): Promise<string> {
  const path = join(folder, name);
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([key, { shape, values }]) => [key, {
      shape,
      values: Float32Array.from(values),
    }]),
  );
  await Deno.writeFile(path, encodeSafetensors({ tensors, metadata: {} }));
  return path;
}

/** Writes examples as CSV, the label last; gives the path. */
export async function writeTable(
  folder: string,
  name: string,
  rows: readonly (readonly number[])[],
): Promise<string> {
  const path = join(folder, name);
  const head = rows[0]!.map((_, i) => `column${i}`);
  const lines = [head, ...rows].map((row) => row.join(","));
  await Deno.writeTextFile(path, lines.join("\n") + "\n");
  return path;
}

/** Normal numbers that depend on the seed alone. */
export function normals(count: number, seed: number): number[] {
  const random = randomStream(seed, Purpose.generatedData);
  return Array.from({ length: count }, () => Math.fround(random.normal()));
}

/** Points of three classes in the plane. */
export function points(count: number, seed = 4): number[][] {
  const values = normals(2 * count, seed);
  return Array.from({ length: count }, (_, i) => {
    const label = i % 3;
    const x = values[2 * i]! + Math.cos(2 * label);
    const y = values[2 * i + 1]! + Math.sin(2 * label);
    return [Math.fround(x), Math.fround(y), label];
  });
}

/** A rectifier network of two inputs, six hidden units and three classes. */
export const rectifier = {
  architecture: { kind: "mlp", inputShape: [2], hidden: [6], outputs: 3 },
  weights: (factor = 1): Record<string, Stored> => ({
    "dense1/kernel": {
      shape: [2, 6],
      values: normals(12, 1).map((x) => x * factor),
    },
    "dense1/bias": {
      shape: [6],
      values: normals(6, 2).map((x) => x * factor),
    },
    "output/kernel": {
      shape: [6, 3],
      values: normals(18, 3).map((x) => x / factor),
    },
    "output/bias": { shape: [3], values: [0.1, -0.2, 0] },
  }),
};
