/**
 * Chooses and starts the backend that tensors run on.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { displayedAsText } from "../figures/displayed.ts";
import { provision, type ProvisionOptions } from "./provision/mod.ts";
import { setTensorFlowBackend } from "./state.ts";
import type { Binding } from "./tensorflow/binding.ts";
import type { ContextOptions, Device } from "./tensorflow/context.ts";

export type { ContextOptions, Device } from "./tensorflow/context.ts";

/** The backends that Slope can use, best first. */
export const backendNames = ["tensorflow", "webgpu", "wasm", "cpu"] as const;

/** The name of a backend. */
export type BackendName = typeof backendNames[number];

/**
 * Options of {@linkcode initialize}; threads, device, memory and precision are for
 * the tensorflow backend.
 */
export interface RuntimeOptions extends ContextOptions {
  /**
   * The backend; `"auto"` is tensorflow where libtensorflow can be had, else
   * wasm.
   *
   * @default {"auto"}
   */
  backend?: BackendName | "auto";
  /**
   * Told how a download of libtensorflow goes: bytes done, bytes in all (0 where
   * that is not known), and what is being done.
   */
  onProgress?: (done: number, total: number, note: string) => void;
  /** Told, in one line, why a lesser backend was taken. Default: `console.warn`. */
  onFallback?: (reason: string) => void;
  /** Ends a download of libtensorflow; what came so far is kept for the next time. */
  signal?: AbortSignal | undefined;
}

/** What {@linkcode initialize} started. */
export interface RuntimeInfo {
  /** The backend in use. */
  backend: BackendName;
  /** The version of libtensorflow, or of TensorFlow.js elsewhere. */
  version: string;
  /** Where libtensorflow was found; empty on other backends. */
  library: string;
  /** The device that work goes to, such as `CPU` or `GPU`. */
  device: string;
  /** TensorFlow's name of that device; empty on other backends. */
  deviceName: string;
  /** All devices that libtensorflow sees; empty on other backends. */
  devices: readonly Device[];
  /** As asked for; 0 where TensorFlow chose. */
  intraOpThreads: number;
  /** As asked for; 0 where TensorFlow chose. */
  interOpThreads: number;
}

let current: { info: RuntimeInfo; key: string } | undefined;

function describe(backend: BackendName, version: string): RuntimeInfo {
  return {
    backend,
    version,
    library: "",
    device: backend === "webgpu" ? "GPU" : "CPU",
    deviceName: "",
    devices: [],
    intraOpThreads: 0,
    interOpThreads: 0,
  };
}

/** The tensorflow backend that was started last, and with which settings. */
let running: { binding: Binding; info: RuntimeInfo; key: string } | undefined;

function keyOf(settings: ContextOptions): string {
  return JSON.stringify(settings, Object.keys(settings).sort());
}

async function startTensorFlow(
  settings: ContextOptions,
  work: ProvisionOptions,
): Promise<RuntimeInfo> {
  const key = keyOf(settings);
  if (running?.key === key && tf.findBackend("tensorflow")) {
    await tf.setBackend("tensorflow");
    return running.info;
  }
  const { library } = await provision(work);
  const { openLibrary } = await import("./tensorflow/library.ts");
  const { Binding } = await import("./tensorflow/binding.ts");
  const { newBackend } = await import("./tensorflow/backend.ts");
  const { trace } = await import("./tensorflow/trace.ts");
  const { accelerateLayers } = await import("./layers.ts");
  const binding = new Binding(openLibrary(library), settings);
  const backend = newBackend(binding);
  if (tf.findBackend("tensorflow")) tf.removeBackend("tensorflow");
  // The kernels come with "@tensorflow/tfjs-node-gpu", under this name.
  tf.registerBackend("tensorflow", () => backend);
  await tf.setBackend("tensorflow");
  setTensorFlowBackend({ backend, trace });
  accelerateLayers();
  running?.binding.retire();
  const { device, devices } = binding.context;
  const info: RuntimeInfo = {
    backend: "tensorflow",
    version: binding.TF_Version,
    library,
    device: device.type,
    deviceName: device.name,
    devices,
    intraOpThreads: settings.intraOpThreads ?? 0,
    interOpThreads: settings.interOpThreads ?? 0,
  };
  running = { binding, info, key };
  return info;
}

async function startOther(
  backend: Exclude<BackendName, "tensorflow">,
): Promise<RuntimeInfo> {
  if (backend === "wasm") {
    const { registerWasmBackend } = await import("./wasm/mod.ts");
    await registerWasmBackend();
  } else if (backend === "webgpu") {
    const { registerWebgpuBackend } = await import("./webgpu/mod.ts");
    await registerWebgpuBackend();
  } else {
    const { registerCpuBackend } = await import("./cpu/mod.ts");
    registerCpuBackend();
  }
  await tf.setBackend(backend);
  await tf.ready();
  return describe(backend, tf.version_core);
}

/**
 * Starts a backend and makes it TensorFlow.js's current one.
 *
 * libtensorflow is fetched the first time. Called again with the same options it
 * does nothing; with others (threads, device) it starts the backend anew: tensors
 * and variables made before move over when they are next used, and compiled
 * functions are compiled anew. What belongs to the process stays as the first
 * start set it: memoryFraction, and the number of threads for operations of shapes
 * that ran before.
 *
 * @param options Backend, threads, device.
 * @returns What was started.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} If the backend that was asked for by name cannot be had.
 * @throws {DOMException} An `AbortError`, if the signal ends it.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { backend } = await initialize();
 * strictEqual(tf.getBackend(), backend);
 * ```
 */
export async function initialize(
  options: RuntimeOptions = {},
): Promise<RuntimeInfo> {
  const {
    backend = "auto",
    onFallback = console.warn,
    onProgress,
    signal,
    ...settings
  } = options;
  const work = {
    ...onProgress ? { onProgress } : {},
    ...signal ? { signal } : {},
  };
  if (backend !== "auto" && !backendNames.includes(backend)) {
    throw new RangeError(
      `backend must be auto, ${backendNames.join(", ")}, got ${backend}`,
    );
  }
  const key = `${backend} ${keyOf(settings)}`;
  if (current?.key === key && tf.getBackend() === current.info.backend) {
    return current.info;
  }
  let info: RuntimeInfo;
  if (backend === "auto") {
    try {
      info = await startTensorFlow(settings, work);
    } catch (error) {
      if (error instanceof RangeError) throw error; // wrong options
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      onFallback(`Using the slower wasm backend: ${reason}`);
      info = await startOther("wasm");
    }
  } else if (backend === "tensorflow") {
    info = await startTensorFlow(settings, work);
  } else {
    info = await startOther(backend);
  }
  current = { info: displayedAsText(info, textOf(info)), key };
  return info;
}

/** What is in use, such as "tensorflow 2.21.0 on the CPU, 2 threads". */
function textOf(info: RuntimeInfo): string {
  const { backend, version, device, intraOpThreads: threads } = info;
  const share = device !== "CPU" || threads === 0
    ? ""
    : `, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return `${backend} ${version} on the ${device}${share}`;
}

/**
 * What {@linkcode initialize} started last, if anything.
 *
 * @example
 * ```ts
 * import { initialize, runtimeInfo } from "./initialize.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(runtimeInfo(), undefined);
 * const info = await initialize({ intraOpThreads: 1 });
 * strictEqual(runtimeInfo(), info);
 * strictEqual(info.intraOpThreads, 1);
 * ```
 */
export function runtimeInfo(): RuntimeInfo | undefined {
  return current?.info;
}
