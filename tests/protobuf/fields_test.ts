import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { fieldLimit, fieldsOf } from "../../lib/protobuf/mod.ts";
import { message } from "../support/protobuf.ts";

const read = (...bytes: number[]) => [
  ...fieldsOf(Uint8Array.from(bytes), fieldLimit()),
];

Deno.test("integers of all sizes, and those below 0", () => {
  const values = [0, 1, 127, 128, 300, 2 ** 31, 2 ** 53 - 1, -1, -(2 ** 31)];
  const fields = fieldsOf(
    message(...values.map((value) => [1, value] as const)),
    fieldLimit(),
  );
  deepStrictEqual([...fields].map((field) => field.integer()), values);
});

Deno.test("packed numbers, texts and messages within", () => {
  const inner = message([3, "naïve"]);
  const bytes = message(
    [1, Uint8Array.of(1, 0xac, 0x02, 3)],
    [2, Float32Array.of(1.5, -2)],
    [4, inner],
  );
  const [integers, floats, whole] = [...fieldsOf(bytes, fieldLimit())];
  deepStrictEqual(integers!.integers(), [1, 300, 3]);
  deepStrictEqual([...floats!.floats()], [1.5, -2]);
  const [text] = [...whole!.message()];
  strictEqual(text!.number, 3);
  strictEqual(text!.text(), "naïve");
});

Deno.test("damaged messages are refused", () => {
  throws(() => read(0x08), /a number has no end/);
  throws(() => read(0x08, ...Array(11).fill(0x80), 1), /more than 10 bytes/);
  throws(() => read(0x12, 5, 1, 2), /field 2 is said to have 5 bytes/);
  throws(
    () => read(0x12, ...Array(8).fill(0xff), 0x7f),
    /field 2 is said to have 9223372036854776000 bytes/,
  );
  throws(() => read(0x12, ...Array(9).fill(0xff), 1), /have -1 bytes/);
  throws(() => read(0x0d, 1, 2), /a number has no end/);
  throws(() => read(0x0b), /field 1 is of type 3/);
  throws(() => read(0x00, 1), /a field has no number/);
  throws(() => read(0x08, 1)[0]!.text(), /field 1 is not bytes/);
  throws(() => read(0x12, 1, 0xff)[0]!.text(), /field 2 is no text/);
  throws(() => read(0x12, 3, 1, 2, 3)[0]!.floats(), /ends within a number/);
});

Deno.test("fields are counted, those of messages within too", () => {
  const limit = { left: 3 };
  const bytes = message([1, message([1, 1], [1, 2], [1, 3])]);
  throws(
    () => [...fieldsOf(bytes, limit)].map((field) => [...field.message()]),
    /holds more than 4000000 fields/,
  );
});
