/**
 * Loads and runs TensorFlow SavedModels.
 *
 * @module
 */
import {
  type Bytes,
  cString,
  type Pointer,
  type TensorFlowLibrary,
} from "./library.ts";

/** A loaded SavedModel. */
export interface SavedModel {
  session: Pointer;
  graph: Pointer;
}

/** An array of C string pointers. */
function pointers(
  strings: readonly Uint8Array<ArrayBuffer>[],
): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(
    strings,
    (s) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(s)),
  );
}

/**
 * Loads the SavedModel of a directory, for a comma-separated list of tags.
 *
 * @param config The `ConfigProto` of the context.
 */
export function loadSavedModel(
  library: TensorFlowLibrary,
  config: Bytes,
  directory: string,
  tags: string,
): SavedModel {
  const { api, status } = library;
  const options = api.TF_NewSessionOptions();
  const graph = api.TF_NewGraph();
  const names = tags.split(",").map(cString);
  try {
    api.TF_SetConfig(options, config, BigInt(config.length), status);
    const session = api.TF_LoadSessionFromSavedModel(
      options,
      null,
      cString(directory),
      pointers(names),
      names.length,
      graph,
      null,
      status,
    );
    library.check(`The SavedModel in ${directory} could not be loaded`);
    return { session, graph };
  } catch (error) {
    api.TF_DeleteGraph(graph);
    throw error;
  } finally {
    api.TF_DeleteSessionOptions(options);
  }
}

/** Frees a SavedModel. */
export function deleteSavedModel(
  library: TensorFlowLibrary,
  { session, graph }: SavedModel,
): void {
  library.api.TF_DeleteSession(session, library.status);
  library.check("The SavedModel's session could not be closed");
  library.api.TF_DeleteGraph(graph);
}

/** `TF_Output` structs of tensors named `operation` or `operation:index`. */
function outputs(
  library: TensorFlowLibrary,
  graph: Pointer,
  names: readonly string[],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16 * Math.max(1, names.length));
  const words = new DataView(bytes.buffer);
  names.forEach((name, i) => {
    const [operation = "", index = "0"] = name.split(":");
    const found = library.api.TF_GraphOperationByName(
      graph,
      cString(operation),
    );
    if (found === null) {
      throw new RangeError(
        `The SavedModel has no operation named ${operation}`,
      );
    }
    words.setBigUint64(16 * i, Deno.UnsafePointer.value(found), true);
    words.setInt32(16 * i + 8, Number(index), true);
  });
  return bytes;
}

/**
 * Runs a SavedModel.
 *
 * @param inputs Handles, which the caller still owns.
 * @returns Handles, which the caller owns.
 * @throws {RangeError} If the model has no operation of a name.
 * @throws {TypeError} If there are more or fewer inputs than names.
 */
export function runSavedModel(
  library: TensorFlowLibrary,
  { session, graph }: SavedModel,
  inputs: readonly Pointer[],
  inputNames: readonly string[],
  outputNames: readonly string[],
): Pointer[] {
  const { api, status } = library;
  if (inputs.length !== inputNames.length) {
    throw new TypeError(
      `The SavedModel takes ${inputNames.length} inputs, got ${inputs.length}`,
    );
  }
  const inputPlaces = outputs(library, graph, inputNames);
  const outputPlaces = outputs(library, graph, outputNames);
  const tensors: Pointer[] = [];
  const results = new BigUint64Array(Math.max(1, outputNames.length));
  try {
    for (const input of inputs) {
      tensors.push(api.TFE_TensorHandleResolve(input, status));
      library.check("An input of the SavedModel could not be read");
    }
    api.TF_SessionRun(
      session,
      null,
      inputPlaces,
      BigUint64Array.from(tensors, (t) => Deno.UnsafePointer.value(t)),
      inputs.length,
      outputPlaces,
      results,
      outputNames.length,
      null,
      0,
      null,
      status,
    );
    library.check("The SavedModel failed");
  } finally {
    tensors.forEach((tensor) => api.TF_DeleteTensor(tensor));
  }
  return Array.from(results.subarray(0, outputNames.length), (address) => {
    const tensor = Deno.UnsafePointer.create(address);
    const handle = api.TFE_NewTensorHandle(tensor, status);
    api.TF_DeleteTensor(tensor);
    library.check("An output of the SavedModel could not be kept");
    return handle;
  });
}
