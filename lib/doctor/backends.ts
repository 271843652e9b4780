import { formatBytes } from "../files/mod.ts";
import { findProvisioned } from "../runtime/provision/mod.ts";
import type { Finding } from "./finding.ts";
import type { Measurement } from "./measure_backend.ts";

/** A backend must start and be measured in this time. */
const patience = 60_000;

/** What to do about a backend that does not work. */
const advice = {
  tensorflow:
    "correct SLOPE_LIBTENSORFLOW if it is set, else run `deno task setup --remove` and `deno task setup`; until then use the wasm backend",
  webgpu:
    "install the GPU's Vulkan driver (on Debian mesa-vulkan-drivers), or use another backend",
  wasm: "report it, with what this says",
  cpu: "report it, with what this says",
} as const;

/**
 * Whether each backend starts, on which devices, and how fast it is.
 *
 * Each is tried in a process of its own: a library that was built for another
 * kind of processor ends the process that loads it.
 *
 * @param signal Ends it.
 * @returns One finding per backend, best backend first, as each is done.
 */
export async function* examineBackends(
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  // Starting tensorflow would fetch it, which is for `setup` to do.
  const found = await findProvisioned().catch(() => undefined);
  yield found ? await examineBackend("tensorflow", signal) : {
    name: "tensorflow",
    status: "missing",
    detail: "needs libtensorflow",
    advice: "run `deno task setup`",
  };
  for (const name of ["webgpu", "wasm", "cpu"] as const) {
    yield await examineBackend(name, signal);
  }
}

/**
 * Whether a backend starts, on which devices, and how fast it is.
 *
 * @param name The backend.
 * @param signal Ends it.
 * @param program The program that measures it; for tests.
 * @returns The finding.
 */
export async function examineBackend(
  name: keyof typeof advice,
  signal: AbortSignal,
  program: string = import.meta.resolve("./measure_backend.ts"),
): Promise<Finding> {
  const result = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-env"],
      ...["--allow-sys", "--allow-ffi", "--allow-net", program, name],
    ],
    stdin: "null",
    env: { NO_COLOR: "1" }, // what it says is read, not shown
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  }).output();
  signal.throwIfAborted();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (result.success) return describe(name, JSON.parse(text(result.stdout)));
  const reason = reasonIn(text(result.stderr));
  return {
    name,
    status: reason.includes("found no adapter") ? "missing" : "broken",
    detail: result.signal ? `it was ended by ${result.signal}` : reason,
    advice: result.signal === "SIGILL"
      ? "this processor is too old for libtensorflow: use the wasm backend"
      : advice[name],
  };
}

function describe(name: string, measurement: Measurement): Finding {
  const { info, size, gigaflops } = measurement;
  const devices = info.devices.map(({ type, memoryBytes }) =>
    type === "CPU" ? type : `${type} with ${formatBytes(memoryBytes)}`
  );
  return {
    name,
    status: "ok",
    detail: `${info.version} on ${devices.join(", ") || info.device}: ${
      gigaflops.toPrecision(3)
    } GFLOP/s (float32 product of ${size} × ${size} matrices)`,
    values: { ...info, size, gigaflops },
  };
}

/** The line of a failed program's last words that says why. */
function reasonIn(stderr: string): string {
  const lines = stderr.split("\n");
  const line =
    lines.find((line) => /^(error: )?(Uncaught )?.*Error: /.test(line)) ??
      lines.find((line) => line.startsWith("error: ")) ?? lines.at(-1)!;
  return line.replace(/^error: (Uncaught )?(\(in promise\) )?(Error: )?/, "")
    .slice(0, 400);
}
