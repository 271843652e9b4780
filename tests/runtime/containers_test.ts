import {
  deepStrictEqual,
  notStrictEqual,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { flatten, rebuild, tensorsIn } from "../../lib/runtime/containers.ts";
import { tensorTest } from "../support/tensor_test.ts";

tensorTest("structures are taken apart and put together", () => {
  tf.tidy(() => {
    const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)];
    const value = { x: a, list: [b, { y: c }, null], none: undefined };
    const { leaves, structure } = flatten(value, "it");
    deepStrictEqual(leaves, [a, b, c]);
    strictEqual(structure, '{"x":*,"list":[*,{"y":*},null],"none":undefined}');
    const other = [tf.scalar(4), tf.scalar(5), tf.scalar(6)];
    const rebuilt = rebuild(value, other[Symbol.iterator]());
    deepStrictEqual(Object.keys(rebuilt), ["x", "list", "none"]);
    strictEqual(rebuilt.x, other[0]);
    strictEqual(rebuilt.list[0], other[1]);
    strictEqual((rebuilt.list[1] as { y: tf.Tensor }).y, other[2]);
    strictEqual(rebuilt.list[2], null);
  });
}, "cpu");

tensorTest("different structures have different texts", () => {
  tf.tidy(() => {
    const x = tf.scalar(1);
    const texts = [
      x,
      [x],
      [[x]],
      { x },
      { "x,": x },
      [x, x],
      { x: [x] },
      [],
      {},
    ]
      .map((value) => flatten(value, "it").structure);
    strictEqual(new Set(texts).size, texts.length);
    notStrictEqual(
      flatten([null], "it").structure,
      flatten([], "it").structure,
    );
  });
}, "cpu");

tensorTest("what is not made of tensors is named by its place", () => {
  const cases: [unknown, RegExp][] = [
    [
      1,
      /^TypeError: it must be a tensor, .* got 1: wrap numbers in tf\.scalar$/,
    ],
    [{ a: [true] }, /^TypeError: it\.a\[0\] must be .* got true$/],
    [Promise.resolve(), /got a promise$/],
    [new Map(), /got an object$/],
    [() => {}, /got a function$/],
    ["text", /got "text"$/],
  ];
  for (const [value, message] of cases) {
    throws(() => flatten(value, "it"), message);
  }
}, "cpu");

tensorTest("tensors are found anywhere, each once", () => {
  tf.tidy(() => {
    const [a, b] = [tf.scalar(1), tf.scalar(2)];
    deepStrictEqual(tensorsIn([a, { b, again: [a] }, 3, "x", null]), [a, b]);
    deepStrictEqual(tensorsIn(undefined), []);
  });
}, "cpu");
