/**
 * A model's file is missing, damaged, hostile, or holds what Slope cannot compute.
 *
 * The message is one line that names the file and its fault. Commands print it and
 * exit with code 2.
 *
 * @example
 * ```ts
 * import { ModelFileError } from "./model_file_error.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(new ModelFileError("a.keras: is missing").name, "ModelFileError");
 * ```
 */
export class ModelFileError extends Error {
  /** The error's class, for logs. */
  override readonly name = "ModelFileError";
}

/** The most characters of a reason that a message repeats. */
const LONGEST_REASON = 300;

/**
 * Does a part of reading a model; what goes wrong becomes a {@linkcode ModelFileError}
 * of one line that begins with the file's name.
 *
 * @param file What messages call the file.
 * @param work What is done.
 */
export async function explained<T>(
  file: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const line = message.replaceAll(/\s+/g, " ").trim();
    const reason = line.length > LONGEST_REASON
      ? line.slice(0, LONGEST_REASON) + "…"
      : line;
    const named = reason.startsWith(file) || reason.includes(`in ${file}`);
    throw new ModelFileError(named ? reason : `${file}: ${reason}`, {
      cause: error,
    });
  }
}
