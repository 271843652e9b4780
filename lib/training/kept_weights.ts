/**
 * Weights along a training, kept in a run's folder for what is measured afterwards.
 *
 * @module
 */
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { writeWhole } from "../files/write_whole.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Objective } from "./objective.ts";

/** The folder within a run's. */
const FOLDER = "weights";

function fileOf(directory: string, step: number): string {
  const number = String(step).padStart(9, "0");
  return join(directory, FOLDER, `step-${number}.safetensors`);
}

/** Writes the weights after some steps to `weights/` in a run's folder. */
export async function keepWeights(
  directory: string,
  { parameters }: Objective,
  step: number,
  values: readonly Tensor[],
): Promise<void> {
  await Deno.mkdir(join(directory, FOLDER), { recursive: true });
  const tensors = Object.fromEntries(
    parameters.map(({ name, shape }, i) => [
      name,
      { shape, values: values[i]!.dataSync() as Float32Array },
    ]),
  );
  const bytes = encodeSafetensors({ tensors, metadata: {} });
  await writeWhole(fileOf(directory, step), bytes);
}

/**
 * The weights that a run kept after some steps (`keepWeightsAt`).
 *
 * @param directory The run's folder.
 * @param objective What was trained.
 * @param step The number of steps.
 * @returns One array a parameter, statistics included, in the objective's order.
 * @throws {RangeError} If no weights of this step were kept.
 * @throws {SyntaxError} If the file is damaged, or of another network.
 */
export async function keptWeights(
  directory: string,
  { parameters }: Objective,
  step: number,
): Promise<Float32Array[]> {
  const path = fileOf(directory, step);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RangeError(
      `step must be one whose weights were kept, got ${step}: there is no ${path}`,
    );
  }
  const { tensors } = decodeSafetensors(bytes);
  return parameters.map(({ name, shape }) => {
    const found = tensors[name];
    if (found?.shape.join() === shape.join()) {
      return Float32Array.from(found.values);
    }
    throw new SyntaxError(
      `${path} has ${
        found ? `shape [${found.shape}]` : "nothing"
      } for ${name}, expected shape [${shape}]`,
    );
  });
}
