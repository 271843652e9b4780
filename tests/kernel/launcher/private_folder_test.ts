import { deepStrictEqual, match, strictEqual } from "node:assert";
import { makePrivateFolder } from "../../../lib/kernel/launcher/private_folder.ts";
import { withFolder } from "../../support/with_folder.ts";

Deno.test({
  name: "makePrivateFolder() sweeps what dead launchers left, and nothing else",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (root) => {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["--version"],
        stdout: "null",
      }).spawn();
      await child.status;
      const kept = [
        `slope-kernel-${Deno.ppid}-running`,
        "slope-kernel-0-a",
        "slope-kernel-x",
        `other-${child.pid}-a`,
      ];
      for (const name of [...kept, `slope-kernel-${child.pid}-stale`]) {
        await Deno.mkdir(`${root}/${name}/below`, { recursive: true });
      }
      await Deno.writeTextFile(`${root}/slope-kernel-${child.pid}-file`, "");
      const folder = await makePrivateFolder(root);
      match(folder, new RegExp(`/slope-kernel-${Deno.pid}-[^/]+$`));
      strictEqual((await Deno.stat(folder)).mode! & 0o777, 0o700);
      const names = await Array.fromAsync(Deno.readDir(root));
      deepStrictEqual(
        names.map(({ name }) => name).sort(),
        [
          ...kept,
          `slope-kernel-${child.pid}-file`,
          folder.slice(folder.lastIndexOf("/") + 1),
        ].sort(),
      );
    }),
});
