/**
 * Models from files of any format that is read.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { extname, join } from "node:path";
import { didYouMean } from "../text/nearest.ts";
import { type GraphFile, ofGraph } from "./graph/graph_model.ts";
import { readH5File } from "./keras/h5_file.ts";
import { readKerasFile } from "./keras/keras_file.ts";
import { readLayersModelFile } from "./layers_model_file.ts";
import { explained, ModelFileError } from "./model_file_error.ts";
import { LARGEST_JSON, LARGEST_WEIGHTS, readBytes } from "./read_bytes.ts";
import { readOnnxFile } from "./onnx/onnx_file.ts";
import { parseJson } from "./parse_json.ts";
import { readRunFolder } from "./run_folder.ts";
import {
  type ModelFormat,
  type ModelSource,
  ofLayersModel,
  type SavedModel,
} from "./saved_model.ts";
import { isGraphModel, readGraphModel } from "./tensorflow/graph_model_file.ts";
import { readSavedModel } from "./tensorflow/saved_model_folder.ts";
import {
  type Architecture,
  readWeights,
  withArchitecture,
} from "./weights_file.ts";

/** What {@linkcode openModel} is told beside the path. */
export interface OpenModelOptions {
  /** What a file of weights only (safetensors, `.npz`) is the weights of. */
  architecture?: Architecture;
  /**
   * The shape of an example, for sizes that a graph leaves open. If it is that of an
   * ONNX model, channels first, examples are taken so. @default {channels last}
   */
  inputShape?: readonly number[];
}

const formats: ReadonlyMap<string, ModelFormat> = new Map([
  [".json", "layersModel"],
  [".keras", "keras"],
  [".h5", "h5"],
  [".hdf5", "h5"],
  [".safetensors", "safetensors"],
  [".npz", "npz"],
  [".onnx", "onnx"],
]);

const pickle = "is a pickle, which is code and never run: " +
  "save the weights as safetensors";

/** Why other files that people have are not read. */
const refusals: ReadonlyMap<string, string> = new Map([
  [".pt", pickle],
  [".pth", pickle],
  [".pkl", pickle],
  [".pickle", pickle],
  [".joblib", pickle],
  [".npy", "holds one array: save the weights by name as .npz"],
  [".pb", "is a part of a SavedModel: name the folder that it is in"],
  [".tflite", "is TensorFlow Lite, which is not read: save the Keras model"],
]);

/** Where the model is, and how it is stored. */
async function locate(
  path: string,
): Promise<{ file: string; format: ModelFormat }> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch {
    throw new ModelFileError(`${path}: is missing, or may not be read`);
  }
  const isThere = (name: string) =>
    Deno.stat(join(path, name)).then(() => true, () => false);
  if (info.isDirectory) {
    if (await isThere("run.json")) return { file: path, format: "run" };
    if (await isThere("model.json")) {
      return { file: join(path, "model.json"), format: "layersModel" };
    }
    if (await isThere("saved_model.pb")) {
      return { file: join(path, "saved_model.pb"), format: "savedModel" };
    }
    throw new ModelFileError(
      `${path}: is a folder without run.json, model.json or saved_model.pb`,
    );
  }
  const ending = extname(path).toLowerCase();
  const format = formats.get(ending);
  if (format !== undefined) return { file: path, format };
  const reason = refusals.get(ending) ??
    `has the ending ${JSON.stringify(ending.slice(0, 20))}, expected ${
      [...formats.keys()].join(", ")
    }${didYouMean(ending, formats.keys())}`;
  throw new ModelFileError(`${path}: ${reason}`);
}

/**
 * Opens a saved model, whatever its format: TensorFlow.js's `model.json` (of layers or
 * a graph), Keras's `.keras` and `.h5` of both generations, ONNX, the folder of a
 * SavedModel, safetensors and `.npz` with an architecture, or the folder of a run.
 *
 * Files are not trusted: no code in them is run, nothing outside their folder is
 * read, and what they claim is checked before memory is taken for it. A backend must
 * run: call `initialize` first. Layers that TensorFlow.js computes otherwise than
 * Keras are refused by name.
 *
 * @param path The file, or the folder of a run, a `model.json` or a SavedModel.
 * @param options What a file of weights only needs.
 * @returns The model; dispose it when done.
 * @throws {ModelFileError} If the file is missing, damaged or not read; one line
 * that names the file and its fault.
 *
 * @example The weights of a small network
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { encodeSafetensors } from "../files/safetensors.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { openModel } from "./open_model.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const path = await Deno.makeTempFile({ suffix: ".safetensors" });
 * const tensors = {
 *   "output/kernel": { shape: [1, 1], values: Float32Array.of(2) },
 *   "output/bias": { shape: [1], values: Float32Array.of(1) },
 * };
 * await Deno.writeFile(path, encodeSafetensors({ tensors, metadata: {} }));
 *
 * const architecture = { kind: "mlp", inputShape: [1], outputs: 1 };
 * const model = await openModel(path, { architecture });
 * const x = tf.tensor2d([[3]]), y = model.predict(x);
 * strictEqual(y.dataSync()[0], 7);
 * tf.dispose([x, y]);
 * model.dispose();
 * await Deno.remove(path);
 * ```
 */
export async function openModel(
  path: string,
  { architecture, inputShape }: OpenModelOptions = {},
): Promise<SavedModel> {
  const { file, format } = await locate(path);
  return await explained(file, async () => {
    if (format === "run") return await readRunFolder(file);
    const hash = createHash("sha256");
    const sourceOf = (): ModelSource => ({
      path,
      format,
      sha256: hash.digest("hex"),
    });
    const bytes = await readBytes(
      file,
      format === "layersModel" ? LARGEST_JSON : LARGEST_WEIGHTS,
    );
    hash.update(bytes);
    if (format === "safetensors" || format === "npz") {
      const stored = await readWeights(bytes, file, format);
      const known = architecture ?? stored.architecture;
      if (known === undefined) {
        throw new ModelFileError(
          `${file}: holds weights only: name the architecture that they are of`,
        );
      }
      return await withArchitecture(stored.tensors, known, sourceOf());
    }
    const onBytes = (part: Uint8Array) => void hash.update(part);
    const ofGraphFile = (graph: GraphFile, source = sourceOf()) =>
      ofGraph(graph, source, inputShape);
    if (format === "onnx") {
      return ofGraphFile(await readOnnxFile(bytes, file, onBytes));
    }
    if (format === "savedModel") {
      return ofGraphFile(await readSavedModel(bytes, path, onBytes));
    }
    const json = format === "layersModel" ? parseJson(bytes) : undefined;
    if (json && isGraphModel(json)) {
      const graph = await readGraphModel(json, file, onBytes);
      return ofGraphFile(graph, { ...sourceOf(), format: "graphModel" });
    }
    const model = format === "keras"
      ? await readKerasFile(bytes, file)
      : format === "h5"
      ? await readH5File(bytes)
      : await readLayersModelFile(json!, file, onBytes);
    return ofLayersModel(model, sourceOf());
  });
}
