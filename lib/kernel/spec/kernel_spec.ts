import { fileURLToPath } from "node:url";

/** A Jupyter kernelspec: how a kernel is started, and what it is called. */
export interface KernelSpec {
  /** The command; Jupyter puts a path in the place of `{connection_file}`. */
  argv: string[];
  /** The name that users see. */
  display_name: string;
  /** The language. */
  language: string;
  /** How Jupyter interrupts it. */
  interrupt_mode: "signal";
  /** Variables of its environment. */
  env: Record<string, string>;
  /** What Jupyter passes on unread. */
  metadata: Record<string, unknown>;
}

/** The name that users see. */
export const DISPLAY_NAME = "Slope (Deno)";

/** The program that the kernel is. */
export const LAUNCHER: string = fileURLToPath(
  new URL("../launcher/main.ts", import.meta.url),
);

/**
 * The kernelspec of this checkout and this Deno.
 *
 * The launcher gets the permissions that it needs. Cells get all: Deno's own kernel,
 * which runs them, knows no less.
 */
export function kernelSpec(): KernelSpec {
  return {
    argv: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-config",
      "--no-lock",
      "--no-prompt",
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-run",
      LAUNCHER,
      "{connection_file}",
    ],
    display_name: DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "signal",
    env: { NO_COLOR: "1" },
    metadata: { debugger: false },
  };
}

/** Whether a `kernel.json` starts a kernel of Slope, of whatever checkout. */
export function isSlopeKernel(spec: unknown): spec is KernelSpec {
  const argv = (spec as Partial<KernelSpec> | null)?.argv;
  return Array.isArray(argv) &&
    argv.some((argument) =>
      /[\\/]lib[\\/]kernel[\\/]launcher[\\/]main\.ts$/.test(String(argument))
    );
}
