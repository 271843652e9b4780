import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createProgress } from "../../lib/terminal/progress.ts";
import { formatBytes } from "../../lib/files/mod.ts";

/** A progress at a clock of its own, and what it has written. */
function watch(columns: number | undefined, quiet = false) {
  const writes: string[] = [];
  let time = 0;
  const progress = createProgress({
    format: formatBytes,
    quiet,
    now: () => time,
    sink: { columns: () => columns, write: (text) => writes.push(text) },
  });
  return {
    progress,
    writes,
    wait: (seconds: number) => time += 1000 * seconds,
  };
}

Deno.test("createProgress() draws a bar with the time left on a terminal", () => {
  const { progress, writes, wait } = watch(100);
  progress.update(0, 200e6, "downloading");
  wait(2);
  progress.update(50e6, 200e6);
  wait(0.01);
  progress.update(51e6, 200e6);
  wait(6);
  progress.update(200e6, 200e6);
  progress.finish("downloaded");
  const bar = (full: number) => `[${"=".repeat(full)}${" ".repeat(30 - full)}]`;
  deepStrictEqual(writes, [
    `\rdownloading  ${bar(0)}  0 %, 0 bytes of 200 MB\x1b[K`,
    `\rdownloading  ${bar(8)}  25 %, 50 MB of 200 MB, 0:06 left\x1b[K`,
    `\rdownloading  ${bar(30)}  100 %, 200 MB of 200 MB\x1b[K`,
    "\r\x1b[K",
    "downloaded\n",
  ]);
});

Deno.test("createProgress() reckons the time left from where the work began", () => {
  const { progress, writes, wait } = watch(100);
  progress.update(150e6, 200e6, "resuming");
  wait(10);
  progress.update(160e6, 200e6, "resuming");
  ok(writes[1]!.includes("80 %, 160 MB of 200 MB, 0:40 left"), writes[1]);
});

Deno.test("createProgress() never writes more than the width of the terminal", () => {
  for (let columns = 1; columns < 120; columns++) {
    const { progress, writes, wait } = watch(columns);
    progress.update(0, 200e6, "downloading tensorflow-cpu 2.21.0");
    wait(2);
    progress.update(50e6, 200e6);
    progress.update(0, 0, "waiting for another process that fetches it");
    for (const text of writes) {
      ok(
        text.replace("\r", "").replace("\x1b[K", "").length <
          Math.max(columns, 1),
        `${columns}: ${text}`,
      );
    }
  }
});

Deno.test("createProgress() writes a line now and then where there is no terminal", () => {
  const { progress, writes, wait } = watch(undefined);
  progress.update(0, 200e6, "downloading");
  for (let done = 1e6; done <= 100e6; done += 1e6) {
    wait(0.5);
    progress.update(done, 200e6);
  }
  progress.update(0, 0, "waiting");
  progress.finish("done");
  deepStrictEqual(writes, [
    "downloading: 0 %, 0 bytes of 200 MB\n",
    "downloading: 20 %, 40 MB of 200 MB, 1:20 left\n",
    "downloading: 40 %, 80 MB of 200 MB, 1:00 left\n",
    "waiting\n",
    "done\n",
  ]);
});

Deno.test("createProgress() writes start and end only where it is quiet", () => {
  const { progress, writes, wait } = watch(100, true);
  progress.update(0, 200e6, "downloading");
  wait(60);
  progress.update(100e6, 200e6);
  progress.update(0, 200e6, "unpacking");
  progress.finish("done");
  deepStrictEqual(writes, ["downloading: 0 %, 0 bytes of 200 MB\n", "done\n"]);
});

Deno.test("createProgress() leaves no line without a note", () => {
  const { progress, writes } = watch(undefined);
  progress.finish();
  strictEqual(writes.length, 0);
});
