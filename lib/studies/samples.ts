/**
 * Samples: a few test examples beside what a trained network makes of them, for
 * figures that show pictures.
 *
 * @module
 */
import { join } from "node:path";
import { decodePicture } from "../datasets/formats/picture.ts";
import { writeWhole } from "../files/write_whole.ts";

/** Pictures of test examples, each a PNG file in base64. */
export interface Samples {
  /** What the network was given. */
  input: string[];
  /** What belongs to it. */
  truth: string[];
  /** What the network made of it. */
  output: string[];
}

/** A picture of samples: its size, and red, green and blue in [0, 1]. */
export function samplePicture(
  file: string,
): { height: number; width: number; colours: Float32Array } {
  const { height, width, data } = decodePicture(
    Uint8Array.fromBase64(file),
    "a sample",
  );
  const colours = Float32Array.from(
    { length: height * width * 3 },
    (_, i) => data[4 * Math.floor(i / 3) + i % 3]! / 255,
  );
  return { height, width, colours };
}

const FILE = "samples.json";

/** Writes samples to the folder of their run. */
export async function writeSamples(
  folder: string,
  samples: Samples,
): Promise<void> {
  await writeWhole(join(folder, FILE), JSON.stringify(samples) + "\n");
}

/** The samples in the folder of a run, if there are any. */
export async function readSamples(
  folder: string,
): Promise<Samples | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, FILE)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
