import { join } from "node:path";
import type { DatasetKind } from "./dataset.ts";
import { DatasetError } from "./dataset_error.ts";
import { defaultCacheDirectory, defaultDirectory } from "./io/directories.ts";
import { isFetched } from "./io/fetch_dataset.ts";
import { checkNeeds, locate, locateFile } from "./io/locate.ts";
import { MANIFEST } from "./manifest.ts";
import { type DatasetEntry, isStreamedEntry } from "./dataset_entry.ts";
import { REGISTRY } from "./registry.ts";

/** A data set that can be opened by name, and whether it is at hand. */
export interface DatasetListing {
  /** The name it is opened by. */
  name: string;
  /** What the labels are. */
  kind: DatasetKind;
  /** The shape of one example. */
  shape: number[];
  /** The number of classes; 0 for a regression. */
  classes: number;
  /** The number of examples to train on; of a subset, of the complete data. */
  train: number;
  /** The number of examples to test on; of a subset, of the complete data. */
  test: number;
  /** Whether the files hold only a part of a published data set. */
  subset: boolean;
  /**
   * Whether it can be opened at once: it is generated, or all its files are
   * there. The files are not read: opening it checks them.
   */
  ready: boolean;
  /** Where: `generated`, a folder's path, or `null` if it is nowhere. */
  place: string | null;
  /** What is wrong with a folder that was found, in one line, or `null`. */
  problem: string | null;
  /** The bytes that fetching it takes, or `null` if it cannot be fetched. */
  fetchBytes: number | null;
}

/** Where {@linkcode listDatasets} looks for files. */
export interface ListDatasetsOptions {
  /**
   * The folder that holds one folder per data set; an empty string for none.
   * @default {the environment variable SLOPE_DATA, if it is set}
   */
  directory?: string | undefined;
  /**
   * The folder that fetched data sets are kept in.
   * @default {`datasets` in the user's cache folder of Slope}
   */
  cacheDirectory?: string | undefined;
}

/**
 * Every data set that can be opened by name, and what is there of it.
 *
 * @param options Where to look.
 * @returns One listing per data set, the generated ones first.
 *
 * @example
 * ```ts
 * import { listDatasets } from "./list_datasets.ts";
 * import { strictEqual } from "node:assert";
 *
 * const [digits] = await listDatasets();
 * strictEqual(digits?.name, "drawn-digits");
 * strictEqual(digits?.place, "generated");
 * ```
 */
export async function listDatasets(
  options: ListDatasetsOptions = {},
): Promise<DatasetListing[]> {
  const { directory = defaultDirectory() } = options;
  const cache = options.cacheDirectory ?? defaultCacheDirectory();
  return await Promise.all(REGISTRY.map(async (entry) => {
    const downloads = MANIFEST[entry.name]?.downloads;
    return {
      name: entry.name,
      kind: entry.kind,
      shape: [...entry.shape],
      classes: isStreamedEntry(entry) ? entry.classes : entry.classNames.length,
      train: entry.train,
      test: entry.test,
      subset: "files" in entry && (entry.files.subset ?? false),
      ...await findFiles(entry, directory, cache),
      fetchBytes: downloads?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null,
    };
  }));
}

async function findFiles(
  entry: DatasetEntry,
  directory: string | undefined,
  cache: string,
): Promise<Pick<DatasetListing, "ready" | "place" | "problem">> {
  if ("generate" in entry) {
    return { ready: true, place: "generated", problem: null };
  }
  let place: string | null = null;
  try {
    if (directory) place = await locate(directory, entry) ?? null;
    if (place === null) {
      const published = MANIFEST[entry.name];
      const fetched = published && await isFetched(published, cache);
      if (fetched) place = join(cache, published.folder);
      return { ready: place !== null, place, problem: null };
    }
    if ("files" in entry) {
      for (const file of [...entry.files.train, ...entry.files.test]) {
        await locateFile(place, file);
      }
    } else await checkNeeds(place, entry.needs);
    return { ready: true, place, problem: null };
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    return { ready: false, place, problem: error.message };
  }
}
