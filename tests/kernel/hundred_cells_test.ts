import { deepStrictEqual, ok } from "node:assert";
import { Driver, note, reason, withJupyter } from "./jupyter.ts";

/** What the kernel holds. */
interface Held {
  /** Tensors of TensorFlow.js, and of libtensorflow. */
  tensors: [number, number];
  /** Bytes in memory. */
  bytes: number;
}

async function held(driver: Driver): Promise<Held> {
  const { outputs } = await driver.run(
    `for (let i = 0; i < 3; i++) {
       collectGarbage();
       await new Promise((done) => setTimeout(done, 50));
     }
     {
       const { tensors, nativeTensors, residentBytes } = slope.memoryReport();
       var report = { tensors: [tensors, nativeTensors], bytes: residentBytes };
     }
     JSON.stringify(report)`,
  );
  return JSON.parse(String(outputs.at(-1)![1]).slice(1, -1));
}

Deno.test({
  name: `a training cell leaves nothing behind in a hundred runs${note}`,
  ignore: reason !== undefined,
  fn: () =>
    withJupyter(async (place) => {
      await using driver = await Driver.start(place);
      await driver.do("start");
      const prepared = await driver.run(
        `import * as slope from "slope";
         import { setFlagsFromString } from "node:v8";
         import { runInNewContext } from "node:vm";
         setFlagsFromString("--expose-gc");
         var collectGarbage = runInNewContext("gc");
         await slope.initialize();
         var data = slope.drawnDigits({ train: 500, test: 100 });
         var objective = slope.classification(slope.lenet({ inputShape: data.shape }));`,
      );
      deepStrictEqual(prepared.reply?.status, "ok");
      const cell = `{
        const run = await slope.watch({
          objective, data, optimizer: slope.momentum(), batchSize: 50, epochs: 2,
          learningRate: slope.cosine({ from: 0.01, steps: 20 }), seed: 0,
        });
        if (run.status !== "done") throw new Error(run.status);
      }`;
      const run = async (times: number) => {
        for (let i = 0; i < times; i++) {
          const { reply, outputs } = await driver.run(cell);
          deepStrictEqual([reply?.status, outputs.at(-1)?.[0]], [
            "ok",
            "update_display_data",
          ]);
        }
      };
      await run(5);
      const before = await held(driver);
      await run(100);
      const after = await held(driver);
      deepStrictEqual(after.tensors, before.tensors);
      const growth = (after.bytes - before.bytes) / 2 ** 20;
      ok(growth < 100, `memory grew by ${growth} MB`);
    }),
});
