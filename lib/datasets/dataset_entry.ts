import type { Dataset, DatasetKind } from "./dataset.ts";

/** How the files of a data set are read. */
export type Format = "idx" | "cifar" | "housing";

/** What is known of a data set before it is opened. */
export interface DatasetFacts {
  /** The name it is opened by. */
  name: string;
  /** What the labels are. */
  kind: DatasetKind;
  /** The shape of one example. */
  shape: readonly number[];
  /** The names of the classes; none where labels are numbers. */
  classNames: readonly string[];
  /** The number of examples to train on; of a subset, of the complete data. */
  train: number;
  /** The number of examples to test on; of a subset, of the complete data. */
  test: number;
}

/** A data set that is generated. */
export interface GeneratedEntry extends DatasetFacts {
  /** Generates it. */
  generate: () => Dataset;
}

/** A data set that is read from files. */
export interface FileEntry extends DatasetFacts {
  /** Its files. */
  files: DatasetFiles;
}

/** A data set that is read from a folder of many files: pictures, or texts. */
export interface FolderEntry extends DatasetFacts {
  /** The folders it may be in, below the folder of all data sets. */
  folders: readonly string[];
  /** The folders and files that must be in there; of several names, one of them. */
  needs: readonly (string | readonly string[])[];
  /** Reads it from its folder. */
  read: (entry: FolderEntry, folder: string) => Promise<Dataset>;
}

/**
 * A data set that is too large for memory: a folder of pictures, read while it is
 * trained on. Its classes are named by its folders.
 */
export interface StreamedEntry extends DatasetFacts {
  /** The folders it may be in, below the folder of all data sets. */
  folders: readonly string[];
  /** The folders that must be in there. */
  needs: readonly string[];
  /** The number of classes. */
  classes: number;
  /** What pictures' shorter sides are scaled to, before the shape is cut out. */
  shorterSide: number;
}

/** A data set in the registry. */
export type DatasetEntry =
  | GeneratedEntry
  | FileEntry
  | FolderEntry
  | StreamedEntry;

/** Whether a data set is read while it is trained on. */
export function isStreamedEntry(entry: DatasetEntry): entry is StreamedEntry {
  return "shorterSide" in entry;
}

/** The files of a data set in a folder. */
export interface DatasetFiles {
  /** How they are read. */
  format: Format;
  /** The folders they may be in, below the folder of all data sets. */
  folders: readonly string[];
  /** The files with the training examples. */
  train: readonly string[];
  /** The files with the test examples. */
  test: readonly string[];
  /** Whether the files hold a part of the data set of that format. */
  subset?: boolean;
}
