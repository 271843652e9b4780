/**
 * `deno task kernel`: makes Slope's kernel known to Jupyter, or takes it away.
 *
 * @module
 */
import { jupyterDataDirectory } from "../kernel/spec/data_directory.ts";
import {
  DEFAULT_NAME,
  faultsOf,
  installKernel,
  listKernels,
  removeKernel,
  specPath,
} from "../kernel/spec/install.ts";
import { DISPLAY_NAME, kernelSpec } from "../kernel/spec/kernel_spec.ts";
import { runCommand, UsageError } from "./command.ts";

const help = `
Usage: deno task kernel [--name NAME] [--remove | --list | --dry-run]

Makes the kernel "${DISPLAY_NAME}" known to Jupyter, for you alone. It is Deno's
kernel, in which no output is lost, Stop stops, errors are short, and
import … from "slope" works in any folder. It runs this checkout with this deno;
run the command again when you move either.

Options:
  --name NAME   the name that notebooks know it by (default: ${DEFAULT_NAME})
  --list        print the kernels of Slope that are installed
  --remove      remove the kernel
  --dry-run     print what would be written, and where
  --help        print this

Environment:
  JUPYTER_DATA_DIR, XDG_DATA_HOME   where Jupyter keeps its data

Exit code: 0 done, 1 failed, 2 bad usage.
`;

await runCommand({
  name: "kernel",
  help,
  options: { boolean: ["remove", "list", "dry-run"], string: ["name"] },
  async run({ name = DEFAULT_NAME, remove, list, "dry-run": dryRun }) {
    if ([remove, list, dryRun].filter(Boolean).length > 1) {
      throw new UsageError("only one of --remove, --list and --dry-run");
    }
    const data = jupyterDataDirectory(Deno.env);
    const path = usable(() => specPath(data, name));
    if (list) return await printKernels(data);
    if (dryRun) {
      console.log(`${path}\n${JSON.stringify(kernelSpec(), null, 2)}`);
      return;
    }
    if (remove) {
      const removed = await removeKernel(data, name);
      console.log(removed ? `Removed ${removed}` : "Nothing to remove");
      return;
    }
    if (Deno.build.os === "windows") {
      throw new Error(
        "Slope's kernel runs on Linux and macOS; on Windows use Deno's own, `deno jupyter --install`",
      );
    }
    const written = await installKernel(data, name);
    console.log(`Jupyter now has the kernel "${DISPLAY_NAME}": ${written}`);
  },
});

async function printKernels(data: string): Promise<void> {
  const kernels = await listKernels(data);
  for (const kernel of kernels) {
    const faults = await faultsOf(kernel);
    console.log(
      [kernel.name, kernel.path, ...faults].join("  "),
    );
  }
  if (kernels.length === 0) console.log(`No kernel of Slope in ${data}`);
}

/** A name that is refused is bad usage. */
function usable<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}
