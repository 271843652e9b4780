import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { listDevices } from "../../lib/runtime/list_devices.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { tensorTest } from "../support/tensor_test.ts";

tensorTest(
  "the devices that TensorFlow sees are listed, one in use",
  async () => {
    const { devices, deviceName } = await initialize({ backend: "tensorflow" });
    const listed = listDevices();
    deepStrictEqual(
      listed.map(({ name }) => name),
      devices.map(({ name }) => name),
    );
    const [used, ...rest] = listed.filter(({ inUse }) => inUse);
    strictEqual(used!.name, deviceName);
    deepStrictEqual(rest, []);
    ok(listed.every(({ type }) => type === "CPU" || type === "GPU"));
  },
);

tensorTest("another backend is one device", () => {
  deepStrictEqual(listDevices(), [
    { name: "cpu", type: "CPU", memoryBytes: 0, inUse: true },
  ]);
}, "cpu");
