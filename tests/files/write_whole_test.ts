import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { writeWhole } from "../../lib/files/write_whole.ts";
import { withFolder } from "../support/with_folder.ts";
import { canMount, withSmallDisk } from "../support/with_small_disk.ts";

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

Deno.test("writeWhole() replaces text and bytes", () =>
  withFolder(async (folder) => {
    const path = join(folder, "file");
    await writeWhole(path, "long text");
    await writeWhole(path, new Uint8Array([111, 107]));
    strictEqual(await Deno.readTextFile(path), "ok");
    deepStrictEqual(await namesIn(folder), ["file"]);
  }));

Deno.test("writeWhole() leaves nothing behind where it fails", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "taken"));
    await rejects(writeWhole(join(folder, "taken"), "text"));
    await rejects(writeWhole(join(folder, "missing/file"), "text"));
    deepStrictEqual(await namesIn(folder), ["taken"]);
  }));

Deno.test({
  name: "writeWhole() keeps the old file on a full disk (needs mount)",
  ignore: !canMount,
  fn: () =>
    withSmallDisk(64 * 1024, async (folder) => {
      const path = join(folder, "file");
      await writeWhole(path, "old");
      await rejects(
        writeWhole(path, "x".repeat(1024 * 1024)),
        /^NoSpaceError: No space left in \S+: 1\.0 MB needed, \d+ kB free$/,
      );
      strictEqual(await Deno.readTextFile(path), "old");
      deepStrictEqual(await namesIn(folder), ["file"]);
    }),
});
