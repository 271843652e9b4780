/**
 * TensorFlow's eager context: the devices, their memory and the thread pools.
 *
 * @module
 */
import {
  type Pointer,
  readCString,
  type TensorFlowLibrary,
} from "./library.ts";

/** How the context is set up; fixed once it is made. */
export interface ContextOptions {
  /** Threads inside one operation; 0, the default, lets TensorFlow choose. */
  intraOpThreads?: number;
  /** Operations that run at the same time; 0, the default, lets TensorFlow choose. */
  interOpThreads?: number;
  /** Name or index of the GPU to use, or "cpu"; default: the first GPU, if any. */
  device?: string;
  /** The share of a GPU's memory that may be taken, in (0, 1]; default: as needed. */
  memoryFraction?: number;
}

/** A device that TensorFlow sees. */
export interface Device {
  /** TensorFlow's name, such as `/job:localhost/replica:0/task:0/device:GPU:0`. */
  name: string;
  /** `CPU` or `GPU`. */
  type: string;
  /** The memory TensorFlow may use there, in bytes (not meaningful for a CPU). */
  memoryBytes: number;
}

/** An eager context and the device that work goes to. */
export interface Context {
  readonly pointer: Pointer;
  readonly devices: readonly Device[];
  readonly device: Device;
}

/** A protocol-buffer varint. */
function varint(value: number): number[] {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) {
    bytes.push(value % 128 | 128);
  }
  return [...bytes, value];
}

/** The wire form of a `ConfigProto` with the fields that we set. */
export function configProto(options: ContextOptions): Uint8Array<ArrayBuffer> {
  // GPUOptions: allow_growth (4), per_process_gpu_memory_fraction (1).
  const gpu = [4 << 3, 1];
  if (options.memoryFraction !== undefined) {
    const fraction = new Uint8Array(
      Float64Array.of(options.memoryFraction).buffer,
    );
    gpu.push(1 << 3 | 1, ...fraction);
  }
  return Uint8Array.from([
    2 << 3,
    ...varint(options.intraOpThreads ?? 0),
    5 << 3,
    ...varint(options.interOpThreads ?? 0),
    6 << 3 | 2,
    ...varint(gpu.length),
    ...gpu,
  ]);
}

function listDevices(library: TensorFlowLibrary, context: Pointer): Device[] {
  const { api, status } = library;
  const list = api.TFE_ContextListDevices(context, status);
  library.check("Listing devices failed");
  const devices = Array.from(
    { length: api.TF_DeviceListCount(list) },
    (_, i) => ({
      name: readCString(api.TF_DeviceListName(list, i, status)),
      type: readCString(api.TF_DeviceListType(list, i, status)),
      memoryBytes: Number(api.TF_DeviceListMemoryBytes(list, i, status)),
    }),
  );
  api.TF_DeleteDeviceList(list);
  return devices;
}

function chooseDevice(devices: readonly Device[], wanted?: string): Device {
  const gpus = devices.filter((d) => d.type === "GPU");
  const cpu = devices.find((d) => d.type === "CPU")!;
  if (wanted === undefined) return gpus[0] ?? cpu;
  if (wanted === "cpu") return cpu;
  const found = gpus[Number(wanted.replace(/^gpu:?/, "") || 0)] ??
    devices.find((d) => d.name === wanted);
  if (found === undefined) {
    throw new RangeError(
      `device must be one of cpu${
        gpus.map((_, i) => `, gpu:${i}`).join("")
      }, got ${wanted}`,
    );
  }
  return found;
}

/**
 * Makes an eager context: memory grows as needed on a GPU, and the first GPU is
 * used where there is one.
 *
 * @throws {RangeError} If an option is out of range or names no device.
 */
export function newContext(
  library: TensorFlowLibrary,
  options: ContextOptions = {},
): Context {
  for (const key of ["intraOpThreads", "interOpThreads"] as const) {
    const value = options[key] ?? 0;
    if (!Number.isInteger(value) || value < 0 || value > 1024) {
      throw new RangeError(
        `${key} must be an integer in [0, 1024], got ${value}`,
      );
    }
  }
  const fraction = options.memoryFraction;
  if (fraction !== undefined && !(fraction > 0 && fraction <= 1)) {
    throw new RangeError(`memoryFraction must be in (0, 1], got ${fraction}`);
  }
  const { api, status } = library;
  const contextOptions = api.TFE_NewContextOptions();
  const proto = configProto(options);
  api.TFE_ContextOptionsSetConfig(
    contextOptions,
    proto,
    BigInt(proto.length),
    status,
  );
  library.check("TensorFlow refused the configuration");
  const pointer = api.TFE_NewContext(contextOptions, status);
  library.check("TensorFlow could not start");
  api.TFE_DeleteContextOptions(contextOptions);
  const devices = listDevices(library, pointer);
  return { pointer, devices, device: chooseDevice(devices, options.device) };
}
