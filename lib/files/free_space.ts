import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { formatBytes } from "./format_bytes.ts";

/** A disk is too full for what was to be written. */
export class NoSpaceError extends Error {
  /** The name of this class of errors. */
  override name = "NoSpaceError";
}

/**
 * The bytes that this user may still write on the disk of a path.
 *
 * @param path A path; it need not exist, its nearest ancestor that does counts.
 * @returns The bytes, or undefined where the system or the permissions
 * (`--allow-sys=statfs`, `--allow-read`) do not tell.
 *
 * @example
 * ```ts
 * import { freeBytes } from "./free_space.ts";
 * import { ok } from "node:assert";
 *
 * const bytes = await freeBytes("/tmp/not/there/yet");
 * ok(bytes === undefined || bytes >= 0);
 * ```
 */
export async function freeBytes(path: string): Promise<number | undefined> {
  for (let folder = resolve(path);; folder = dirname(folder)) {
    try {
      const disk = await statfs(folder);
      return disk.bavail * disk.bsize;
    } catch (error) {
      const missing = (error as { code?: string }).code === "ENOENT";
      if (!missing || folder === dirname(folder)) return undefined;
    }
  }
}

/**
 * Checks that a disk has room, before anything is written on it.
 *
 * @param directory The folder to write in; it need not exist.
 * @param needed The bytes to be written.
 * @throws {NoSpaceError} If fewer bytes are free; it names folder and both
 * numbers. Where the free bytes cannot be told, nothing is thrown.
 *
 * @example
 * ```ts
 * import { requireSpace } from "./free_space.ts";
 *
 * await requireSpace("/tmp", 0);
 * ```
 */
export async function requireSpace(
  directory: string,
  needed: number,
): Promise<void> {
  const free = await freeBytes(directory);
  if (free !== undefined && free < needed) {
    throw noSpace(directory, needed, free);
  }
}

/**
 * What a failed write means: a {@linkcode NoSpaceError} if the disk or the
 * user's quota is full, else the error itself.
 *
 * @param error What writing threw.
 * @param directory The folder that was written in.
 * @param needed The bytes that were still to be written.
 * @returns The error to throw.
 *
 * @example
 * ```ts
 * import { explainWriteError } from "./free_space.ts";
 * import { match } from "node:assert";
 *
 * const full = Object.assign(new Error("os error 28"), { code: "ENOSPC" });
 * const error = await explainWriteError(full, "/tmp", 3e8) as Error;
 * match(error.message, /^No space left in \/tmp: 300 MB needed/);
 * ```
 */
export async function explainWriteError(
  error: unknown,
  directory: string,
  needed: number,
): Promise<unknown> {
  const { code } = (error ?? {}) as { code?: string };
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return noSpace(directory, needed, await freeBytes(directory), error);
}

function noSpace(
  directory: string,
  needed: number,
  free: number | undefined,
  cause?: unknown,
): NoSpaceError {
  const room = free === undefined ? "" : `, ${formatBytes(free)} free`;
  return new NoSpaceError(
    `No space left in ${directory}: ${formatBytes(needed)} needed${room}`,
    { cause },
  );
}
