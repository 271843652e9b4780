import { deepStrictEqual, match, strictEqual } from "node:assert";
import { makePrivateFolder } from "../../../lib/kernel/launcher/private_folder.ts";
import { withFolder } from "../../support/with_folder.ts";

Deno.test({
  name: "makePrivateFolder() sweeps what dead launchers left, and nothing else",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (root) => {
      const old = new Date(Date.now() - 3_600_000);
      const make = async (name: string, { young = false } = {}) => {
        const path = `${root}/${name}`;
        await Deno.mkdir(`${path}/below`, { recursive: true });
        await Deno.writeTextFile(`${path}/lock`, "");
        if (!young) await Deno.utime(path, old, old);
        return path;
      };
      const held = await Deno.open(
        `${await make("slope-kernel-1-held")}/lock`,
        {
          write: true,
        },
      );
      await held.lock(true);
      await Deno.utime(`${root}/slope-kernel-1-held`, old, old);
      await make("slope-kernel-2-stale");
      await make("slope-kernel-3-young", { young: true });
      await make("other-4");
      await Deno.writeTextFile(`${root}/slope-kernel-5-file`, "");
      const { path: folder, remove } = await makePrivateFolder(root);
      match(folder, new RegExp(`/slope-kernel-${Deno.pid}-[^/]+$`));
      strictEqual((await Deno.stat(folder)).mode! & 0o777, 0o700);
      const names = await Array.fromAsync(Deno.readDir(root));
      deepStrictEqual(
        names.map(({ name }) => name).sort(),
        [
          "other-4",
          "slope-kernel-1-held",
          "slope-kernel-3-young",
          "slope-kernel-5-file",
          folder.slice(folder.lastIndexOf("/") + 1),
        ].sort(),
      );
      held.close();
      await remove();
      strictEqual((await Array.fromAsync(Deno.readDir(root))).length, 4);
    }),
});
