/**
 * Mutated files of data: each is read or refused with a DatasetError; none crashes
 * or hangs. `SLOPE_FUZZ=10000` reads so many of each form.
 *
 * @module
 */
import { ok } from "node:assert";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { join } from "node:path";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readOwnData } from "../../../lib/datasets/own/read_own_data.ts";
import { Purpose, randomStream } from "../../../lib/random/stream.ts";
import { encodeZip } from "../../../lib/zip/mod.ts";
import { mutated } from "../../saved_models/mutated.ts";
import { npy } from "../../support/npy.ts";
import { withFolder } from "../../support/with_folder.ts";

const COUNT = Number(Deno.env.get("SLOPE_FUZZ") ?? 100);
const LONGEST = 5000;

const pixels = Uint8Array.from({ length: 64 }, (_, i) => 4 * i);
const picture = { width: 4, height: 4, data: pixels };

const files: Record<string, Uint8Array> = {
  "a.npz": encodeZip({
    "x.npy": npy("<f4", [2, 2], Float32Array.of(1, 2, 3, 4)),
    "y.npy": npy("<i8", [2], BigInt64Array.of(1n, 0n)),
  }),
  "a.csv": new TextEncoder().encode('a,b,"kind"\n1,2,x\n3,4.5,"y"\n-1e3,0,x\n'),
  "images-idx3-ubyte": Uint8Array.of(
    ...[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255],
  ),
  "a.bin": new Uint8Array(3073),
  "f/a/1.png": encodePng({ ...picture, channels: 4, depth: 8 }),
  "f/a/1.jpg": encodeJpeg(picture).data,
};

for (const [name, original] of Object.entries(files)) {
  Deno.test(`mutations of ${name}`, async () => {
    const random = randomStream(11, Purpose.split, COUNT);
    await withFolder(async (folder) => {
      await Deno.mkdir(join(folder, "f", "a"), { recursive: true });
      await Deno.writeFile(
        join(folder, "labels-idx1-ubyte"),
        Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 3),
      );
      const path = name.startsWith("f/") ? "f" : name;
      for (let i = 0; i < COUNT; i++) {
        await Deno.writeFile(join(folder, name), mutated(original, random));
        const start = performance.now();
        try {
          await readOwnData(join(folder, path));
        } catch (error) {
          ok(error instanceof DatasetError, `mutation ${i}: ${error}`);
          ok(!error.message.includes("\n"), error.message);
        }
        const time = performance.now() - start;
        ok(time < LONGEST, `mutation ${i} took ${time.toFixed(0)} ms`);
      }
    });
  });
}
