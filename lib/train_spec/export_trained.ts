/**
 * Trained models, written to files.
 *
 * @module
 */
import { extname, join } from "node:path";
import { encodeSafetensors } from "../files/safetensors.ts";
import { writeWhole } from "../files/write_whole.ts";
import type { Network } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { layersModelOf } from "../saved_models/layers_model_of.ts";
import { saveModel, writtenFormats } from "../saved_models/save_model.ts";
import type { LayersModelObjective } from "../training/layers_model.ts";
import { show } from "../text/show.ts";
import type { PreparedModel } from "./prepare_model.ts";
import type { TrainSpec } from "./spec.ts";

/**
 * The names of the files that a trained model is written to.
 *
 * @param network The network that is trained, once it is made.
 * @throws {RangeError} If one is not a name in the run's folder, or has no format
 * that the model is written in.
 */
export function exportNames(
  spec: TrainSpec,
  network?: Network,
): readonly string[] {
  const isFile = typeof spec.model.file === "string";
  const names = spec.export ??
    [isFile && !spec.model.architecture ? "model.keras" : "model.safetensors"];
  const isWritten = network === undefined || network.toLayers !== undefined;
  const formats = isWritten ? writtenFormats : [".safetensors"];
  for (const name of names) {
    const isName = /^[\w][\w.-]{0,100}$/.test(name);
    if (!isName || !formats.includes(extname(name).toLowerCase())) {
      throw new RangeError(
        `export must be names in the run's folder that end in ${
          formats.join(", ")
        }${isWritten ? "" : ` (for ${network.name})`}, got ${show(name)}`,
      );
    }
  }
  return names;
}

/**
 * Writes a trained model.
 *
 * @param model The model.
 * @param parameters Its trained parameters, in order; they stay the caller's.
 * @param folder Where.
 * @param names As {@linkcode exportNames} returns them.
 * @returns The paths.
 */
export async function exportTrained(
  { objective, saved, network }: PreparedModel,
  parameters: readonly Tensor[],
  folder: string,
  names: readonly string[],
): Promise<string[]> {
  const layersModel = saved?.layersModel;
  if (layersModel) (objective as LayersModelObjective).assign(parameters);
  const paths: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (layersModel) await saveModel(path, layersModel);
    else if (network && !name.toLowerCase().endsWith(".safetensors")) {
      const copy = layersModelOf(network, parameters);
      try {
        await saveModel(path, copy);
      } finally {
        copy.dispose();
      }
    } else {
      const tensors = await Promise.all(parameters.map(async (tensor, i) => {
        const values = await tensor.data() as Float32Array;
        const { name } = objective.parameters[i]!;
        return [name, { shape: tensor.shape, values }] as const;
      }));
      await writeWhole(
        path,
        encodeSafetensors({
          tensors: Object.fromEntries(tensors),
          metadata: { architecture: JSON.stringify(network?.spec) },
        }),
      );
    }
    paths.push(path);
  }
  return paths;
}
