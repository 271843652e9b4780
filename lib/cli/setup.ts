/**
 * `deno task setup`: gets libtensorflow onto this machine, or takes it away.
 *
 * @module
 */
import { formatBytes, sizeOf } from "../files/mod.ts";
import {
  provision,
  type Provisioned,
  removeProvisioned,
} from "../runtime/provision/mod.ts";
import { openLibrary } from "../runtime/tensorflow/library.ts";
import { runCommand, UsageError } from "./command.ts";
import { createProgress } from "../terminal/progress.ts";

const help = `
Usage: deno task setup [--gpu] [--remove] [--json]

Fetches libtensorflow, which the tensorflow backend runs on, from the Python
Package Index into your cache folder. Other commands do so by themselves when
they first need it. It is fetched once, 274 MB, and takes 853 MB of disk.

Options:
  --gpu      fetch the one for NVIDIA GPUs: 3.4 GB, 5.3 GB of disk
  --remove   remove all that was fetched
  --json     print the result as JSON
  --help     print this

Environment:
  SLOPE_LIBTENSORFLOW   a libtensorflow of your own to use instead
  SLOPE_CACHE           the folder to keep it in (default: slope in your cache)
  UV_INDEX_URL, PIP_INDEX_URL, pip.conf
                        the package index to fetch it from

Exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted (call it again to go on).
`;

await runCommand({
  name: "setup",
  help,
  options: { boolean: ["gpu", "remove", "json"] },
  async run({ gpu, remove, json }, signal) {
    if (remove) {
      if (gpu) throw new UsageError("--remove removes all; leave out --gpu");
      const removed = await removeProvisioned({ signal }) ?? null;
      if (json) console.log(JSON.stringify({ removed }));
      else console.log(removed ? `Removed ${removed}` : "Nothing to remove");
      return;
    }
    const progress = createProgress({ format: formatBytes });
    let found: Provisioned;
    try {
      found = await provision({
        variant: gpu ? "gpu" : "cpu",
        onProgress: progress.update,
        signal,
      });
    } finally {
      progress.finish();
    }
    // What is here but cannot be loaded would fail later, with less to say.
    const { version } = openLibrary(found.library);
    if (json) {
      console.log(JSON.stringify({ ...found, version }));
      return;
    }
    const size = formatBytes(await sizeOf(found.library));
    console.log(
      `libtensorflow ${version} is ready: ${found.library} (${size})`,
    );
  },
});
