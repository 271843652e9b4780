/**
 * Opens data sets that are read while they are trained on, by name.
 *
 * @module
 */
import { isStreamedEntry } from "../dataset_entry.ts";
import { DatasetError } from "../dataset_error.ts";
import { defaultDirectory } from "../io/directories.ts";
import { checkNeeds, locate } from "../io/locate.ts";
import { missing } from "../open_dataset.ts";
import { findEntry } from "../registry.ts";
import { type StreamedDataset, streamImages } from "./stream_images.ts";

/**
 * Opens a data set that does not fit into memory, by its name: `imagenet`, from the
 * folder of data sets.
 *
 * @param name Its name.
 * @param options Where to look.
 * @param options.directory The folder that holds one folder per data set. Default: the
 * environment variable SLOPE_DATA.
 * @returns The data set, as {@linkcode streamImages} reads it; dispose it when done.
 * @throws {DatasetError} If the name is unknown or of a data set that fits into memory,
 * or the pictures are not where they should be.
 *
 * @example
 * ```ts
 * import { openStreamed } from "./open_streamed.ts";
 * import { rejects } from "node:assert";
 *
 * await rejects(openStreamed("mnist"), /fits into memory: openDataset/);
 * await rejects(openStreamed("imagenet", { directory: "" }), /no folder of data sets/);
 * ```
 *
 * Reference: O. Russakovsky et al., IJCV 115, 2015, arXiv 1409.0575.
 */
export async function openStreamed(
  name: string,
  options: { directory?: string | undefined } = {},
): Promise<StreamedDataset> {
  const entry = findEntry(name);
  if (!isStreamedEntry(entry)) {
    throw new DatasetError(`${name}: fits into memory: openDataset opens it`);
  }
  const { directory = defaultDirectory() } = options;
  const folder = directory && await locate(directory, entry);
  if (!folder) {
    throw new DatasetError(`${name}: ${missing(entry, directory)}`);
  }
  await checkNeeds(folder, entry.needs);
  const { shape: [size], shorterSide } = entry;
  return await streamImages(folder, { size: size!, shorterSide });
}
