import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { Driver, note, reason, withJupyter } from "./jupyter.ts";

const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts a cell, presses Stop so often, and returns what came of it. */
async function stopped(
  driver: Driver,
  code: string,
  presses = 1,
  timeout = 30,
) {
  const id = await driver.send(code);
  for (let press = 0; press < presses; press++) {
    await wait(press === 0 ? 1000 : 700);
    await driver.do("interrupt");
  }
  return await driver.collect(id, timeout);
}

const busy =
  "const end = performance.now() + 5; while (performance.now() < end);";

Deno.test({
  name: `Stop ends cells, and the next cell runs${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      await using driver = await Driver.start(place);
      await driver.do("start");
      const isClear = async () =>
        deepStrictEqual(
          (await driver.run(
            "[slopeKernel.signal.aborted, slopeKernel.stopRequested()]",
          ))
            .outputs,
          [["execute_result", "[ false, false ]"]],
        );
      await isClear();

      // Between cells it means nothing.
      await driver.do("interrupt");
      await isClear();

      // A cell that waits, and looks at the signal.
      const waiting = await stopped(
        driver,
        `var steps = 0;
         while (!slopeKernel.signal.aborted) {
           await new Promise((resolve) => setTimeout(resolve, 10));
           steps++;
         }
         "stopped at step " + (steps > 3)`,
      );
      deepStrictEqual(waiting.outputs, [[
        "execute_result",
        '"stopped at step true"',
      ]]);
      await isClear();

      // One that never waits, and asks.
      const computing = await stopped(
        driver,
        `var rounds = 0;
         while (!slopeKernel.stopRequested()) { ${busy} rounds++; }
         rounds > 3`,
      );
      deepStrictEqual(computing.outputs, [["execute_result", "true"]]);
      await isClear();

      // By way of the library.
      const library = await stopped(
        driver,
        `import { interruptSignal, stopRequested } from "slope/kernel";
         await new Promise((resolve) =>
           interruptSignal().addEventListener("abort", resolve));
         stopRequested()`,
      );
      deepStrictEqual(library.outputs, [["execute_result", "true"]]);
      await isClear();

      // One that throws the signal's reason.
      const throwing = await stopped(
        driver,
        `for (;;) {
           await new Promise((resolve) => setTimeout(resolve, 10));
           slopeKernel.signal.throwIfAborted();
         }`,
      );
      strictEqual(throwing.reply?.status, "error");
      match(String(throwing.outputs[0]![1]), /^AbortError: Stop was pressed/);
      await isClear();

      // One that never looks: what it made stays.
      const endless = await stopped(
        driver,
        "var kept = []; for (;;) if (kept.length < 3) kept.push(1);",
        2,
      );
      ok(endless.ended);
      deepStrictEqual(endless.outputs, [[
        "error",
        "Interrupted: the cell was stopped while it was computing",
      ]]);
      strictEqual(endless.reply?.ename, "Interrupted");
      deepStrictEqual((await driver.run("kept.length")).outputs, [[
        "execute_result",
        "3",
      ]]);
      await isClear();

      // One that waits, and never looks: nobody can end it, but it is said.
      const deaf = await stopped(
        driver,
        "await new Promise((resolve) => setTimeout(resolve, 3000)); 1",
        2,
      );
      deepStrictEqual(deaf.outputs, [
        [
          "stream",
          "This cell was asked to stop and still waits for something; " +
          "if it does not end, restart the kernel.\n",
        ],
        ["execute_result", "1"],
      ]);
      await isClear();
    }),
});
