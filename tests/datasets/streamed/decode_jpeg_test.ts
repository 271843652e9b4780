/** The fast decoder of JPEGs against the slow one. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { encode } from "jpeg-js";
import { decodePicture } from "../../../lib/datasets/formats/picture.ts";
import { decodeJpeg } from "../../../lib/datasets/streamed/decode_jpeg.ts";
import { jpeg } from "../io/picture_folders.ts";

const MOST = 1 << 20;

/** The largest difference of a colour from `decodePicture`'s. */
async function largestDifference(file: Uint8Array): Promise<number> {
  const fast = await decodeJpeg(file, "fast", MOST);
  const slow = decodePicture(file, "slow", { tolerant: true });
  deepStrictEqual([fast.height, fast.width], [slow.height, slow.width]);
  let largest = 0;
  for (let i = 0; i < fast.height * fast.width; i++) {
    for (let c = 0; c < 3; c++) {
      const a = fast.data[i * fast.channels + c]!;
      const b = slow.data[i * slow.channels + c]!;
      largest = Math.max(largest, Math.abs(a - b));
    }
  }
  return largest;
}

Deno.test("both decoders give the same colours but for rounding", async () => {
  for (
    const [width, height] of [[16, 8], [33, 17], [1, 1], [40, 75]] as const
  ) {
    const file = jpeg(width, height, (x, y) => [3 * x, 3 * y, 128]);
    const difference = await largestDifference(file);
    ok(difference <= 3, `${width} × ${height}: ${difference}`);
  }
});

// 16 × 8 pixels of CMYK (0, 128, 255, 0), by Pillow 12.
const CMYK = Uint8Array.fromBase64(
  "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/Kjr+f8Ar9/KKKKK/9k=",
);

Deno.test("CMYK, which libjpeg makes no colours of, is read all the same", async () => {
  const { height, width, channels, data } = await decodeJpeg(
    CMYK,
    "cmyk",
    MOST,
  );
  deepStrictEqual([height, width, channels], [8, 16, 3]);
  [255, 127, 0].forEach((value, c) =>
    ok(Math.abs(data[3 * 40 + c]! - value) <= 3, `${data.slice(120, 123)}`)
  );
});

Deno.test("what breaks off is taken as far as it goes, what is no picture is not", async () => {
  const file = jpeg(64, 64, (x, y) => [4 * x, 4 * y, 200]);
  const half = file.subarray(0, Math.floor(file.length / 2));
  const whole = await decodeJpeg(file, "whole", MOST);
  const broken = await decodeJpeg(half, "broken", MOST);
  strictEqual(broken.data.length, whole.data.length);
  deepStrictEqual(broken.data.subarray(0, 64), whole.data.subarray(0, 64));
  await rejects(
    decodeJpeg(file.subarray(0, 20), "nothing.jpg", MOST),
    /nothing\.jpg: is damaged/,
  );
});

Deno.test("a file that claims a huge picture is refused before memory is taken", async () => {
  const file = jpeg(8, 8, () => [1, 2, 3]);
  const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
  const huge = file.slice();
  huge.set([0xff, 0xff, 0xff, 0xff], at + 5);
  await rejects(
    decodeJpeg(huge, "huge.jpg", MOST),
    /huge\.jpg: must have 1 to 1048576 pixels, got 65535 × 65535/,
  );
  // The decoder is as it was.
  ok(await largestDifference(file) <= 3);
});

Deno.test("mutated files give a picture or a fault, and nothing else", async () => {
  const width = 24, height = 16;
  const data = Uint8Array.from(
    { length: 4 * width * height },
    (_, i) => i % 251,
  );
  const file = new Uint8Array(encode({ width, height, data }, 60).data);
  let state = 7;
  const next = (below: number) =>
    (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
  let pictures = 0;
  for (let i = 0; i < 2000; i++) {
    const mutated = file.slice(0, file.length - next(2) * next(file.length));
    for (let j = 0; j <= next(4); j++) {
      mutated[2 + next(mutated.length)] = next(256);
    }
    try {
      const { height, width, channels, data } = await decodeJpeg(
        mutated,
        "mutated.jpg",
        MOST,
      );
      strictEqual(data.length, height * width * channels);
      pictures++;
    } catch (error) {
      strictEqual((error as Error).name, "DatasetError", String(error));
    }
  }
  ok(pictures > 500 && pictures < 2000, String(pictures));
});
