import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { examineBackend } from "../../lib/doctor/backends.ts";
import { examineJupyter } from "../../lib/doctor/jupyter.ts";
import { examineLibtensorflow } from "../../lib/doctor/libtensorflow.ts";
import { installKernel } from "../../lib/kernel/spec/install.ts";
import { environmentOf } from "../support/environment_of.ts";
import { withFolder } from "../support/with_folder.ts";

const { signal } = new AbortController();

Deno.test("examineJupyter() finds Deno's own kernels, which are not enough", () =>
  withFolder(async (folder) => {
    const environment = environmentOf({
      HOME: folder,
      JUPYTER_PATH: `${folder}/own`,
    });
    const [before] = await examineJupyter(environment);
    strictEqual(before!.status, "missing");
    match(before!.advice!, /install Jupyter and run `deno task kernel`/);
    const root = Deno.build.os === "darwin"
      ? "Library/Jupyter"
      : ".local/share/jupyter";
    const write = async (name: string, text: string) => {
      await Deno.mkdir(`${folder}/${name}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${name}/kernel.json`, text);
    };
    await write(
      `${root}/kernels/python3`,
      '{"language":"python","argv":["python3"]}',
    );
    await write(`${root}/kernels/broken`, '{"language":');
    await write(`${root}/kernels/empty`, "null");
    strictEqual(
      (await examineJupyter(environment))[0]!.detail,
      "none for Deno",
    );
    await write(
      `${root}/kernels/deno`,
      '{"language":"typescript","argv":["/usr/bin/deno","jupyter"]}',
    );
    await write(
      "own/kernels/other",
      '{"language":"TypeScript","argv":["deno","run","launcher.js"]}',
    );
    const [after] = await examineJupyter(environment);
    strictEqual(after!.status, "missing");
    match(after!.detail, /^only Deno's own, other \(/);
    match(after!.advice!, /^run `deno task kernel`: /);
    deepStrictEqual(after!.values, {
      kernels: [
        { name: "other", path: `${folder}/own/kernels/other/kernel.json` },
        { name: "deno", path: `${folder}/${root}/kernels/deno/kernel.json` },
      ],
    });
  }));

Deno.test({
  name:
    "examineJupyter() starts Slope's kernel, and says why it does not start",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const environment = environmentOf({
        HOME: folder,
        JUPYTER_DATA_DIR: folder,
      });
      const path = await installKernel(folder, "slope");
      const [works] = await examineJupyter(environment);
      strictEqual(works!.status, "ok", works!.detail);
      match(works!.detail, /^slope \(.*kernel\.json\), ready in \d+\.\d s$/);

      const spec = JSON.parse(await Deno.readTextFile(path));
      const broken = async (argv: string[]) => {
        await Deno.writeTextFile(path, JSON.stringify({ ...spec, argv }));
        const [finding] = await examineJupyter(environment);
        strictEqual(finding!.status, "broken");
        strictEqual(finding!.advice, "run `deno task kernel` again");
        return finding!.detail.replace(/^.*?\): /, "");
      };
      strictEqual(
        await broken(["/gone/deno", ...spec.argv.slice(1)]),
        "/gone/deno is not there",
      );
      match(
        await broken(
          spec.argv.filter((word: string) => word !== "--allow-net"),
        ),
        /^Slope's kernel: .*net/,
      );
    }),
});

Deno.test("examineLibtensorflow() says what to do where there is none, or a wrong one", () =>
  withFolder(async (folder) => {
    const [missing] = await examineLibtensorflow(
      environmentOf({ SLOPE_CACHE: folder }),
    );
    strictEqual(missing!.status, "missing");
    const [wrong] = await examineLibtensorflow(
      environmentOf({ SLOPE_LIBTENSORFLOW: folder }),
    );
    strictEqual(wrong!.status, "broken");
    match(wrong!.detail, /there is no libtensorflow_cc.so.2 in/);
    match(wrong!.advice!, /SLOPE_LIBTENSORFLOW/);
    deepStrictEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));

Deno.test("examineBackend() measures a backend in a process of its own", async () => {
  const { status, detail, values } = await examineBackend("cpu", signal);
  strictEqual(status, "ok", detail);
  match(
    detail,
    /^\d+\.\d+\.\d+ on CPU: \d.* GFLOP\/s \(float32 product of \d+ × \d+ matrices\)$/,
  );
  ok((values!.gigaflops as number) > 0.001);
  strictEqual(values!.backend, "cpu");
});

Deno.test("examineBackend() says what is wrong with a backend", () =>
  withFolder(async (folder) => {
    const examine = async (name: "tensorflow" | "webgpu", program: string) => {
      const path = `${folder}/program.ts`;
      await Deno.writeTextFile(path, program);
      const { status, detail, advice } = await examineBackend(
        name,
        signal,
        path,
      );
      return [status, detail, advice!.split(":")[0]];
    };
    deepStrictEqual(
      await examine(
        "tensorflow",
        'console.error("noise"); throw new Error("libtensorflow: no such symbol");',
      ),
      [
        "broken",
        "libtensorflow: no such symbol",
        "correct SLOPE_LIBTENSORFLOW if it is set, else run `deno task setup --remove` and `deno task setup`; until then use the wasm backend",
      ],
    );
    deepStrictEqual(
      await examine(
        "webgpu",
        'await Promise.reject(new Error("WebGPU found no adapter: install"));',
      ),
      [
        "missing",
        "WebGPU found no adapter: install",
        "install the GPU's Vulkan driver (on Debian mesa-vulkan-drivers), or use another backend",
      ],
    );
    if (Deno.build.os === "windows") return;
    // As a library does that uses instructions the processor lacks.
    const crash = `Deno.dlopen("${
      Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6"
    }", { raise: { parameters: ["i32"], result: "i32" } }).symbols.raise(4);`;
    deepStrictEqual(await examine("tensorflow", crash), [
      "broken",
      "it was ended by SIGILL",
      "this processor is too old for libtensorflow",
    ]);
  }));
