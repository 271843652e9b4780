/** The bytes of an archive, read piece by piece. */
export interface ZipSource {
  /** What messages call the archive, such as its path. */
  name: string;
  /** The number of bytes. */
  size: number;
  /**
   * Reads exactly `length` bytes from `offset` on; the caller keeps both
   * within `size`.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * An archive in memory.
 *
 * @param bytes The archive.
 * @param name What messages call it.
 * @returns Its source.
 *
 * @example
 * ```ts
 * import { bytesSource } from "./source.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const source = bytesSource(new Uint8Array([1, 2, 3]), "three");
 * deepStrictEqual(await source.read(1, 2), new Uint8Array([2, 3]));
 * ```
 */
export function bytesSource(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): ZipSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) =>
      Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/**
 * An archive in a file.
 *
 * @param path The file's path.
 * @returns Its source; disposing it closes the file.
 *
 * @example
 * ```ts
 * import { fileSource } from "./source.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeFile(path, new Uint8Array([1, 2, 3]));
 * {
 *   using source = await fileSource(path);
 *   deepStrictEqual(await source.read(1, 2), new Uint8Array([2, 3]));
 * }
 * await Deno.remove(path);
 * ```
 */
export async function fileSource(
  path: string,
): Promise<ZipSource & Disposable> {
  const file = await Deno.open(path);
  const { size } = await file.stat();
  return {
    name: path,
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      await file.seek(offset, Deno.SeekMode.Start);
      for (let done = 0; done < length;) {
        const n = await file.read(bytes.subarray(done));
        if (n === null) throw new SyntaxError(`${path} became shorter`);
        done += n;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}
