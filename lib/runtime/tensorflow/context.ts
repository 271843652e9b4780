/**
 * TensorFlow's eager context: the devices, their memory and the thread pools.
 *
 * @module
 */
import { checkInteger } from "../../text/check_integer.ts";
import {
  type Bytes,
  cString,
  type Pointer,
  readCString,
  type TensorFlowLibrary,
} from "./library.ts";

/** How the context is set up; fixed once it is made. */
export interface ContextOptions {
  /**
   * Threads inside one operation; 0 lets TensorFlow choose.
   *
   * @default {0}
   */
  intraOpThreads?: number;
  /**
   * Operations of one compiled function that run at the same time; 0 lets
   * TensorFlow choose.
   *
   * @default {0}
   */
  interOpThreads?: number;
  /**
   * Where operations run: `"cpu"`, `"gpu:0"`, `"gpu:1"`, … or TensorFlow's name
   * of a device. Default: the first GPU, or the CPU where there is none. An
   * operation that a GPU cannot do runs on the CPU all the same.
   */
  device?: string;
  /**
   * The largest share of each GPU's memory that may be taken, in (0, 1].
   * Default: all of it. Memory is taken as it is needed, not at the start; the
   * first start in a process fixes the share.
   */
  memoryFraction?: number;
  /**
   * Whether GPUs from Ampere on may round the operands of float32 matrix products
   * and convolutions to TensorFloat-32 (10 bits of mantissa), which is several
   * times faster. It holds for the whole process, and changes nothing on a CPU.
   *
   * @default {true}
   */
  tensorFloat32?: boolean;
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
  /** The `ConfigProto` that it was made with. */
  readonly config: Bytes;
  readonly devices: readonly Device[];
  readonly device: Device;
  /** The device's name for `TFE_OpSetDevice`; undefined if it is TensorFlow's own choice. */
  readonly placement: Bytes | undefined;
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
export function configProto(options: ContextOptions): Bytes {
  // GPUOptions: allow_growth (4), per_process_gpu_memory_fraction (1).
  const gpu = [4 << 3, 1];
  if (options.memoryFraction !== undefined) {
    const fraction = new Uint8Array(
      Float64Array.of(options.memoryFraction).buffer,
    );
    gpu.push(1 << 3 | 1, ...fraction);
  }
  return Uint8Array.from([
    2 << 3, // intra_op_parallelism_threads
    ...varint(options.intraOpThreads ?? 0),
    5 << 3, // inter_op_parallelism_threads
    ...varint(options.interOpThreads ?? 0),
    6 << 3 | 2, // gpu_options
    ...varint(gpu.length),
    ...gpu,
    7 << 3, // allow_soft_placement
    1,
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

/** The device that TensorFlow itself prefers. */
function preferredDevice(devices: readonly Device[]): Device {
  return devices.find(({ type }) => type === "GPU") ??
    devices.find(({ type }) => type === "CPU")!;
}

/**
 * The device that a user names.
 *
 * @throws {RangeError} If there is none of that name.
 */
export function chooseDevice(
  devices: readonly Device[],
  wanted?: string,
): Device {
  if (wanted === undefined) return preferredDevice(devices);
  const names = new Map<string, Device>();
  for (const type of ["CPU", "GPU"]) {
    devices.filter((device) => device.type === type).forEach((device, i) => {
      if (i === 0) names.set(type.toLowerCase(), device);
      names.set(`${type.toLowerCase()}:${i}`, device);
    });
  }
  const found = names.get(wanted.toLowerCase()) ??
    devices.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new RangeError(
      `device must be one of ${[...names.keys()].join(", ")}, got ${wanted}`,
    );
  }
  return found;
}

function checkOptions(options: ContextOptions): void {
  for (const key of ["intraOpThreads", "interOpThreads"] as const) {
    checkInteger(key, options[key] ?? 0, 0, 1024);
  }
  const fraction = options.memoryFraction;
  if (fraction !== undefined && !(fraction > 0 && fraction <= 1)) {
    throw new RangeError(`memoryFraction must be in (0, 1], got ${fraction}`);
  }
}

/** Allows or forbids TensorFloat-32 in the whole process. */
function allowTensorFloat32({ api }: TensorFlowLibrary, allow: boolean): void {
  const set = api._ZN3tsl32enable_tensor_float_32_executionEb;
  if (set) set(allow ? 1 : 0);
  else if (!allow) {
    throw new Error(
      "This libtensorflow cannot switch TensorFloat-32 off: set NVIDIA_TF32_OVERRIDE=0 in the environment in place of tensorFloat32: false",
    );
  }
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
  checkOptions(options);
  allowTensorFloat32(library, options.tensorFloat32 ?? true);
  if (options.intraOpThreads) {
    // Or the first context's threads would serve all others of the process.
    Deno.env.set("TF_OVERRIDE_GLOBAL_THREADPOOL", "1");
  }
  const { api, status } = library;
  const contextOptions = api.TFE_NewContextOptions();
  const config = configProto(options);
  let pointer: Pointer;
  try {
    const length = BigInt(config.length);
    api.TFE_ContextOptionsSetConfig(contextOptions, config, length, status);
    library.check("TensorFlow refused the configuration");
    pointer = api.TFE_NewContext(contextOptions, status);
    library.check("TensorFlow could not start");
  } finally {
    api.TFE_DeleteContextOptions(contextOptions);
  }
  try {
    const devices = listDevices(library, pointer);
    const device = chooseDevice(devices, options.device);
    const placement = device === preferredDevice(devices)
      ? undefined
      : cString(device.name);
    return { pointer, config, devices, device, placement };
  } catch (error) {
    api.TFE_DeleteContext(pointer);
    throw error;
  }
}
