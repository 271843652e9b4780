import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { initialize } from "../../../lib/runtime/initialize.ts";
import {
  chooseDevice,
  configProto,
  type Context,
  type Device,
  newContext,
} from "../../../lib/runtime/tensorflow/context.ts";
import { DataType } from "../../../lib/runtime/tensorflow/data_types.ts";
import { GraphRecorder } from "../../../lib/runtime/tensorflow/graph.ts";
import {
  openLibrary,
  readCString,
  type TensorFlowLibrary,
} from "../../../lib/runtime/tensorflow/library.ts";
import { execute } from "../../../lib/runtime/tensorflow/operation.ts";
import {
  deleteTensor,
  newTensor,
} from "../../../lib/runtime/tensorflow/values.ts";

Deno.test("configProto is the wire form of a ConfigProto", () => {
  // Field numbers of tensorflow/core/protobuf/config.proto: 2 intra_op, 5 inter_op,
  // 6 gpu_options { 4 allow_growth, 1 per_process_gpu_memory_fraction },
  // 7 allow_soft_placement.
  deepStrictEqual(
    [...configProto({})],
    [0x10, 0, 0x28, 0, 0x32, 2, 0x20, 1, 0x38, 1],
  );
  deepStrictEqual(
    [...configProto({ intraOpThreads: 300, interOpThreads: 2 })],
    [0x10, 0xac, 0x02, 0x28, 2, 0x32, 2, 0x20, 1, 0x38, 1],
  );
  const half = [0, 0, 0, 0, 0, 0, 0xe0, 0x3f];
  deepStrictEqual(
    [...configProto({ memoryFraction: 0.5 })],
    [0x10, 0, 0x28, 0, 0x32, 11, 0x20, 1, 0x09, ...half, 0x38, 1],
  );
});

const [cpu, gpu0, gpu1]: Device[] = ["CPU:0", "GPU:0", "GPU:1"].map((name) => ({
  name: `/job:localhost/replica:0/task:0/device:${name}`,
  type: name.slice(0, 3),
  memoryBytes: 2 ** 30,
}));

Deno.test("the first GPU is chosen, else the CPU; or what is named", () => {
  const all = [cpu!, gpu0!, gpu1!];
  strictEqual(chooseDevice([cpu!]), cpu);
  strictEqual(chooseDevice(all), gpu0);
  strictEqual(chooseDevice(all, "cpu"), cpu);
  strictEqual(chooseDevice(all, "gpu"), gpu0);
  strictEqual(chooseDevice(all, "GPU:1"), gpu1);
  strictEqual(chooseDevice(all, gpu1!.name), gpu1);
  throws(() => chooseDevice(all, "gpu:2"), {
    name: "RangeError",
    message: "device must be one of cpu, cpu:0, gpu, gpu:0, gpu:1, got gpu:2",
  });
  throws(() => chooseDevice([cpu!], "gpu"), RangeError);
});

/**
 * libtensorflow made to believe in two CPUs: the nearest thing to two GPUs that any
 * machine has. `device_count { key: "CPU" value: 2 }` is put before the config.
 */
async function withTwoDevices(): Promise<TensorFlowLibrary> {
  const { library: path } = await initialize({ backend: "tensorflow" });
  const library = openLibrary(path);
  const twoCpus = [
    0x0a,
    7,
    0x0a,
    3,
    ...new TextEncoder().encode("CPU"),
    0x10,
    2,
  ];
  const { api } = library;
  return {
    ...library,
    api: {
      ...api,
      TFE_ContextOptionsSetConfig(options, config, _, status): void {
        const bytes = Uint8Array.of(...twoCpus, ...config as Uint8Array);
        const length = BigInt(bytes.length);
        api.TFE_ContextOptionsSetConfig(options, bytes, length, status);
      },
    },
  };
}

/** The name of the device on which 1 + 1 was computed, or a function called. */
function placeOf(
  library: TensorFlowLibrary,
  context: Context,
  path: string,
  graphFunction = "",
): string {
  const { api, status } = library;
  const { symbols } = Deno.dlopen(path, {
    TFE_TensorHandleDeviceName: {
      parameters: ["pointer", "pointer"],
      result: "pointer",
    },
  });
  const tensor = newTensor(library, [], DataType.float32, [1]);
  const one = api.TFE_NewTensorHandle(tensor, status);
  deleteTensor(library, tensor, DataType.float32);
  const [sum = null] = execute(
    library,
    context,
    graphFunction || "AddV2",
    1,
    (operation) => {
      api.TFE_OpAddInput(operation, one, status);
      if (graphFunction) return;
      api.TFE_OpAddInput(operation, one, status);
      api.TFE_OpSetAttrType(operation, library.name("T"), DataType.float32);
    },
  );
  const name = readCString(symbols.TFE_TensorHandleDeviceName(sum, status));
  library.check("A device's name could not be read");
  api.TFE_DeleteTensorHandle(one);
  api.TFE_DeleteTensorHandle(sum);
  return name;
}

Deno.test("operations and functions go to the device that was chosen", async () => {
  const { library: path } = await initialize({ backend: "tensorflow" });
  const library = await withTwoDevices();
  for (const device of ["cpu:0", "cpu:1"]) {
    const context = newContext(library, { device });
    strictEqual(context.devices.length, 2);
    strictEqual(context.placement === undefined, device === "cpu:0");
    ok(context.device.name.endsWith(device.toUpperCase()));
    strictEqual(placeOf(library, context, path), context.device.name);
    let id = 0;
    const recorder = new GraphRecorder(library, "float32", () => id++);
    const x = recorder.input([], DataType.float32);
    const type = { name: "T", type: 4, value: DataType.float32 };
    const [y] = recorder.execute("Exp", [type], [x.id], 1);
    const { name } = recorder.finish(context.pointer, [y!.id], false);
    recorder.dispose();
    strictEqual(placeOf(library, context, path, name), context.device.name);
    library.api.TFE_DeleteContext(context.pointer);
  }
});

Deno.test("a context that cannot be had leaves none behind", async () => {
  const library = await withTwoDevices();
  throws(() => newContext(library, { device: "gpu:7" }), /cpu:1, got gpu:7/);
  throws(() => newContext(library, { intraOpThreads: 2000 }), RangeError);
  throws(() => newContext(library, { memoryFraction: 1.5 }), RangeError);
});
