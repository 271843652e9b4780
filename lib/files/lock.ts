import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** How {@linkcode withLock} waits. */
export interface LockOptions {
  /** Called once, before the first wait, if another process has the lock. */
  onWait?: () => void;
  /** Ends the wait. */
  signal?: AbortSignal;
}

/**
 * Does something that only one process at a time may do.
 *
 * The lock is the operating system's advisory lock on a file. It ends with the
 * process that holds it, however that ends, so no lock is ever stale. The file
 * is removed with the lock. Where the file system has no locks (some network
 * ones), the work is done without.
 *
 * @param path The lock file; its folder is made if it is missing.
 * @param work What to do.
 * @param options How to wait while another process, or another call in this
 * one, holds the lock.
 * @returns What the work returned.
 * @throws What the work threw, or the signal's reason.
 *
 * @example
 * ```ts
 * import { withLock } from "./lock.ts";
 * import { strictEqual } from "node:assert";
 *
 * const folder = await Deno.makeTempDir();
 * strictEqual(await withLock(`${folder}/lock`, () => Promise.resolve(42)), 42);
 * await Deno.remove(folder);
 * ```
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const { onWait, signal } = options;
  await Deno.mkdir(dirname(path), { recursive: true });
  let waited = false;
  for (;;) {
    signal?.throwIfAborted();
    const file = await Deno.open(path, { write: true, create: true });
    try {
      if (!(await tryLock(file))) {
        if (!waited) onWait?.();
        waited = true;
        await delay(200, undefined, signal ? { signal } : {}).catch(() => {});
        continue;
      }
      // The last holder may have removed the file between open and lock.
      if (!(await isStillAt(path, file))) continue;
      try {
        return await work();
      } finally {
        await Deno.remove(path).catch(() => {});
      }
    } finally {
      file.close();
    }
  }
}

async function tryLock(file: Deno.FsFile): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch {
    return true;
  }
}

async function isStillAt(path: string, file: Deno.FsFile): Promise<boolean> {
  try {
    return (await Deno.stat(path)).ino === (await file.stat()).ino;
  } catch {
    return false;
  }
}
