/**
 * The thread of {@linkcode preparePictures}: draws the figures that it is sent, one
 * after the other.
 *
 * @module
 */
/// <reference lib="deno.worker" />
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

// What draws is loaded before it is asked for.
let before: Promise<unknown> = plotlyPage();

self.onmessage = ({ data }: MessageEvent<PictureRequest>) => {
  before = before.then(() => answer(data));
};

async function answer({ id, figure, options }: PictureRequest): Promise<void> {
  const result = await renderPng(figure, options)
    .catch((error: Error) => error);
  const reply: PictureReply = { id, result: result as PictureReply["result"] };
  self.postMessage(reply);
}
