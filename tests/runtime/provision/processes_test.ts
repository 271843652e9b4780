import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  type FakeWheel,
  fakeWheel,
  machine,
  manifestOf,
  serveIndex,
} from "../../support/fake_wheel.ts";
import { listFiles } from "../../support/list_files.ts";
import { sizeOf } from "../../../lib/files/mod.ts";
import { withFolder } from "../../support/with_folder.ts";
import { canMount, withSmallDisk } from "../../support/with_small_disk.ts";

const wheel = fakeWheel("tensorflow-cpu");
const staging = `libtensorflow/.staging-1.0-${machine}-cpu`;
const complete = [
  `libtensorflow/1.0-${machine}-cpu/tensorflow/libtensorflow_cc.so.2`,
  `libtensorflow/1.0-${machine}-cpu/tensorflow/libtensorflow_framework.so.2`,
];
const child = new URL("../../support/provision_child.ts", import.meta.url);

/** Starts a process that provisions from this index into this cache. */
function start(
  cache: string,
  wheels: FakeWheel[],
  env: Record<string, string>,
  permissions: string[] = ["-A"],
): { process: Deno.ChildProcess; output: Promise<string> } {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...permissions,
      child.pathname,
      cache,
      JSON.stringify(manifestOf(wheels)),
    ],
    env: {
      SLOPE_LIBTENSORFLOW: "",
      UV_DEFAULT_INDEX: "",
      UV_INDEX_URL: "",
      ...env,
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = new Response(process.stdout).text();
  return { process, output };
}

Deno.test("provision() goes on after SIGKILL in the middle of the download", () =>
  withFolder(async (cache) => {
    await using server = serveIndex([wheel], { speed: 200_000 });
    const env = { PIP_INDEX_URL: `${server.url}/simple` };
    const part = `${cache}/${staging}/${wheel.wheel.filename}.part`;
    const first = start(cache, [wheel], env);
    let ended = false;
    first.process.status.then(() => ended = true);
    while (await sizeOf(part) < 100_000) {
      ok(!ended, "the first process ended before it was killed");
      await pause(10);
    }
    first.process.kill("SIGKILL");
    await first.output;
    const kept = await sizeOf(part);
    const second = start(cache, [wheel], env);
    strictEqual((await second.output).trim().split("\n").at(-1), "done");
    await second.process.status;
    deepStrictEqual(await listFiles(cache), complete);
    const range = server.requests.at(-1)!.headers.get("range");
    strictEqual(range, `bytes=${kept}-`);
  }));

Deno.test("provision() recovers from SIGKILL at any moment", () =>
  withFolder(async (cache) => {
    await using server = serveIndex([wheel], { speed: 2_000_000 });
    const env = { PIP_INDEX_URL: `${server.url}/simple` };
    // Starting takes a fifth of a second or so, the work as long.
    for (let delay = 150; delay <= 600; delay += 50) {
      const { process, output } = start(cache, [wheel], env);
      await pause(delay);
      try {
        process.kill("SIGKILL");
      } catch {
        // It had ended.
      }
      await output;
      await process.status;
      const files = await listFiles(cache);
      const inPlace = files.filter((path) =>
        !path.includes("staging") && !path.endsWith("/lock")
      );
      ok(
        inPlace.length === 0 || String(inPlace) === String(complete),
        String(files),
      );
      if (delay === 400) {
        await Deno.remove(`${cache}/${complete[0]}`).catch(() => {});
      }
    }
    const last = start(cache, [wheel], env);
    ok((await last.output).endsWith("done\n"));
    await last.process.status;
    deepStrictEqual(
      (await listFiles(cache)).filter((path) => !path.includes("staging")),
      complete,
    );
  }));

Deno.test("provision() in two processes at once downloads once, and the other says that it waits", () =>
  withFolder(async (cache) => {
    await using server = serveIndex([wheel], { speed: 600_000 });
    const env = { PIP_INDEX_URL: `${server.url}/simple` };
    const both = [start(cache, [wheel], env), start(cache, [wheel], env)];
    const outputs = await Promise.all(both.map(({ output }) => output));
    for (const { process } of both) ok((await process.status).success);
    for (const output of outputs) ok(output.endsWith("done\n"), output);
    strictEqual(
      outputs.filter((text) => text.includes("waiting for another process"))
        .length,
      1,
    );
    strictEqual(
      outputs.filter((text) => text.includes("downloading")).length,
      1,
    );
    strictEqual(server.requests.length, 2);
    deepStrictEqual(await listFiles(cache), complete);
  }));

Deno.test("provision() falls back to pip, which has other indexes", async (test) => {
  const pip = await new Deno.Command("python3", {
    args: ["-m", "pip", "--version"],
  })
    .output().then(({ success }) => success, () => false);
  await test.step({
    name: `pip fetches the wheel${pip ? "" : " (needs python3 -m pip)"}`,
    ignore: !pip,
    fn: () =>
      withFolder(async (cache) => {
        await using server = serveIndex([wheel], { html: true });
        const { output, process } = start(cache, [wheel], {
          UV_DEFAULT_INDEX: "http://127.0.0.1:1/simple",
          PIP_INDEX_URL: `${server.url}/simple`,
        });
        const text = await output;
        ok(text.includes("downloading tensorflow-cpu 1.0 with pip\n"), text);
        ok(text.endsWith("done\n"), text);
        ok((await process.status).success);
        deepStrictEqual(await listFiles(cache), complete);
      }),
  });
  await test.step({
    name: `a wheel from pip is checked${pip ? "" : " (needs python3 -m pip)"}`,
    ignore: !pip,
    fn: () =>
      withFolder(async (cache) => {
        const altered = fakeWheel("tensorflow-cpu", undefined, 100);
        await using server = serveIndex([altered], { html: true });
        const { output, process } = start(cache, [wheel], {
          UV_DEFAULT_INDEX: "http://127.0.0.1:1/simple",
          PIP_INDEX_URL: `${server.url}/simple`,
        });
        const text = await output;
        ok(
          text.includes(
            "; pip: tensorflow_cpu-1.0-py3-none-any.whl has another SHA-256; ",
          ),
          text,
        );
        strictEqual((await process.status).code, 1);
        deepStrictEqual(await listFiles(cache), []);
      }),
  });
});

const onSmallDisk = canMount ? "" : " (needs root, to mount a small disk)";

for (const told of [true, false]) {
  Deno.test({
    name: `provision() says that the disk is full, ${
      told ? "before" : "when"
    } it is${onSmallDisk}`,
    ignore: !canMount,
    fn: () =>
      withSmallDisk(1 << 19, async (disk) => {
        await using server = serveIndex([wheel]);
        const env = { PIP_INDEX_URL: `${server.url}/simple` };
        const permissions = told ? ["-A"] : [
          "--allow-read",
          "--allow-write",
          "--allow-net",
          "--allow-env",
          "--allow-run",
          "--no-prompt",
        ];
        const { output, process } = start(disk, [wheel], env, permissions);
        const lines = (await output).trim().split("\n");
        const room = told ? ", \\d+ kB free" : "";
        const message = new RegExp(
          `^ProvisionError: No space left in /\\S+: \\d+ kB needed${room}; make room, or set SLOPE_CACHE to a folder on another disk$`,
        );
        ok(message.test(lines.at(-1)!), lines.join("\n"));
        strictEqual((await process.status).code, 1);
        strictEqual(server.requests.length, told ? 0 : 2);
        const files = await listFiles(disk);
        ok(files.every((path) => path.startsWith(staging)), String(files));
      }),
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
