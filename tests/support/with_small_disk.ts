import { withFolder } from "./with_folder.ts";

/** Whether this process may mount file systems: root on Linux, as a rule. */
export const canMount = Deno.build.os === "linux" && Deno.uid() === 0 &&
  await withFolder(async (folder) => {
    await run("mount", "-t", "tmpfs", "-o", "size=64k", "slope", folder);
    await run("umount", folder);
  }).then(() => true, () => false);

/** Runs a test in the root of a disk of so many bytes; needs `canMount`. */
export function withSmallDisk(
  bytes: number,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    await run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "slope", folder);
    try {
      await test(folder);
    } finally {
      await run("umount", "-l", folder);
    }
  });
}

async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
