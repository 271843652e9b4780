/**
 * Loads and runs TensorFlow SavedModels.
 *
 * @module
 */
import { cString, type Pointer, type TensorFlowLibrary } from "./library.ts";

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

/** Loads the SavedModel of a directory, for a comma-separated list of tags. */
export function loadSavedModel(
  library: TensorFlowLibrary,
  directory: string,
  tags: string,
): SavedModel {
  const { api, status } = library;
  const options = api.TF_NewSessionOptions();
  const graph = api.TF_NewGraph();
  const names = tags.split(",").map(cString);
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
  api.TF_DeleteSessionOptions(options);
  try {
    library.check(`The SavedModel in ${directory} could not be loaded`);
  } catch (error) {
    api.TF_DeleteGraph(graph);
    throw error;
  }
  return { session, graph };
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
 * @param inputs `TF_Tensor`s, which the caller still owns.
 * @returns `TF_Tensor`s, which the caller owns.
 */
export function runSavedModel(
  library: TensorFlowLibrary,
  { session, graph }: SavedModel,
  inputs: readonly Pointer[],
  inputNames: readonly string[],
  outputNames: readonly string[],
): Pointer[] {
  const results = new BigUint64Array(Math.max(1, outputNames.length));
  library.api.TF_SessionRun(
    session,
    null,
    outputs(library, graph, inputNames),
    BigUint64Array.from(inputs, (t) => Deno.UnsafePointer.value(t)),
    inputs.length,
    outputs(library, graph, outputNames),
    results,
    outputNames.length,
    null,
    0,
    null,
    library.status,
  );
  library.check("The SavedModel failed");
  return outputNames.map((_, i) => Deno.UnsafePointer.create(results[i]!));
}
