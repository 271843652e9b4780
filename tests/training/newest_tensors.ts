import { RunDirectory } from "../../lib/training/run_directory.ts";
import type { StoredTensor } from "../../lib/files/safetensors.ts";

/** The tensors of a run's newest checkpoint. */
export async function newestTensors(
  folder: string,
): Promise<Record<string, StoredTensor>> {
  const directory = new RunDirectory(folder);
  const [step] = await directory.checkpointSteps();
  return (await directory.load(step!)).tensors;
}
