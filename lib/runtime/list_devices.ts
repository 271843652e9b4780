/**
 * The devices that tensors can live on.
 *
 * @module
 */
import { runtimeInfo } from "./initialize.ts";
import type { Device } from "./tensorflow/context.ts";

/** A device, and whether work goes there. */
export interface ListedDevice extends Device {
  /** Whether it is the one in use. */
  inUse: boolean;
}

/**
 * The devices of the backend in use: what libtensorflow sees, or on other backends
 * the one there is. A GPU is chosen by `initialize({ device: "gpu:1" })`.
 *
 * @throws {Error} If no backend was started.
 *
 * @example
 * ```ts
 * import { initialize } from "./initialize.ts";
 * import { listDevices } from "./list_devices.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * await initialize();
 * const devices = listDevices();
 * ok(devices.some(({ type }) => type === "CPU"));
 * strictEqual(devices.filter(({ inUse }) => inUse).length, 1);
 * ```
 */
export function listDevices(): ListedDevice[] {
  const info = runtimeInfo();
  if (info === undefined) {
    throw new Error("No backend was started: call initialize() first");
  }
  const { backend, device, deviceName, devices } = info;
  if (devices.length === 0) {
    return [{ name: backend, type: device, memoryBytes: 0, inUse: true }];
  }
  return devices.map((d) => ({ ...d, inUse: d.name === deviceName }));
}
