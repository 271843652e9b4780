/** The optimizers against PyTorch's, Keras's and optax's, in double precision. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as kinds from "../../lib/optimizers/kinds.ts";
import {
  type OptimizerSpec,
  parseOptimizer,
} from "../../lib/optimizers/mod.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { type Problem, trajectory } from "./trajectory.ts";

interface Case {
  peer: string;
  spec: OptimizerSpec;
  path: number[][];
}

const [problem, ...cases] = (await Deno.readTextFile(
  new URL("../golden/optimizers.jsonl", import.meta.url),
)).trim().split("\n").map((line) => JSON.parse(line)) as [Problem, ...Case[]];

strictEqual(cases.length, 92);
for (const { peer, spec: { kind, ...options }, path } of cases) {
  tensorflowTest(
    `${kind} ${JSON.stringify(options)} is ${peer}`,
    () => {
      const actual = trajectory(problem, parseOptimizer({ kind, ...options }));
      strictEqual(actual.length, path.length);
      for (const [t, values] of path.entries()) {
        for (const [i, value] of values.entries()) {
          const error = Math.abs(actual[t]![i]! - value);
          ok(
            error <= 1e-10 * Math.max(1, Math.abs(value)),
            `step ${t}, parameter ${i}: ${actual[t]![i]} is not ${value}`,
          );
        }
      }
    },
  );
}

Deno.test("every optimizer has a peer without, with coupled and decoupled decay", () => {
  const decays = (kind: string) =>
    new Set(
      cases.filter(({ spec }) => spec.kind === kind)
        .map(({ spec }) => parseOptimizer(spec))
        .map(({ weightDecay, decay }) => weightDecay === 0 ? "none" : decay),
    );
  for (const kind of Object.keys(kinds)) {
    const missing = ["none", "coupled", "decoupled"]
      .filter((decay) => !decays(kind).has(decay as "none"));
    // AdamW without decay, or with a coupled one, is Adam.
    deepStrictEqual(missing, kind === "adamw" ? ["none", "coupled"] : [], kind);
  }
});
