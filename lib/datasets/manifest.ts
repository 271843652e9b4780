import manifest from "../../data/manifest.json" with { type: "json" };

/** A file that can be fetched. */
export interface Download {
  /** The name to save it under. */
  file: string;
  /** Where it is; each is tried until one has it. */
  urls: string[];
  /** Its size. */
  bytes: number;
  /**
   * Its SHA-256 in lower-case hexadecimal digits, or `null` if it is not known:
   * such a file is never fetched.
   */
  sha256: string | null;
  /** How the SHA-256 is known. */
  sha256From: string;
}

/** A file of a data set as it is read, after unpacking. */
export interface Content {
  /** Its size, unpacked. */
  bytes: number;
  /** Its SHA-256, unpacked, in lower-case hexadecimal digits. */
  sha256: string;
}

/** What is known of the published files of a data set. */
export interface ManifestEntry {
  /** The folder that the files belong in. */
  folder: string;
  /** What to fetch. A `.tar.gz` archive holds the contents under `folder`. */
  downloads: Download[];
  /** The unpacked files by name. */
  contents: Record<string, Content>;
}

/**
 * What can be fetched, by the data set's name: addresses, sizes and SHA-256.
 *
 * @example
 * ```ts
 * import { MANIFEST } from "./manifest.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(MANIFEST["cifar-10"]?.downloads[0]?.bytes, 170_052_171);
 * ```
 */
export const MANIFEST: Readonly<Record<string, ManifestEntry>> = manifest;
