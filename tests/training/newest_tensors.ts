import { RunDirectory } from "../../lib/training/run_directory.ts";
import type { StoredTensor } from "../../lib/files/safetensors.ts";

/** The tensors of a run's newest checkpoint. */
export async function newestTensors(
  folder: string,
): Promise<Record<string, StoredTensor>> {
  const { checkpoints } = new RunDirectory(folder);
  const [step] = await checkpoints.steps();
  return (await checkpoints.load(step!)).tensors;
}
