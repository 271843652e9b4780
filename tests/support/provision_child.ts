/** Provisions into the cache `args[0]` what the manifest `args[1]` says. */
import { provision } from "../../lib/runtime/provision/mod.ts";

let last = "";
try {
  await provision({
    cacheDirectory: Deno.args[0]!,
    manifest: JSON.parse(Deno.args[1]!),
    onProgress: (_, __, note) => {
      if (note !== last) console.log(note);
      last = note;
    },
  });
  console.log("done");
} catch (error) {
  console.log(String(error));
  Deno.exit(1);
}
