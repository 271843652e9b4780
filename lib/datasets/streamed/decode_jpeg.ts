/**
 * Fast decoding of JPEG pictures, for threads that do nothing else.
 *
 * @module
 */
import decode, { init } from "@jsquash/jpeg/decode.js";
import { DatasetError } from "../dataset_error.ts";
import { decodePicture, type Picture } from "../formats/picture.ts";

/** What a JPEG claims to hold. */
interface Frame {
  height: number;
  width: number;
  components: number;
}

let module: WebAssembly.Module | undefined;

/**
 * Loads the decoder. It is compiled at once: V8 does not survive a thread that is ended
 * while it compiles in the background.
 */
async function load(): Promise<void> {
  const name = "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
  module ??= new WebAssembly.Module(
    Deno.readFileSync(new URL(import.meta.resolve(name))),
  );
  await init({
    instantiateWasm(
      imports: WebAssembly.Imports,
      use: (instance: WebAssembly.Instance) => void,
    ) {
      const instance = new WebAssembly.Instance(module!, imports);
      use(instance);
      return instance.exports;
    },
    // libjpeg has a line for each thing that it mends.
    print() {},
    printErr() {},
  });
}

await load();

/** The frame's header; undefined where there is none. */
function frameOf(bytes: Uint8Array): Frame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    // Fill bytes may precede a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf &&
      ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: bytes[at + 9]!,
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/**
 * Decodes a JPEG by libjpeg (mozjpeg, in WebAssembly), four times as fast as
 * `decodePicture`; what libjpeg does not make colours of, such as CMYK, by
 * `decodePicture`. A picture that breaks off is taken as far as it goes.
 *
 * @param bytes The file, which begins as a JPEG does.
 * @param path Its path, for errors.
 * @param mostPixels The most pixels: larger pictures are refused before memory is taken.
 * @throws {DatasetError} If it is damaged or too large.
 */
export async function decodeJpeg(
  bytes: Uint8Array,
  path: string,
  mostPixels: number,
): Promise<Picture> {
  const frame = frameOf(bytes);
  const pixels = frame && frame.height * frame.width;
  if (pixels !== undefined && pixels > mostPixels) {
    throw new DatasetError(
      `${path}: must have 1 to ${mostPixels} pixels, got ${frame!.width} × ${
        frame!.height
      }`,
    );
  }
  if (frame && pixels && frame.components <= 3) {
    try {
      const { height, width, data } = await decode(
        new Uint8Array(bytes).buffer,
      );
      return {
        height,
        width,
        channels: 4,
        data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      };
    } catch {
      // What ran out of memory cannot be used again.
      await load();
    }
  }
  return decodePicture(bytes, path, { mostPixels, tolerant: true });
}
