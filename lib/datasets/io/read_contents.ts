import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { DatasetError } from "../dataset_error.ts";

/** The sizes that a file may have, in bytes, unpacked. */
export interface SizeLimits {
  /** The least. */
  least: number;
  /** The most. */
  most: number;
}

/** A file's contents, unpacked. */
export interface Contents {
  /** The unpacked bytes; they belong to the caller. */
  bytes: Uint8Array;
  /** The SHA-256 of the unpacked bytes, in hexadecimal digits. */
  sha256: string;
}

/** What a gzip file may be larger than its contents: header and block headers. */
const GZIP_SLACK = 1 << 16;

/**
 * Reads a file, and unpacks it if it is a gzip file (by its first two bytes).
 *
 * Neither the file nor what it unpacks to is read beyond the largest size that
 * it may have, so a file that is too large costs no memory.
 *
 * @param path The file's path.
 * @param limits The sizes that the contents may have.
 * @returns The contents.
 * @throws {DatasetError} If the file is missing, cannot be read, is not a
 * regular file, is damaged, or has another size.
 *
 * @example
 * ```ts
 * import { readContents } from "./read_contents.ts";
 * import { deepStrictEqual, rejects } from "node:assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeFile(path, Uint8Array.of(1, 2, 3));
 * const { bytes } = await readContents(path, { least: 3, most: 3 });
 * deepStrictEqual([...bytes], [1, 2, 3]);
 * await rejects(readContents(path, { least: 4, most: 4 }), /has 3 bytes, expected 4/);
 * await Deno.remove(path);
 * ```
 */
export async function readContents(
  path: string,
  limits: SizeLimits,
): Promise<Contents> {
  const { least, most } = limits;
  const stored = await readAtMost(path, most + GZIP_SLACK);
  const packed = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = packed ? unpack(stored, path, most) : stored;
  if (bytes.length < least || bytes.length > most) {
    const expected = least === most
      ? most
      : bytes.length > most
      ? `no more than ${most}`
      : `no fewer than ${least}`;
    throw new DatasetError(
      `${path}: has ${bytes.length} bytes${
        packed ? " unpacked" : ""
      }, expected ${expected}`,
    );
  }
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function readAtMost(path: string, most: number): Promise<Uint8Array> {
  try {
    // Before opening: opening a pipe would wait for its other end.
    const { isFile, isDirectory, size } = await Deno.stat(path);
    if (!isFile) {
      const found = isDirectory ? "a folder" : "not a regular file";
      throw new DatasetError(`${path}: is ${found}, expected a file`);
    }
    if (size > most) {
      throw new DatasetError(
        `${path}: has ${size} bytes, expected no more than ${most}`,
      );
    }
    using file = await Deno.open(path);
    const bytes = new Uint8Array(size);
    let read = 0;
    while (read < size) {
      const n = await file.read(bytes.subarray(read));
      if (n === null) break;
      read += n;
    }
    return bytes.subarray(0, read);
  } catch (error) {
    throw explainReadError(error, path);
  }
}

function unpack(packed: Uint8Array, path: string, most: number): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: most });
  } catch (error) {
    const { code } = error as { code?: string };
    const faults: Record<string, string> = {
      ERR_BUFFER_TOO_LARGE: `unpacks to more than the expected ${most} bytes`,
      Z_BUF_ERROR: "the gzip file ends early (truncated)",
    };
    throw new DatasetError(
      `${path}: ${faults[code ?? ""] ?? "the gzip file is corrupt"}`,
      { cause: error },
    );
  }
}

/**
 * What it means that a path could not be read.
 *
 * @param error What reading threw.
 * @param path The path.
 * @returns A {@linkcode DatasetError} with one line, if the error is the file
 * system's; else the error itself.
 *
 * @example
 * ```ts
 * import { explainReadError } from "./read_contents.ts";
 * import { match } from "node:assert";
 *
 * const error = await Deno.stat("/not/there").catch((e) => explainReadError(e, "/not/there"));
 * match(String(error), /DatasetError: \/not\/there: is missing/);
 * ```
 */
export function explainReadError(error: unknown, path: string): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === undefined || error instanceof DatasetError) return error;
  const reasons: Record<string, string> = {
    ENOENT: "is missing",
    ENOTDIR: "is missing: a part of the path is a file, not a folder",
    EACCES: "may not be read by this user",
  };
  return new DatasetError(
    `${path}: ${reasons[code] ?? `cannot be read: ${message}`}`,
    { cause: error },
  );
}
