/**
 * A Python environment of its own for PyTorch, under the user's cache.
 *
 * @module
 */
import { join } from "node:path";
import { cacheDirectory } from "../../lib/files/mod.ts";

/** The version that the shipped figures were measured against. */
const TORCH = "torch==2.15.0";

/** PyTorch's own index of builds without CUDA. */
const CPU_INDEX = "https://download.pytorch.org/whl/cpu";

async function run(command: string, ...args: string[]): Promise<boolean> {
  const settings = { args, stdout: "null", stderr: "null" } as const;
  try {
    return (await new Deno.Command(command, settings).output()).success;
  } catch {
    return false; // no such program: thrown at once, not by the promise
  }
}

/**
 * Makes sure that there is a Python with PyTorch, and returns its path.
 *
 * The build without CUDA (200 MB) is taken from PyTorch's own index; where that
 * cannot be reached, the one on PyPI, whose CUDA libraries make it 3 GB to fetch
 * and 5 GB on disk, though only its CPU part is used.
 *
 * @param report Told what is being done.
 * @throws {Error} If Python or PyTorch cannot be had.
 */
export async function torchPython(
  report: (line: string) => void,
): Promise<string> {
  const folder = join(cacheDirectory(), "bench", "torch");
  const python = join(folder, "bin", "python");
  const wanted = `import torch; assert torch.__version__.startswith("${
    TORCH.split("==")[1]
  }")`;
  if (await run(python, "-c", wanted)) return python;
  report(`Installing ${TORCH} into ${folder} …`);
  if (!await run("python3", "-m", "venv", "--clear", folder)) {
    throw new Error(
      "python3 -m venv failed: install Python 3 with its venv module to compare with PyTorch",
    );
  }
  const pip = ["-m", "pip", "install", "--quiet", "--no-cache-dir"];
  if (!await run(python, ...pip, TORCH, "--index-url", CPU_INDEX)) {
    report(`${CPU_INDEX} has none for this machine: PyPI's, 3 GB, instead …`);
    if (!await run(python, ...pip, TORCH)) {
      throw new Error(`pip install ${TORCH} failed: run it by hand to see why`);
    }
  }
  if (!await run(python, "-c", wanted)) {
    throw new Error(`${TORCH} was installed into ${folder} but does not load`);
  }
  return python;
}
