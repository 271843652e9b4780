/**
 * Writes each fixture anew as `.keras`, for `check_written.py`.
 *
 * @module
 */
import { initialize } from "../../../lib/runtime/initialize.ts";
import { readKerasFile } from "../../../lib/saved_models/keras/keras_file.ts";
import { saveModel } from "../../../lib/saved_models/save_model.ts";
import {
  fixtureBytes,
  fixtureNames,
} from "../../saved_models/keras/fixtures.ts";

await initialize({ backend: "cpu" });
const [folder] = Deno.args;
for (const name of fixtureNames) {
  // Keras 2's ConvLSTM2D has an activation that means another in Keras 3.
  if (name === "volumes_keras2") continue;
  const bytes = await fixtureBytes(`${name}.keras`);
  const model = await readKerasFile(bytes, name);
  await saveModel(`${folder}/${name}.keras`, model);
  model.dispose();
}
