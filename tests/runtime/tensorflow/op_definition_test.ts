import { deepStrictEqual } from "node:assert";
import { parseInputArguments } from "../../../lib/runtime/tensorflow/op_definition.ts";

const text = (value: string) => [...new TextEncoder().encode(value)];
const field = (number: number, bytes: number[]) => [
  number << 3 | 2,
  bytes.length,
  ...bytes,
];

Deno.test("input arguments are read out of an OpDef", () => {
  // ArgDef: 1 name, 3 type, 4 type_attr, 5 number_attr, 6 type_list_attr.
  const opDef = Uint8Array.from([
    ...field(1, text("Concat")),
    ...field(2, [...field(1, text("dim")), 3 << 3, 3]),
    ...field(2, [...field(1, text("values")), ...field(5, text("N"))]),
    ...field(3, field(1, text("output"))), // not an input
    ...field(2, field(6, text("Tin"))),
    8 << 3 | 5,
    0,
    0,
    0,
    0, // fields of other kinds are skipped
    9 << 3 | 1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    17 << 3 & 0xff | 0x80,
    1,
    1,
  ]);
  deepStrictEqual(parseInputArguments(opDef), [
    { countAttribute: "", typeListAttribute: "" },
    { countAttribute: "N", typeListAttribute: "" },
    { countAttribute: "", typeListAttribute: "Tin" },
  ]);
  deepStrictEqual(parseInputArguments(new Uint8Array()), []);
});
