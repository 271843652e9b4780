/**
 * The thread of {@linkcode preparePictures}: draws the figures that it is sent, one
 * after the other.
 *
 * @module
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort } from "node:worker_threads";
import type { Figure } from "./figure.ts";
import { plotlyPage } from "./plotly_page.ts";
import { type PngOptions, renderPng } from "./render_png.ts";

/** A figure to draw. */
export interface PictureRequest {
  id: number;
  figure: Figure;
  options: PngOptions;
}

/** What became of it. */
export interface PictureReply {
  id: number;
  /** The image, or why there is none. */
  result: Uint8Array<ArrayBuffer> | Error;
}

// A picture leaves two megabytes of garbage, and a thread that rests between pictures
// would let more than a hundred pile up.
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

// What draws is loaded before it is asked for.
let before: Promise<unknown> = plotlyPage();

parentPort!.on("message", (request: PictureRequest) => {
  before = before.then(() => answer(request));
});

async function answer({ id, figure, options }: PictureRequest): Promise<void> {
  const result = await renderPng(figure, options)
    .catch((error: Error) => error);
  const reply: PictureReply = { id, result: result as PictureReply["result"] };
  parentPort!.postMessage(reply);
  collectGarbage();
}
