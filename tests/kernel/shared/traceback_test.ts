import { deepStrictEqual } from "node:assert";
import { shortenTraceback } from "../../../lib/kernel/shared/traceback.ts";

const places = {
  checkout: "file:///home/ada/slope/",
  folder: "file:///home/ada/n%C3%B6te/",
  links: "file:///tmp/k/links/",
  cellLine: ({ line }: { line: number }) => ({
    number: line + 1,
    text: "train(model)",
  }),
};

Deno.test("shortenTraceback() keeps the user's places, and where Slope threw", () => {
  deepStrictEqual(
    shortenTraceback("RangeError: k must be > 0, got -1", [
      "RangeError: k must be > 0, got -1",
      "    at check (file:///home/ada/slope/lib/schedules/field.ts:99:15)",
      "    at kDecay (file:///home/ada/slope/lib/schedules/k_decay.ts:40:3)",
      "    at Array.map (<anonymous>)",
      "    at helper (file:///home/ada/n%C3%B6te/my%20helper.ts:3:7)",
      "    at build (<anonymous>:9:1)",
      "    at async <anonymous>:2:10",
      "    at ext:core/01_core.js:12:3",
    ], places),
    [
      "RangeError: k must be > 0, got -1",
      "    at helper (./my helper.ts:3:7)",
      "    in build",
      "    at line 3 of the cell: train(model)",
      "    thrown in check (lib/schedules/field.ts:99:15)",
    ],
  );
});

Deno.test("shortenTraceback() sees through links and knows packages", () => {
  deepStrictEqual(
    shortenTraceback("Error: x", [
      "    at f (file:///tmp/k/links/slope/2/lib/a.ts:1:2)",
      "    at g (file:///tmp/k/links/local/3/home/ada/n%C3%B6te/b.ts:3:4)",
      "    at h (file:///cache/npm/registry/pkg/1.0.0/c.js:5:6)",
      "    at node:events:7:8",
      "    at file:///elsewhere/d.ts:9:10",
    ], places),
    [
      "Error: x",
      "    at g (./b.ts:3:4)",
      "    at file:///elsewhere/d.ts:9:10",
      "    thrown in f (lib/a.ts:1:2)",
    ],
  );
});

Deno.test("shortenTraceback() says nothing about a line it does not know", () => {
  const { cellLine: _, ...unknown } = places;
  deepStrictEqual(
    shortenTraceback("Error: x\nand more", [
      "    at f (<anonymous>:1:2)",
      "    at <anonymous>:3:4",
    ], unknown),
    ["Error: x\nand more", "    in f"],
  );
  deepStrictEqual(shortenTraceback("text", [], places), ["text"]);
});
