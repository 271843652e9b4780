import { join } from "node:path";
import type { Dataset } from "./dataset.ts";
import { DatasetError } from "./dataset_error.ts";
import { defaultCacheDirectory, defaultDirectory } from "./io/directories.ts";
import {
  fetchDataset,
  type FetchProgress,
  isFetched,
} from "./io/fetch_dataset.ts";
import { locate } from "./io/locate.ts";
import { readDataset } from "./io/read_dataset.ts";
import { MANIFEST } from "./manifest.ts";
import {
  type FileEntry,
  type FolderEntry,
  isStreamedEntry,
  type StreamedEntry,
} from "./dataset_entry.ts";
import { findEntry } from "./registry.ts";

/** Where {@linkcode openDataset} looks for files. */
export interface OpenDatasetOptions {
  /**
   * The folder that holds one folder per data set, such as `mnist`; an empty
   * string for none.
   * @default {the environment variable SLOPE_DATA, if it is set}
   */
  directory?: string | undefined;
  /**
   * The folder that fetched data sets are kept in.
   * @default {`datasets` in the user's cache folder of Slope}
   */
  cacheDirectory?: string | undefined;
  /** Whether to fetch what is in neither folder. @default {false} */
  allowFetch?: boolean | undefined;
  /** Called while a data set is fetched. */
  onProgress?: ((progress: FetchProgress) => void) | undefined;
  /** Ends the fetching; what has arrived is kept for the next time. */
  signal?: AbortSignal | undefined;
}

/**
 * Opens a data set by its name: generates it, or reads it from the folder of
 * data sets, or from the cache, or fetches it into the cache first.
 *
 * The arrays belong to the caller. Images are in [0, 1], channels last; see
 * {@linkcode standardise}.
 *
 * @param name One of the names that {@linkcode listDatasets} lists.
 * @param options Where to look for files; generated data sets need none.
 * @returns The data set.
 * @throws {DatasetError} If the name is unknown or of a data set that is streamed, the
 * files are nowhere, or they are not what they should be.
 * @throws {DownloadError} If it was to be fetched and no address has it.
 * @throws {NoSpaceError} If the disk is too full to fetch it.
 *
 * @example
 * ```ts
 * import { openDataset } from "./open_dataset.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const digits = await openDataset("drawn-digits");
 * deepStrictEqual(digits.shape, [28, 28, 1]);
 * strictEqual(digits.train.count, 2000);
 * ```
 */
export async function openDataset(
  name: string,
  options: OpenDatasetOptions = {},
): Promise<Dataset> {
  const entry = findEntry(name);
  if ("generate" in entry) return entry.generate();
  if (isStreamedEntry(entry)) {
    throw new DatasetError(
      `${entry.name}: does not fit into memory: read it while it is trained on, with openStreamed(${
        JSON.stringify(name)
      })`,
    );
  }
  const { directory = defaultDirectory() } = options;
  const folder = directory && await locate(directory, entry);
  if ("read" in entry) {
    if (folder) return await entry.read(entry, folder);
    throw new DatasetError(`${entry.name}: ${missing(entry, directory)}`);
  }
  return folder
    ? await readDataset(entry, folder)
    : await readDataset(entry, await fetchedFolder(entry, options), true);
}

/** Where a data set was looked for in vain. */
export function missing(
  entry: FileEntry | FolderEntry | StreamedEntry,
  directory: string | undefined,
): string {
  const { folders } = "files" in entry ? entry.files : entry;
  return directory
    ? `${directory} has no folder ${folders.join(" or ")}`
    : "no folder of data sets was named (--data DIR or SLOPE_DATA)";
}

/** The folder of a data set in the cache; it is fetched if need be. */
async function fetchedFolder(
  entry: FileEntry,
  options: OpenDatasetOptions,
): Promise<string> {
  const { directory = defaultDirectory(), allowFetch = false } = options;
  const published = MANIFEST[entry.name];
  const places = missing(entry, directory);
  if (published === undefined) {
    throw new DatasetError(`${entry.name}: ${places}`);
  }
  const cache = options.cacheDirectory ?? defaultCacheDirectory();
  if (await isFetched(published, cache)) return join(cache, published.folder);
  if (!allowFetch) {
    throw new DatasetError(
      `${entry.name}: ${places}, and it was not fetched before; ` +
        "allow it to be fetched, or name the folder that holds it",
    );
  }
  const { onProgress, signal } = options;
  return await fetchDataset(entry.name, published, cache, {
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  });
}
