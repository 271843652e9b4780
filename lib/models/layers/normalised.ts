/**
 * Normalisation followed by the rectifier.
 *
 * @module
 */
import { type LayerFactory, sequence } from "../network.ts";
import { relu } from "./activation.ts";
import { batchNormalisation } from "./batch_normalisation.ts";

/** max(0, normalised x): what most convolutions stand between. */
export const normalised: LayerFactory = sequence([
  ["normalisation", batchNormalisation()],
  ["", relu()],
]);
