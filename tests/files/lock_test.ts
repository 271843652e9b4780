import { rejects, strictEqual } from "node:assert";
import { withLock } from "../../lib/files/lock.ts";
import { withFolder } from "../support/with_folder.ts";

Deno.test("withLock() lets one caller in at a time and removes its file", () =>
  withFolder(async (folder) => {
    let inside = 0;
    let entered = 0;
    let waits = 0;
    const path = `${folder}/deep/lock`;
    await Promise.all(
      Array.from({ length: 5 }, () =>
        withLock(path, async () => {
          strictEqual(++inside, 1);
          entered++;
          await new Promise((resolve) => setTimeout(resolve, 20));
          inside--;
        }, { onWait: () => waits++ })),
    );
    strictEqual(entered, 5);
    strictEqual(waits, 4);
    await rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test("withLock() holds although each holder removes the file", () =>
  withFolder(async (folder) => {
    let inside = 0;
    const enter = async () => {
      strictEqual(++inside, 1);
      await Deno.stat(folder);
      inside--;
    };
    const caller = async () => {
      for (let i = 0; i < 20; i++) await withLock(`${folder}/lock`, enter);
    };
    await Promise.all(Array.from({ length: 8 }, caller));
  }));

Deno.test("withLock() is released when the work throws", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lock`;
    await rejects(
      withLock(path, () => Promise.reject(new Error("no"))),
      /no/,
    );
    strictEqual(await withLock(path, () => Promise.resolve(1)), 1);
  }));

Deno.test("withLock() ends its wait when aborted", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lock`;
    await withLock(path, async () => {
      const controller = new AbortController();
      const waiting = withLock(path, () => Promise.resolve(), {
        signal: controller.signal,
        onWait: () => controller.abort(),
      });
      await rejects(waiting, { name: "AbortError" });
    });
  }));

Deno.test("withLock() takes over from a process that was killed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lock`;
    const module = import.meta.resolve("../../lib/files/lock.ts");
    const program = `import { withLock } from ${JSON.stringify(module)};
      await withLock(${JSON.stringify(path)}, () => {
        console.log("locked");
        return new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["eval", program],
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    let waited = false;
    const result = await withLock(path, () => Promise.resolve("in"), {
      onWait: () => {
        waited = true;
        holder.kill("SIGKILL");
      },
    });
    strictEqual(result, "in");
    strictEqual(waited, true);
    await reader.cancel();
    await holder.status;
  }));
