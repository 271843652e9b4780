/**
 * NumPy's format of several arrays, `.npz`: a zip archive of `.npy` arrays.
 *
 * @module
 */
import { show } from "../text/show.ts";
import { entryBytes, readDirectory, type ZipSource } from "../zip/mod.ts";
import { decodeNpy, type NumpyArray } from "./npy.ts";

/** The arrays of a file. */
export interface NpzFile {
  /** Their names, without `.npy`. */
  readonly names: string[];
  /** Reads one. */
  read(name: string): Promise<NumpyArray>;
}

/**
 * Opens an `.npz` file; arrays are read when they are asked for.
 *
 * @param source The archive.
 * @param limit The most bytes that all arrays together may have. @default {2 GiB}
 * @throws {SyntaxError} If it is no sound archive; when an array is read, if that is
 * damaged or holds no numbers.
 * @throws {RangeError} If the arrays are larger than the limit.
 *
 * @example
 * ```ts
 * import { bytesSource } from "../zip/mod.ts";
 * import { openNpz } from "./npz.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const empty = new Uint8Array(22);
 * empty.set([0x50, 0x4b, 5, 6]);
 * deepStrictEqual((await openNpz(bytesSource(empty, "empty.npz"))).names, []);
 * ```
 */
export async function openNpz(
  source: ZipSource,
  limit: number = 2 ** 31,
): Promise<NpzFile> {
  const entries = await readDirectory(source);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > limit) {
    throw new RangeError(
      `${source.name} unpacks to ${total} bytes, expected at most ${limit}`,
    );
  }
  const arrays = new Map(
    entries.filter(({ name }) => name.endsWith(".npy"))
      .map((entry) => [entry.name.slice(0, -4), entry]),
  );
  return {
    names: [...arrays.keys()],
    async read(name) {
      const entry = arrays.get(name);
      if (entry === undefined) {
        throw new SyntaxError(
          `${source.name} has no array ${show(name)}; it has ${
            [...arrays.keys()].join(", ").slice(0, 200) || "none"
          }`,
        );
      }
      const bytes = await entryBytes(source, entry, limit);
      try {
        return decodeNpy(bytes);
      } catch (error) {
        throw new SyntaxError(
          `array ${show(name)} in ${source.name} ${(error as Error).message}`,
          { cause: error },
        );
      }
    },
  };
}
