/**
 * The models that Slope's own runs trained.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { namedNetwork } from "../models/named_network.ts";
import type { RecordedRun } from "../training/recorded_run.ts";
import { loadRun } from "../training/load_run.ts";
import { show } from "../text/show.ts";
import { isObject, type JsonObject } from "./parse_json.ts";
import { weightsOfNetwork } from "./network_weights.ts";
import { type ModelSource, ofNetwork, type SavedModel } from "./saved_model.ts";
import { withArchitecture } from "./weights_file.ts";

/** What a run trained, as its settings tell it. */
function objectiveOf({ settings }: RecordedRun): JsonObject {
  const { objective } = settings as JsonObject;
  if (isObject(objective)) return objective;
  throw new SyntaxError("its settings have no objective");
}

/**
 * Reads the model of a run with the weights of its newest checkpoint.
 *
 * @param path The run's folder.
 * @throws {SyntaxError | RangeError} If there is no run, no checkpoint, or the
 * objective is none that can be made again.
 */
export async function readRunFolder(path: string): Promise<SavedModel> {
  const run = await loadRun(path);
  const hash = createHash("sha256").update(JSON.stringify(run.settings));
  for (const { values } of Object.values(run.parameters)) {
    hash.update(new Uint8Array(values.buffer));
  }
  const source: ModelSource = {
    path,
    format: "run",
    sha256: hash.digest("hex"),
  };
  const tensors = new Map(Object.entries(run.parameters));
  if (tensors.size === 0) {
    throw new SyntaxError("the run has no checkpoint yet");
  }
  const objective = objectiveOf(run);
  if (isObject(objective.network)) {
    const network = namedNetwork(objective.network);
    return ofNetwork(network, weightsOfNetwork(network, tensors), source);
  }
  if (isObject(objective.model)) {
    return await withArchitecture(tensors, objective.model, source);
  }
  throw new SyntaxError(
    `its objective ${show(objective.kind)} is none that can be made again`,
  );
}
