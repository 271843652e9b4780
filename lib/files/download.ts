import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  DownloadError,
  fetchFrom,
  type FetchFromOptions,
  InterruptedDownloadError,
  showUrl,
} from "./fetch_from.ts";
import { explainWriteError } from "./free_space.ts";
import { hashFile, isExpectedFile, sizeOf } from "./sha256.ts";

/** What to download, and what the file must be. */
export interface DownloadOptions extends FetchFromOptions {
  /** Where the file is; `http:` or `https:`. */
  url: string | URL;
  /** The path to save it under; its folder is made if it is missing. */
  path: string;
  /** The file's SHA-256, in lower-case hexadecimal digits. */
  sha256: string;
  /** Called with the bytes that are there, and the total. */
  onProgress?: (done: number, total: number) => void;
  /** Failures in a row, without a byte between them, that are borne. @default {3} */
  retries?: number;
}

/**
 * Downloads a file, resuming where an earlier attempt stopped, and checks it.
 *
 * What arrives goes to `path` + `.part`; only a complete file with the right
 * size and SHA-256 gets its name. A file that is already there and right is
 * kept. Of several processes only one at a time may download to a path: see
 * `withLock`.
 *
 * @param options What to download, and what it must be.
 * @throws {DownloadError} If the server cannot be reached or does not have the
 * file, or has another one.
 * @throws {NoSpaceError} If the disk is full.
 *
 * @example
 * ```ts
 * import { download } from "./download.ts";
 * import { strictEqual } from "node:assert";
 *
 * const server = Deno.serve({ port: 0, onListen() {} }, () => new Response("abc"));
 * const folder = await Deno.makeTempDir();
 * const path = `${folder}/abc.txt`;
 * await download({
 *   url: `http://localhost:${server.addr.port}/abc.txt`,
 *   path,
 *   bytes: 3,
 *   sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * });
 * strictEqual(await Deno.readTextFile(path), "abc");
 * await Deno.remove(folder, { recursive: true });
 * await server.shutdown();
 * ```
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { path, bytes, sha256, signal, retries = 3 } = options;
  if (await isExpectedFile(path, bytes, sha256)) return;
  await Deno.mkdir(dirname(path), { recursive: true });
  let failures = 0;
  let reached = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await attempt(options);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof InterruptedDownloadError)) throw error;
      const size = await sizeOf(`${path}.part`);
      failures = size > reached ? 1 : failures + 1;
      reached = Math.max(size, reached);
      if (failures > retries) throw error;
      await delay(250 * 2 ** failures, undefined, signal ? { signal } : {})
        .catch(() => {});
    }
  }
}

async function attempt(options: DownloadOptions): Promise<void> {
  const { path, bytes } = options;
  const part = `${path}.part`;
  if (await sizeOf(part) > bytes) await Deno.remove(part);
  const { done, digest, resumed } = await receive(options, part);
  if (done < bytes) {
    throw new InterruptedDownloadError(
      `${showUrl(options.url)} ended after ${done} of ${bytes} bytes`,
    );
  }
  if (digest !== options.sha256) {
    await Deno.remove(part);
    const message = `${
      showUrl(options.url)
    } has SHA-256 ${digest}, expected ${options.sha256}`;
    // What an earlier attempt left may have been at fault: begin once more.
    if (resumed) throw new InterruptedDownloadError(message);
    throw new DownloadError(message);
  }
  await Deno.rename(part, path);
}

/** Completes the file `part`, hashing what is and what comes. */
async function receive(
  options: DownloadOptions,
  part: string,
): Promise<{ done: number; digest: string; resumed: boolean }> {
  const { url, bytes, onProgress } = options;
  let hash = createHash("sha256");
  let done = Math.max(await sizeOf(part), 0);
  let resumed = done > 0;
  if (resumed) await hashFile(part, hash);
  const file = await Deno.open(part, { create: true, append: true });
  try {
    onProgress?.(done, bytes);
    if (done < bytes) {
      for await (const chunk of fetchFrom(url, done, options)) {
        if (chunk === "from the start") {
          await file.truncate(0);
          hash = createHash("sha256");
          done = 0;
          resumed = false;
          continue;
        }
        if (done + chunk.length > bytes) {
          throw new DownloadError(
            `${showUrl(url)} has more than the expected ${bytes} bytes`,
          );
        }
        await writeAll(file, chunk);
        hash.update(chunk);
        done += chunk.length;
        onProgress?.(done, bytes);
      }
    }
    await file.sync();
  } catch (error) {
    if (done === 0) await Deno.remove(part);
    throw await explainWriteError(error, dirname(part), bytes - done);
  } finally {
    file.close();
  }
  return { done, digest: hash.digest("hex"), resumed };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
}
