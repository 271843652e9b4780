import { initialize } from "../../lib/runtime/initialize.ts";

/** Threads at which tests run: the same bits each time, and no crowd. */
const threads = { intraOpThreads: 1, interOpThreads: 1 } as const;

/** Starts the tensorflow backend with one thread, or says why it cannot. */
const missing = await initialize({ backend: "tensorflow", ...threads })
  .then(() => "", (error: Error) => ` (needs libtensorflow: ${error.message})`);

/** A test on the tensorflow backend with one thread; skipped, and says so, without. */
export function tensorflowTest(
  name: string,
  test: () => void | Promise<void>,
): void {
  Deno.test({
    name: name + missing,
    ignore: missing !== "",
    async fn() {
      await initialize({ backend: "tensorflow", ...threads });
      await test();
    },
  });
}
