import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { figureBundle, figureTitle, renderPng } from "../../lib/figures/mod.ts";
import { samples } from "./samples.ts";

/** Width, height and how many bytes of the filtered pixels are not zero. */
function inspect(png: Uint8Array): [number, number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (kind === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const pixels = inflateSync(Buffer.concat(parts));
  return [
    view.getUint32(16),
    view.getUint32(20),
    pixels.filter((byte) => byte !== 0).length,
  ];
}

Deno.test("renderPng() scales the figure and draws something", async () => {
  const png = await renderPng(samples.heatMap!, {
    width: 400,
    height: 300,
    scale: 1.5,
  });
  const [width, height, inked] = inspect(png);
  deepStrictEqual([width, height], [600, 450]);
  ok(inked > 5000, `only ${inked} bytes are not blank`);
});

Deno.test("renderPng() draws text: it finds its font", async () => {
  const titled = await renderPng(samples.line!, { scale: 1 });
  const layout = structuredClone(samples.line!.layout);
  layout.meta = { title: "" };
  const bare = await renderPng({ data: samples.line!.data, layout }, {
    scale: 1,
  });
  ok(inspect(titled)[2] > inspect(bare)[2] + 1000);
});

Deno.test("renderPng() refuses a scale out of range", async () => {
  await rejects(renderPng(samples.line!, { scale: 9 }), RangeError);
});

Deno.test("figureBundle() holds plotly, a picture and text, and is JSON", async () => {
  const bundle = await figureBundle(samples.line!, { width: 400, scale: 1 });
  deepStrictEqual(JSON.parse(JSON.stringify(bundle)), bundle);
  strictEqual(bundle["image/png"].slice(0, 8), "iVBORw0K");
  strictEqual(
    bundle["text/plain"],
    "Test error over training\nMean of five seeds; band: 95 % interval.",
  );
  const shown = bundle["application/vnd.plotly.v1+json"];
  strictEqual(figureTitle(shown), "Test error over training");
  ok("template" in shown.layout);
});
