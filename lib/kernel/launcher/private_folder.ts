import process from "node:process";
import { join } from "node:path";

/** What the names of kernels' folders begin with. */
const PREFIX = "slope-kernel-";

/**
 * Makes a folder that only this user can enter, for the files of one running kernel,
 * and removes those that dead launchers left behind.
 *
 * The folder's name holds the launcher's process id; a folder whose process is gone is
 * stale.
 *
 * @param root The folder for temporary files.
 * @returns Its path, without symbolic links.
 */
export async function makePrivateFolder(root: string): Promise<string> {
  await sweep(root);
  const folder = await Deno.makeTempDir({
    dir: root,
    prefix: `${PREFIX}${Deno.pid}-`,
  });
  return await Deno.realPath(folder);
}

/** Removes the folders of launchers that no longer run. */
async function sweep(root: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    const pid = name.startsWith(PREFIX)
      ? Number(/^\d+/.exec(name.slice(PREFIX.length))?.[0])
      : NaN;
    if (!isDirectory || !(pid > 0) || pid === Deno.pid || isRunning(pid)) {
      continue;
    }
    // Another user's, or another launcher is sweeping as well.
    await Deno.remove(join(root, name), { recursive: true }).catch(() => {});
  }
}

/** Whether a process runs; true where that cannot be told. */
function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks. Deno.kill knows no signal 0, Node's does.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== "ESRCH";
  }
}
