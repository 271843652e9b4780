import { type Environment, formatBytes } from "../files/mod.ts";
import { findProvisioned, pinnedSize } from "../runtime/provision/mod.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether libtensorflow is here, and whether it is the one for this machine's
 * GPU. Nothing is fetched or loaded.
 */
export async function examineLibtensorflow(
  environment: Environment,
): Promise<Finding[]> {
  return [
    await examineLibrary(environment),
    await examineDriver(environment),
  ];
}

async function examineLibrary(environment: Environment): Promise<Finding> {
  const name = "libtensorflow";
  try {
    const found = await findProvisioned({ environment });
    if (found) {
      const own = environment.get("SLOPE_LIBTENSORFLOW");
      const whose = own ? "SLOPE_LIBTENSORFLOW" : found.version;
      const detail = `${found.library} (${whose})`;
      return { name, status: "ok", detail, values: { ...found } };
    }
  } catch (error) {
    return {
      name,
      status: "broken",
      detail: (error as Error).message,
      advice: "correct or unset SLOPE_LIBTENSORFLOW",
    };
  }
  const size = pinnedSize("cpu");
  if (size === undefined) {
    return {
      name,
      status: "missing",
      detail: `there is none for ${Deno.build.os} ${Deno.build.arch}`,
      advice:
        "set SLOPE_LIBTENSORFLOW to one of your own, or use the wasm or webgpu backend",
    };
  }
  return {
    name,
    status: "missing",
    detail: "not fetched yet",
    advice: `run \`deno task setup\`: ${formatBytes(size.download)} to fetch, ${
      formatBytes(size.disk)
    } of disk`,
  };
}

async function examineDriver(environment: Environment): Promise<Finding> {
  const name = "NVIDIA driver";
  const file = "/proc/driver/nvidia/version";
  const text = await Deno.readTextFile(file).catch(() => undefined);
  if (text === undefined) {
    return {
      name,
      status: "missing",
      detail: "none found",
      advice:
        "nothing, unless this machine has an NVIDIA GPU: then install its driver",
    };
  }
  const version = /Kernel Module\D*([\d.]+)/.exec(text)?.[1] ?? "unknown";
  const size = pinnedSize("gpu");
  const own = environment.get("SLOPE_LIBTENSORFLOW");
  const gpu = size && !own &&
    await findProvisioned({ environment, variant: "gpu" });
  if (own || gpu || !size) {
    return { name, status: "ok", detail: version, values: { version } };
  }
  return {
    name,
    status: "missing",
    detail: `driver ${version}, but libtensorflow is not the one for GPUs`,
    advice: `run \`deno task setup --gpu\`: ${
      formatBytes(size.download)
    } to fetch, ${formatBytes(size.disk)} of disk`,
    values: { version },
  };
}
