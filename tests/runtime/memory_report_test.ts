import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { memoryReport } from "../../lib/runtime/memory_report.ts";
import { nvidiaMemory } from "../../lib/runtime/nvidia_memory.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { withFolder } from "../support/with_folder.ts";

tensorTest("tensors are counted on both sides", () => {
  const before = memoryReport();
  const x = tf.zeros([1000]), y = tf.add(x, 1);
  const after = memoryReport();
  strictEqual(after.tensors - before.tensors, 2);
  strictEqual(after.tensorBytes - before.tensorBytes, 8000);
  ok(after.nativeTensors > before.nativeTensors);
  ok(after.residentBytes > 2 ** 20);
  tf.dispose([x, y]);
});

tensorTest("it works on other backends", () => {
  const { nativeTensors, tensors } = memoryReport();
  deepStrictEqual([nativeTensors, tensors], [0, tf.memory().numTensors]);
}, "cpu");

Deno.test("where there is no driver there is no GPU memory", () => {
  deepStrictEqual(nvidiaMemory("libno-such-library.so.1"), []);
});

/** What NVML's functions do, for a machine with two GPUs of which one is lost. */
const fakeNvml = `
#include <string.h>
typedef struct { unsigned long long total, free, used; } memory;
static int state = 0, devices[3];
int nvmlInit_v2(void) { return state++; }
int nvmlShutdown(void) { state = 0; return 0; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 3; return state != 1; }
int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **device) {
  *device = &devices[i];
  return i == 1 ? 15 : 0;
}
int nvmlDeviceGetName(void *device, char *name, unsigned length) {
  if (length < 96) return 7;
  strcpy(name, device == &devices[0] ? "NVIDIA One" : "NVIDIA Two");
  return 0;
}
int nvmlDeviceGetMemoryInfo(void *device, memory *m) {
  m->total = 150ull << 30; m->free = 149ull << 30; m->used = 1ull << 30;
  return 0;
}`;

const compiler = ["cc", "gcc", "clang"].find((name) => {
  try {
    return new Deno.Command(name, {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    })
      .outputSync().success;
  } catch {
    return false;
  }
});

Deno.test({
  name: `the driver's numbers are read${
    compiler ? "" : " (needs a C compiler)"
  }`,
  ignore: compiler === undefined || Deno.build.os !== "linux",
  async fn() {
    await withFolder(async (folder) => {
      const source = `${folder}/nvml.c`, library = `${folder}/libnvml.so`;
      await Deno.writeTextFile(source, fakeNvml);
      const args = ["-shared", "-fPIC", "-o", library, source];
      ok(new Deno.Command(compiler!, { args }).outputSync().success);
      const memory = { usedBytes: 2 ** 30, totalBytes: 150 * 2 ** 30 };
      const expected = ["NVIDIA One", "NVIDIA Two"].map((name) => ({
        name,
        ...memory,
      }));
      deepStrictEqual(nvidiaMemory(library), expected);
      deepStrictEqual(nvidiaMemory(library), expected); // it was shut down
    });
  },
});
