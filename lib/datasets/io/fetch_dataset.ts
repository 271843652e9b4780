import { join } from "node:path";
import {
  download,
  DownloadError,
  requireSpace,
  sizeOf,
  withLock,
} from "../../files/mod.ts";
import { DatasetError } from "../dataset_error.ts";
import type { Download, ManifestEntry } from "../manifest.ts";
import { unpackArchive } from "./unpack_archive.ts";

/** How far the fetching of a data set has come. */
export interface FetchProgress {
  /** The data set's name. */
  dataset: string;
  /** The bytes of all its files that have arrived. */
  done: number;
  /** The bytes of all its files. */
  total: number;
}

/** How {@linkcode fetchDataset} fetches. */
export interface FetchOptions {
  /** Called as bytes arrive. */
  onProgress?: (progress: FetchProgress) => void;
  /** Ends the fetching; what has arrived is kept for the next time. */
  signal?: AbortSignal;
  /** Failures of an address in a row that are borne. @default {3} */
  retries?: number;
}

/**
 * Fetches the files of a data set into a cache folder.
 *
 * A file gets its name only when it is complete and has the SHA-256 of the
 * manifest; an interrupted download continues where it stopped; of several
 * processes that fetch the same data set one does, the others wait for it. An
 * archive is unpacked, each of its files checked, and then removed.
 *
 * @param name The data set's name, for messages.
 * @param entry What to fetch.
 * @param directory The cache folder; the files go to a folder in it.
 * @param options Progress, abort, patience.
 * @returns The path of the data set's folder.
 * @throws {DatasetError} If the manifest has no SHA-256 of a file, or an
 * archive does not hold the files it should.
 * @throws {DownloadError} If no address has the file.
 * @throws {NoSpaceError} If the disk is too full.
 *
 * @example A data set of one file, from a server on this machine
 * ```ts
 * import { fetchDataset } from "./fetch_dataset.ts";
 * import { strictEqual } from "node:assert";
 *
 * const server = Deno.serve({ port: 0, onListen() {} }, () => new Response("abc"));
 * const file = {
 *   bytes: 3,
 *   sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * };
 * const urls = [`http://localhost:${server.addr.port}/abc.txt`];
 * const entry = {
 *   folder: "letters",
 *   downloads: [{ file: "abc.txt", urls, sha256From: "FIPS 180-2", ...file }],
 *   contents: { "abc.txt": file },
 * };
 * const directory = await Deno.makeTempDir();
 * const folder = await fetchDataset("letters", entry, directory);
 * strictEqual(await Deno.readTextFile(`${folder}/abc.txt`), "abc");
 * await Deno.remove(directory, { recursive: true });
 * await server.shutdown();
 * ```
 */
export async function fetchDataset(
  name: string,
  entry: ManifestEntry,
  directory: string,
  options: FetchOptions = {},
): Promise<string> {
  const { onProgress, signal } = options;
  const folder = join(directory, entry.folder);
  const unverified = entry.downloads.find(({ sha256 }) => sha256 === null);
  if (unverified !== undefined) {
    throw new DatasetError(
      `${name}: ${unverified.file} is not fetched, its SHA-256 is not known; ` +
        `get it by other means and name its folder's parent with --data`,
    );
  }
  const total = entry.downloads.reduce((sum, { bytes }) => sum + bytes, 0);
  await withLock(join(directory, `${name}.lock`), async () => {
    if (await isFetched(entry, directory)) return;
    let before = 0;
    for (const file of entry.downloads) {
      const path = join(isArchive(file) ? directory : folder, file.file);
      await requireSpace(directory, await spaceFor(path, file, entry));
      await downloadFromAny(name, file, path, {
        ...options,
        onProgress: (done) =>
          onProgress?.({ dataset: name, done: before + done, total }),
      });
      before += file.bytes;
      if (isArchive(file)) {
        await unpackArchive(path, directory, entry, signal);
        await Deno.remove(path);
      }
    }
  }, signal ? { signal } : {});
  return folder;
}

/**
 * Whether a data set was fetched before: all its files are in the cache folder
 * with their sizes. Only what had the right SHA-256 ever gets there.
 *
 * @param entry What would be fetched.
 * @param directory The cache folder.
 * @returns Whether nothing is missing.
 *
 * @example
 * ```ts
 * import { isFetched } from "./fetch_dataset.ts";
 * import { MANIFEST } from "../manifest.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(await isFetched(MANIFEST["mnist"]!, "/not/there"), false);
 * ```
 */
export async function isFetched(
  entry: ManifestEntry,
  directory: string,
): Promise<boolean> {
  const expected = entry.downloads.flatMap((file) =>
    isArchive(file)
      ? Object.entries(entry.contents).map(([name, { bytes }]) => ({
        name,
        bytes,
      }))
      : [{ name: file.file, bytes: file.bytes }]
  );
  for (const { name, bytes } of expected) {
    const size = await sizeOf(join(directory, entry.folder, name));
    if (size !== bytes) return false;
  }
  return true;
}

function isArchive({ file }: Download): boolean {
  return file.endsWith(".tar.gz");
}

/** Downloads a file from the first of its addresses that has it. */
async function downloadFromAny(
  name: string,
  file: Download,
  path: string,
  options: {
    onProgress: (done: number) => void;
    signal?: AbortSignal;
    retries?: number;
  },
): Promise<void> {
  const faults: string[] = [];
  for (const url of file.urls) {
    try {
      const { bytes, sha256 } = file;
      await download({ ...options, url, path, bytes, sha256: sha256! });
      return;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      faults.push(error.message);
    }
  }
  throw new DownloadError(
    `${name}: ${file.file} cannot be had: ${
      faults.join("; ")
    }; get it by other means and name its folder's parent with --data`,
  );
}

/** What is still to be written: the rest of the file, and what it unpacks to. */
async function spaceFor(
  path: string,
  file: Download,
  { contents }: ManifestEntry,
): Promise<number> {
  if (await sizeOf(path) === file.bytes) return 0;
  const rest = file.bytes - Math.max(0, await sizeOf(`${path}.part`));
  if (!isArchive(file)) return rest;
  return Object.values(contents).reduce((sum, { bytes }) => sum + bytes, rest);
}
