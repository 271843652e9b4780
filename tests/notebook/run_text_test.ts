/** What the error of a run is called. */
import { strictEqual } from "node:assert";
import { qualityText } from "../../lib/notebook/run_text.ts";

const run = (kind: string) => ({
  settings: { objective: { kind, network: { kind: "net" } } },
  status: "done" as const,
  records: [],
});

Deno.test("errors have the name of what they are", () => {
  const text = (kind: string) => qualityText(run(kind), "test", 0.25);
  strictEqual(text("classification"), "test accuracy 75.0 %");
  strictEqual(text("segmentation"), "test accuracy 75.0 %");
  strictEqual(text("regression"), "test mean squared error 0.25");
  strictEqual(text("translation"), "test mean absolute difference 0.25");
});
