/**
 * A thread of {@linkcode pictureThreads}: reads the pictures that it is asked for, one
 * after the other.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";
import type { ChannelStatistics } from "../channel_statistics.ts";
import { fitPicture } from "../formats/fit_picture.ts";
import { decodePicture, refusePalette } from "../formats/picture.ts";
import { readContents } from "../io/read_contents.ts";
import { standardise } from "../standardise.ts";
import { decodeJpeg } from "./decode_jpeg.ts";
import { areaOf, mirrorInPlace, type Piece } from "./piece.ts";

/** A piece of a picture to read. */
export interface PieceRequest {
  id: number;
  path: string;
  /** Rows and columns of the result. */
  size: number;
  piece: Piece;
  /** What it is standardised by, if it is. */
  statistics: ChannelStatistics | undefined;
}

/** What became of it. */
export interface PieceReply {
  id: number;
  /** `size` × `size` × 3 numbers, or why there are none, in a line. */
  result: Float32Array<ArrayBuffer> | string;
}

/** The most bytes of a picture's file. */
const MOST_BYTES = 1 << 26;

/** The most pixels of a picture: more than elsewhere, for photographs are as they were taken. */
const MOST_PIXELS = 1 << 26;

let before: Promise<unknown> = Promise.resolve();

parentPort!.on("message", (request: PieceRequest) => {
  before = before.then(() => answer(request));
});

async function answer(request: PieceRequest): Promise<void> {
  const result = await read(request)
    .catch((error: Error) => error.message);
  const reply: PieceReply = { id: request.id, result };
  if (typeof result === "string") parentPort!.postMessage(reply);
  else parentPort!.postMessage(reply, [result.buffer]);
}

async function read(
  { path, size, piece, statistics }: PieceRequest,
): Promise<Float32Array<ArrayBuffer>> {
  const { bytes } = await readContents(path, { least: 1, most: MOST_BYTES });
  refusePalette(bytes, path);
  const picture = bytes[0] === 0xff && bytes[1] === 0xd8
    ? await decodeJpeg(bytes, path, MOST_PIXELS)
    : decodePicture(bytes, path, { mostPixels: MOST_PIXELS });
  const inputs = new Float32Array(size * size * 3);
  fitPicture(picture, [size, size], inputs, areaOf(piece, picture));
  if (piece.mirrored) mirrorInPlace(inputs, size);
  if (statistics !== undefined) {
    standardise(
      { count: 1, inputs, labels: new Int32Array(1) },
      statistics,
      inputs,
    );
  }
  return inputs;
}
