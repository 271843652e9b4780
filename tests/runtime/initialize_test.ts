import {
  deepStrictEqual,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { display, isDisplayed } from "../../lib/figures/displayed.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { initialize, runtimeInfo } from "../../lib/runtime/initialize.ts";
import { collectGarbage } from "../support/collect_garbage.ts";
import { nativeBackend } from "../support/tensor_test.ts";

const backend = "tensorflow" as const;

/** Runs a module's text in a process of its own, from the root of the project. */
async function run(
  text: string,
  options: { env?: Record<string, string>; args?: string[] } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { env = {}, args = ["--allow-all"] } = options;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--ext=ts", ...args, "-"],
    cwd: new URL("../../", import.meta.url),
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

Deno.test("initialize starts a backend once and says what it is", async () => {
  const info = await initialize({ backend });
  strictEqual(tf.getBackend(), "tensorflow");
  strictEqual(info.backend, "tensorflow");
  ok(/^2\.\d+\.\d+/.test(info.version), info.version);
  ok(info.devices.some(({ type }) => type === "CPU"));
  ok(info.devices.some(({ name }) => name === info.deviceName));
  strictEqual(await initialize({ backend }), info);
  strictEqual(runtimeInfo(), info);
});

Deno.test("other backends and back: the context is the same", async () => {
  await initialize({ backend });
  const first = nativeBackend();
  const cpu = await initialize({ backend: "cpu" });
  deepStrictEqual([tf.getBackend(), cpu.backend], ["cpu", "cpu"]);
  deepStrictEqual([cpu.device, cpu.devices], ["CPU", []]);
  const wasm = await initialize({ backend: "wasm" });
  strictEqual(wasm.backend, "wasm");
  await initialize({ backend });
  strictEqual(nativeBackend(), first);
});

Deno.test("other threads: a new context, to which tensors and variables move", async () => {
  await initialize({ backend });
  const old = nativeBackend().slope;
  const x = tf.tensor1d([1, 2, 3]),
    v = tf.tidy(() => tf.variable(tf.scalar(5)));
  const onDevice = tf.neg(x);
  const f = compile(() => tf.add(tf.sum(onDevice), v));
  const before = f();
  const info = await initialize({
    backend,
    intraOpThreads: 1,
    interOpThreads: 1,
  });
  strictEqual(info.intraOpThreads, 1);
  ok(isDisplayed(info));
  deepStrictEqual(await info[display](), {
    "text/plain": `tensorflow ${info.version} on the CPU, 1 thread`,
  });
  strictEqual(info.interOpThreads, 1);
  notStrictEqual(nativeBackend().slope, old);
  deepStrictEqual([...tf.add(onDevice, x).dataSync()], [0, 0, 0]);
  tf.tidy(() => v.assign(tf.scalar(7)));
  const after = f(); // compiled anew
  strictEqual(after.dataSync()[0], 1);
  strictEqual(before.dataSync()[0], -1);
  tf.dispose([x, onDevice, v, before, after]);
  await collectGarbage();
  strictEqual(old.getNumOfTensors(), 0);
  throws(() => old.context, /replaced by another call of initialize\(\)/);
  throws(() => old.createTensor([], 1, [1]), /replaced/);
  await initialize({ backend });
});

Deno.test("threads are as many as asked for, also the second time", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  // A process of its own, with the permission to look at its threads.
  const { stdout, stderr } = await run(`
    import * as tf from "@tensorflow/tfjs";
    import { initialize } from "./lib/runtime/initialize.ts";
    function ticks() {
      const used = new Map();
      for (const { name } of Deno.readDirSync("/proc/self/task")) {
        const stat = Deno.readTextFileSync("/proc/self/task/" + name + "/stat");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        used.set(name, Number(fields[11]) + Number(fields[12]));
      }
      return used;
    }
    // Shapes of their own: oneDNN keeps the threads of a shape's first run.
    for (const [intraOpThreads, size] of [[2, 1201], [1, 1203]]) {
      await initialize({ backend: "tensorflow", intraOpThreads });
      const x = tf.ones([size, size]);
      tf.matMul(x, x).dataSync();
      const before = ticks();
      const end = performance.now() + 600;
      while (performance.now() < end) tf.matMul(x, x).dataSync();
      const busy = [...ticks()].filter(([name, n]) =>
        n - (before.get(name) ?? 0) > 3
      );
      console.log(busy.length > 1 ? "several" : "one");
    }`);
  strictEqual(stdout, "several\none", stderr);
});

Deno.test("options out of range are refused, whatever the backend falls back to", async () => {
  const { stdout } = await run(`
    import { initialize } from "./lib/runtime/initialize.ts";
    for (const options of [
      { intraOpThreads: -1 },
      { interOpThreads: 1.5 },
      { memoryFraction: 0 },
      { device: "gpu:99" },
      { backend: "tensorfow" },
    ]) {
      try {
        await initialize(options as never);
        console.log("accepted");
      } catch (error) {
        console.log(String(error));
      }
    }`);
  const [intra, inter, memory, device, backend] = stdout.split("\n");
  strictEqual(
    intra,
    "RangeError: intraOpThreads must be an integer in [0, 1024], got -1",
  );
  strictEqual(
    inter,
    "RangeError: interOpThreads must be an integer in [0, 1024], got 1.5",
  );
  strictEqual(memory, "RangeError: memoryFraction must be in (0, 1], got 0");
  ok(
    /^RangeError: device must be one of cpu, cpu:0.*, got gpu:99$/.test(
      device!,
    ),
    device,
  );
  ok(
    /^RangeError: backend must be .*tensorflow.*, got tensorfow$/.test(
      backend!,
    ),
    backend,
  );
});

Deno.test("without libtensorflow: one line, and the wasm backend", async () => {
  const env = { SLOPE_LIBTENSORFLOW: "/no/such/folder" };
  const { stdout, stderr, code } = await run(
    `
    import { initialize } from "./lib/runtime/initialize.ts";
    const { backend } = await initialize();
    console.log(backend);
    try {
      await initialize({ backend: "tensorflow" });
    } catch (error) {
      console.log(error.message);
    }`,
    { env },
  );
  strictEqual(code, 0);
  const [name, message] = stdout.split("\n");
  strictEqual(name, "wasm");
  ok(message!.includes("/no/such/folder"), message);
  strictEqual(stderr.split("\n").length, 1, stderr);
  ok(
    /^Using the slower wasm backend: .*\/no\/such\/folder/.test(stderr),
    stderr,
  );
});

Deno.test("TensorFloat-32 is allowed or not for the whole process", async () => {
  const { library } = await initialize({ backend });
  const { symbols } = Deno.dlopen(library, {
    _ZN3tsl33tensor_float_32_execution_enabledEv: {
      parameters: [],
      result: "u8",
    },
  });
  const isAllowed = symbols._ZN3tsl33tensor_float_32_execution_enabledEv;
  strictEqual(isAllowed(), 1);
  await initialize({ backend, tensorFloat32: false });
  strictEqual(isAllowed(), 0);
  await initialize({ backend });
  strictEqual(isAllowed(), 1);
});

Deno.test("importing the runtime starts nothing and needs no permission", async () => {
  const { code, stdout, stderr } = await run(
    `
    import * as tf from "@tensorflow/tfjs";
    import { compile, runtimeInfo } from "./lib/runtime/mod.ts";
    console.log(typeof compile, runtimeInfo(), Object.keys(tf.engine().registry).length);`,
    { args: [] },
  );
  strictEqual(code, 0, stderr);
  strictEqual(stdout, "function undefined 0");
});

Deno.test("starting and ending a program prints nothing", async () => {
  const { code, stdout, stderr } = await run(`
    import * as tf from "@tensorflow/tfjs";
    import { initialize } from "./lib/runtime/initialize.ts";
    await initialize({ backend: "tensorflow" });
    console.log(tf.add(1, 2).dataSync()[0]);`);
  deepStrictEqual({ code, stdout, stderr }, {
    code: 0,
    stdout: "3",
    stderr: "",
  });
});

Deno.test("an unknown backend is refused", async () => {
  await rejects(initialize({ backend: "webgl" as "cpu" }), RangeError);
});
