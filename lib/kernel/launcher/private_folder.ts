import { join } from "node:path";

/** What the names of kernels' folders begin with. */
const PREFIX = "slope-kernel-";

/** A younger folder may belong to a launcher that has not taken its lock yet, in ms. */
const YOUNG = 60_000;

/** A folder for the files of one running kernel. */
export interface PrivateFolder {
  /** Its path, without symbolic links. */
  path: string;
  /** Removes it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder that only this user can enter, and removes those that launchers left
 * behind which could not do so themselves.
 *
 * Each launcher holds a lock in its folder, which ends with its process, however that
 * ends: a folder whose lock is free is stale.
 *
 * @param root The folder for temporary files.
 */
export async function makePrivateFolder(root: string): Promise<PrivateFolder> {
  await sweep(root);
  const path = await Deno.realPath(
    await Deno.makeTempDir({ dir: root, prefix: `${PREFIX}${Deno.pid}-` }),
  );
  const lock = await Deno.open(join(path, "lock"), {
    create: true,
    write: true,
  });
  await lock.lock(true);
  return {
    path,
    async remove() {
      lock.close();
      await Deno.remove(path, { recursive: true }).catch(() => {});
    },
  };
}

/** Removes the folders of launchers that no longer run. */
async function sweep(root: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    if (!isDirectory || !name.startsWith(PREFIX)) continue;
    const path = join(root, name);
    try {
      if (await isStale(path)) await Deno.remove(path, { recursive: true });
    } catch {
      // Another user's, or another launcher is sweeping as well.
    }
  }
}

async function isStale(path: string): Promise<boolean> {
  const { mtime } = await Deno.stat(path);
  if (!mtime || Date.now() - mtime.getTime() < YOUNG) return false;
  using lock = await Deno.open(join(path, "lock"), {
    create: true,
    write: true,
  });
  return await lock.tryLock(true);
}
