import { deepStrictEqual, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
} from "../../lib/files/safetensors.ts";

const golden = (name: string) =>
  Deno.readFileSync(new URL(`../golden/safetensors/${name}`, import.meta.url));

const contents: SafetensorsFile = {
  tensors: {
    kernel: {
      shape: [2, 3],
      values: Float32Array.of(0, .25, .5, .75, 1, 1.25),
    },
    scalar: { shape: [], values: Float64Array.of(0.1) },
    empty: { shape: [0, 3], values: Float32Array.of() },
    größe: { shape: [2], values: Int32Array.of(-1, 2 ** 31 - 1) },
  },
  metadata: { step: "7", note: "naïve" },
};

Deno.test("safetensors: a file of the package is read", () => {
  deepStrictEqual(decodeSafetensors(golden("package.safetensors")), contents);
});

Deno.test("safetensors: what is written is what the package was shown to read", () => {
  deepStrictEqual(
    encodeSafetensors(contents),
    new Uint8Array(golden("slope.safetensors")),
  );
});

Deno.test("safetensors: what is written comes back, to the bit", () => {
  const values = fc.oneof(
    fc.float32Array(),
    fc.float64Array(),
    fc.int32Array(),
  );
  fc.assert(fc.property(
    fc.dictionary(
      fc.string().filter((name) => name !== "__metadata__"),
      values.map((values) => ({ shape: [values.length], values })),
    ),
    fc.dictionary(fc.string(), fc.string()),
    (tensors, metadata) => {
      const file = decodeSafetensors(encodeSafetensors({ tensors, metadata }));
      deepStrictEqual(file.tensors, { ...tensors });
      deepStrictEqual(file.metadata, { ...metadata });
    },
  ));
});

/** A file with a header of one's own. */
function fileOf(header: string | Uint8Array, values = 0): Uint8Array {
  const text = typeof header === "string"
    ? new TextEncoder().encode(header)
    : header;
  const bytes = new Uint8Array(8 + text.length + values);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensor = (shape: unknown, offsets: unknown, dtype: unknown = "F32") =>
  JSON.stringify({ a: { dtype, shape, data_offsets: offsets } });

const hostile: [string, Uint8Array, RegExp][] = [
  ["nothing", new Uint8Array(), /at least 8 bytes, got 0/],
  ["a header of 2⁶⁴ − 1 bytes", new Uint8Array(9).fill(255), /is truncated/],
  [
    "a header longer than the file",
    fileOf("{}").subarray(0, 9),
    /is truncated/,
  ],
  ["no JSON", fileOf("{"), /not JSON/],
  ["no UTF-8", fileOf(Uint8Array.of(0x22, 0xff, 0x22)), /not JSON/],
  ["a list", fileOf("[]"), /not an object/],
  ["null", fileOf("null"), /not an object/],
  [
    "an entry of null",
    fileOf('{"a":null}'),
    /no dtype, shape and data_offsets/,
  ],
  ["an entry of text", fileOf('{"a":"F32"}'), /no dtype, shape/],
  [
    "no shape",
    fileOf('{"a":{"dtype":"F32","data_offsets":[0,0]}}'),
    /no dtype/,
  ],
  ["negative sizes", fileOf(tensor([-1, -1], [0, 4]), 4), /no dtype, shape/],
  ["fractions", fileOf(tensor([0.5, 2], [0, 4]), 4), /no dtype, shape/],
  ["endless sizes", fileOf(tensor([1e300], [0, 4]), 4), /no dtype, shape/],
  ["negative offsets", fileOf(tensor([1], [-4, 0]), 4), /no dtype, shape/],
  ["too few bytes", fileOf(tensor([2], [0, 4]), 4), /\[2\] has 4 bytes/],
  ["values past the end", fileOf(tensor([2], [0, 8]), 4), /has 4/],
  ["a start after the end", fileOf(tensor([0], [4, 0]), 4), /bytes 4 to 0/],
  ["values that nobody names", fileOf(tensor([1], [0, 4]), 8), /has 8/],
  ["a gap", fileOf(tensor([1], [4, 8]), 8), /expected from 0 on/],
  ["other types", fileOf(tensor([2], [0, 4], "I16"), 4), /type "I16"/],
  [
    "an inherited type",
    fileOf(tensor([0], [0, 0], "constructor")),
    /type "con/,
  ],
  [
    "metadata of numbers",
    fileOf('{"__metadata__":{"a":1}}'),
    /not text by name/,
  ],
  ["metadata of text", fileOf('{"__metadata__":"a"}'), /not text by name/],
  [
    "overlapping tensors",
    fileOf(
      JSON.stringify({
        a: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
        b: { dtype: "F32", shape: [2], data_offsets: [4, 12] },
      }),
      12,
    ),
    /"b" is said to be at bytes 4 to 12, expected from 8 on/,
  ],
];

for (const [name, bytes, message] of hostile) {
  Deno.test(`safetensors: ${name} is refused`, () =>
    throws(() => decodeSafetensors(bytes), { name: "SyntaxError", message }));
}

Deno.test("safetensors: a name like __proto__ is only a name", () => {
  const { tensors } = decodeSafetensors(fileOf(
    '{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}',
    4,
  ));
  deepStrictEqual(Object.keys(tensors), ["__proto__"]);
  strictEqual(Object.getPrototypeOf(tensors), Object.prototype);
});

Deno.test("safetensors: no cut of a file is read", () => {
  const whole = golden("package.safetensors");
  for (let length = 0; length < whole.length; length++) {
    throws(() => decodeSafetensors(whole.subarray(0, length)), SyntaxError);
  }
});

Deno.test("safetensors: half precision is read as single", () => {
  const header = JSON.stringify({
    half: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
    brain: { dtype: "BF16", shape: [2], data_offsets: [4, 8] },
  }).padEnd(136);
  const bytes = new Uint8Array(8 + 136 + 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, 136n, true);
  bytes.set(new TextEncoder().encode(header), 8);
  [0x3e00, 0xc000, 0x3fc0, 0xc000].forEach((bits, i) =>
    view.setUint16(144 + 2 * i, bits, true)
  );
  const { half, brain } = decodeSafetensors(bytes).tensors;
  deepStrictEqual(half!.values, Float32Array.of(1.5, -2));
  deepStrictEqual(brain!.values, Float32Array.of(1.5, -2));
});
