import { deepStrictEqual, strictEqual } from "node:assert";
import { Driver, note, type Place, reason, withJupyter } from "./jupyter.ts";

/** The processes that have to do with a place: its folder is in their arguments. */
async function processes(place: Place): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-A", "-ww", "-o", "args="],
  }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(place.env.TMPDIR!));
}

/** What kernels left in the folder for temporary files, where Python, too, has some. */
async function folders({ temporary }: Place): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(temporary)))
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name.replace(/-[^-]*$/, "")).sort();
}

/** Waits until nothing runs any more. */
async function gone(place: Place): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const left = [...await processes(place), ...await folders(place)];
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  deepStrictEqual([await processes(place), await folders(place)], [[], []]);
}

const endless = "while (true) {}";

Deno.test({
  name: `a kernel leaves nothing behind, however it ends${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      {
        await using driver = await Driver.start(place);
        const { pid } = await driver.do<{ pid: number }>("start");
        strictEqual((await processes(place)).length > 0, true);
        deepStrictEqual(await folders(place), [`slope-kernel-${pid}`]);
        await driver.do("shutdown");
        await gone(place);
      }
      for (const busy of [false, true]) {
        await using driver = await Driver.start(place);
        await driver.do("start");
        if (busy) await driver.send(endless);
        // The launcher alone, as the system does it when memory is short.
        await driver.do("kill");
        await gone(place);
      }
      {
        // The whole process group, as Jupyter does it when it is impatient.
        await using driver = await Driver.start(place);
        const first = await driver.do<{ pid: number }>("start");
        await driver.send(endless);
        const second = await driver.do<{ pid: number }>("restart");
        deepStrictEqual((await driver.run("1 + 1")).outputs, [[
          "execute_result",
          "2",
        ]]);
        strictEqual(first.pid === second.pid, false);
        await driver.do("shutdown", { now: true });
        await gone(place);
      }
      {
        // Jupyter itself is killed.
        await using driver = await Driver.start(place);
        await driver.do("start");
      }
      await gone(place);
    }),
});
