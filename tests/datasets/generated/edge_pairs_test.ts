import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { createHash } from "node:crypto";
import { edgePairs } from "../../../lib/datasets/generated/edge_pairs.ts";
import { fingerprint } from "./image_checks.ts";

const pairs = edgePairs({ train: 50, test: 20 });
const size = 64 * 64 * 3;

Deno.test("edgePairs: lines on white, and pictures in colour", () => {
  const { train, test } = pairs;
  for (const { count, inputs, labels } of [train, test]) {
    strictEqual(inputs.length, count * size);
    strictEqual(labels.length, count * size);
    for (const values of [inputs, labels]) {
      ok(values.every((v) => v >= 0 && v <= 1));
      ok(values.every((v) => v === Math.fround(Math.round(v * 255) / 255)));
    }
  }
  for (let i = 0; i < train.inputs.length; i += 3) {
    const [r, g, b] = train.inputs.subarray(i, i + 3);
    if (r !== g || g !== b) throw new Error(`pixel ${i / 3} has a colour`);
  }
  const dark = train.inputs.filter((v) => v < 0.5).length / train.inputs.length;
  ok(dark > 0.02 && dark < 0.15, `${dark} of the drawings is line`);
  const few = edgePairs({ train: 5, test: 5 });
  deepStrictEqual(few.train.labels, train.labels.subarray(0, 5 * size));
  ok(few.train.inputs.join() !== few.test.inputs.join());
});

Deno.test("edgePairs: a line is where the picture changes", () => {
  const { inputs, labels } = pairs.train;
  let changes = 0, onLine = 0;
  for (let i = 0; i < inputs.length - 3; i += 3) {
    if ((i / 3 + 1) % 64 === 0) continue;
    const jump = Math.abs(labels[i]! - labels[i + 3]!);
    if (jump < 0.2) continue;
    changes++;
    if (Math.min(inputs[i]!, inputs[i + 3]!) < 0.5) onLine++;
  }
  ok(onLine > 0.97 * changes, `${onLine} of ${changes}`);
});

Deno.test("edgePairs: the same pixels everywhere", () => {
  strictEqual(
    fingerprint(pairs),
    "e4a8906f668d0abea3d3a50f535721219b9b091e41bffceb9c2ffe7ddc81ec6b",
  );
  const bytes = Uint8Array.from(pairs.test.labels, (v) => Math.round(255 * v));
  strictEqual(
    createHash("sha256").update(bytes).digest("hex"),
    "55164fac70134dcf16d7692d642e3c5b9c11b21b2a51d420a5350dd041211b35",
  );
});

Deno.test("edgePairs: refuses what cannot be made", () => {
  throws(() => edgePairs({ test: 0 }), RangeError);
});
