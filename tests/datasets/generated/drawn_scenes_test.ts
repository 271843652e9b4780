import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { createHash } from "node:crypto";
import { drawnScenes } from "../../../lib/datasets/generated/drawn_scenes.ts";
import { holdOut } from "../../../lib/datasets/hold_out.ts";
import { fingerprint } from "./image_checks.ts";

const scenes = drawnScenes({ train: 200, test: 50 });
const pixels = 48 * 48;

Deno.test("drawnScenes: every class, the border ignored, a larger set begins with a smaller", () => {
  const { train, test, classes } = scenes;
  strictEqual(train.labels.length, 200 * pixels);
  const counts = new Map<number, number>();
  for (const label of train.labels) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  deepStrictEqual([...counts.keys()].sort((a, b) => a - b), [
    0,
    1,
    2,
    3,
    4,
    5,
    255,
  ]);
  strictEqual(classes, 6);
  const share = (label: number) => counts.get(label)! / train.labels.length;
  ok(share(0) > 0.4 && share(0) < 0.85, `background ${share(0)}`);
  ok(share(255) > 0.02 && share(255) < 0.15, `border ${share(255)}`);
  for (let k = 1; k <= 5; k++) ok(share(k) > 0.015, `class ${k}: ${share(k)}`);
  const few = drawnScenes({ train: 5, test: 5 });
  deepStrictEqual(few.train.labels, train.labels.subarray(0, 5 * pixels));
  deepStrictEqual(few.test.inputs, test.inputs.subarray(0, 15 * pixels));
  ok(few.train.inputs[100] !== few.test.inputs[100]);
});

Deno.test("drawnScenes: a border lies between any two classes", () => {
  const { labels } = scenes.train;
  let touching = 0, edges = 0;
  for (let i = 0; i < labels.length - 1; i++) {
    if ((i + 1) % 48 === 0) continue;
    const [a, b] = [labels[i]!, labels[i + 1]!];
    if (a === b) continue;
    edges++;
    if (a !== 255 && b !== 255) touching++;
  }
  ok(touching < 0.01 * edges, `${touching} of ${edges}`);
});

Deno.test("drawnScenes: the same pixels and labels everywhere", () => {
  strictEqual(
    fingerprint(scenes),
    "acd8fd7a2cba0a8f62a6a82b2598a2a8e94624ac3d9ea8ac2f5202fe90cbb352",
  );
  strictEqual(
    createHash("sha256").update(Uint8Array.from(scenes.train.labels)).digest(
      "hex",
    ),
    "cb1164b013b40410f28781bf3dc68204a4491db3aa8ec969844e20d86c5b000e",
  );
});

Deno.test("holdOut: scenes are divided with their labels", () => {
  const [train, validation] = holdOut(scenes.train, 20, 0);
  deepStrictEqual([train.count, validation.count], [180, 20]);
  strictEqual(validation.labels.length, 20 * pixels);
  // Each label is still the one of its image.
  const first = validation.inputs.subarray(0, 3 * pixels).join();
  const at = Array.from({ length: 200 }, (_, i) => i).find((i) =>
    scenes.train.inputs.subarray(i * 3 * pixels, (i + 1) * 3 * pixels)
      .join() === first
  )!;
  deepStrictEqual(
    validation.labels.slice(0, pixels),
    scenes.train.labels.slice(at * pixels, (at + 1) * pixels),
  );
});

Deno.test("drawnScenes: refuses what cannot be made", () => {
  throws(() => drawnScenes({ train: 0 }), RangeError);
  throws(() => drawnScenes({ seed: -1 }), RangeError);
});
