/** Pictures: the pixels that Pillow reads, and files that would do harm. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { deflateSync } from "node:zlib";
import { decodePicture } from "../../../lib/datasets/formats/picture.ts";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { pngFile } from "../../../lib/figures/encode_png.ts";
import expected from "../../golden/pictures/expected.json" with {
  type: "json",
};

const folder = new URL("../../golden/pictures/", import.meta.url);
const read = (name: string) => Deno.readFileSync(new URL(name, folder));
const { height, width } = expected;

for (const name of ["colours.png", "opacity.png", "classes.png"] as const) {
  Deno.test(`decodePicture: ${name} as Pillow reads it, to the byte`, () => {
    const pixels = Uint8Array.fromHex(expected[name]);
    deepStrictEqual(decodePicture(read(name), name), {
      height,
      width,
      channels: pixels.length / height / width,
      data: pixels,
    });
  });
}

for (const name of ["baseline.jpg", "progressive.jpg"] as const) {
  Deno.test(`decodePicture: ${name} as Pillow reads it, within 2 levels`, () => {
    const { channels, data, ...size } = decodePicture(read(name), name);
    deepStrictEqual(size, { height, width });
    strictEqual(channels, 3);
    const pixels = [...Uint8Array.fromHex(expected[name])];
    strictEqual(data.length, pixels.length);
    const most = Math.max(
      ...pixels.map((value, i) => Math.abs(value - data[i]!)),
    );
    ok(most <= 2, `${most} levels`);
  });
}

function refused(bytes: Uint8Array, message: RegExp) {
  throws(
    () => decodePicture(bytes, "some/file"),
    (error) => {
      ok(error instanceof DatasetError, String(error));
      ok(error.message.startsWith("some/file: "), error.message);
      ok(!error.message.includes("\n"), error.message);
      ok(message.test(error.message), error.message);
      return true;
    },
  );
}

Deno.test("decodePicture: refuses what is no picture or a damaged one", () => {
  refused(new Uint8Array(), /neither a PNG nor a JPEG/);
  refused(new TextEncoder().encode("GIF89a"), /neither/);
  for (const name of ["colours.png", "baseline.jpg"]) {
    const bytes = read(name);
    refused(bytes.subarray(0, bytes.length - 40), /damaged/);
    refused(bytes.subarray(0, 3), /damaged/);
  }
  const flipped = read("colours.png").slice();
  flipped[60]! ^= 0xff;
  refused(flipped, /damaged/);
});

Deno.test("decodePicture: small files that claim or unpack to a lot", () => {
  const rows = deflateSync(new Uint8Array(1 << 26));
  refused(
    pngFile(100_000, 100_000, 6, [["IDAT", rows]]),
    /must have 1 to 16777216 pixels, got 100000 × 100000/,
  );
  refused(pngFile(4, 4, 6, [["IDAT", rows]]), /damaged or too large/);
  // Chunks that no pixel depends on are not unpacked at all.
  const profile = new Uint8Array(rows.length + 3);
  profile.set(new TextEncoder().encode("x"));
  profile.set(rows, 3);
  const packed = deflateSync(new Uint8Array(4 * (4 * 4 + 1)));
  const file = pngFile(4, 4, 6, [["iCCP", profile], ["IDAT", packed]]);
  strictEqual(decodePicture(file, "with a profile").data.length, 64);
});

Deno.test("decodePicture: refuses 16 bits a channel", () => {
  const deep = read("colours.png").slice();
  deep[24] = 16;
  refused(
    deep,
    /must have 8 bits a channel and not be interlaced, got 16 bits/,
  );
});
