/**
 * The memory of NVIDIA GPUs, asked of the driver (NVML).
 *
 * @module
 */

/** A GPU's memory, whoever uses it. */
export interface GpuMemory {
  /** The model, such as `NVIDIA H200`. */
  name: string;
  /** Bytes in use, by all processes together. */
  usedBytes: number;
  /** Bytes that there are. */
  totalBytes: number;
}

/** `NVML_DEVICE_NAME_V2_BUFFER_SIZE` */
const NAME_BYTES = 96;

function openNvml(library: string) {
  return Deno.dlopen(library, {
    nvmlInit_v2: { parameters: [], result: "i32" },
    nvmlShutdown: { parameters: [], result: "i32" },
    nvmlDeviceGetCount_v2: { parameters: ["buffer"], result: "i32" },
    nvmlDeviceGetHandleByIndex_v2: {
      parameters: ["u32", "buffer"],
      result: "i32",
    },
    nvmlDeviceGetName: {
      parameters: ["pointer", "buffer", "u32"],
      result: "i32",
    },
    nvmlDeviceGetMemoryInfo: {
      parameters: ["pointer", "buffer"],
      result: "i32",
    },
  });
}

/**
 * The memory of every NVIDIA GPU of the machine, in the driver's order; empty
 * where there is no driver.
 *
 * @param library The name of NVML's library.
 */
export function nvidiaMemory(
  library: string = "libnvidia-ml.so.1",
): GpuMemory[] {
  let nvml: ReturnType<typeof openNvml>;
  try {
    nvml = openNvml(library);
  } catch {
    return [];
  }
  const { symbols } = nvml;
  if (symbols.nvmlInit_v2() !== 0) {
    nvml.close();
    return [];
  }
  try {
    const count = new Uint32Array(1);
    symbols.nvmlDeviceGetCount_v2(count);
    const found: GpuMemory[] = [];
    for (let i = 0; i < count[0]!; i++) {
      const address = new BigUint64Array(1);
      const name = new Uint8Array(NAME_BYTES);
      const memory = new BigUint64Array(3); // total, free, used
      if (symbols.nvmlDeviceGetHandleByIndex_v2(i, address) !== 0) continue;
      const device = Deno.UnsafePointer.create(address[0]!);
      symbols.nvmlDeviceGetName(device, name, NAME_BYTES);
      if (symbols.nvmlDeviceGetMemoryInfo(device, memory) !== 0) continue;
      found.push({
        name: new TextDecoder().decode(name.subarray(0, name.indexOf(0))),
        usedBytes: Number(memory[2]),
        totalBytes: Number(memory[0]),
      });
    }
    return found;
  } finally {
    symbols.nvmlShutdown();
    nvml.close();
  }
}
