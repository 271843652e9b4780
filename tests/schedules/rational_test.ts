import { ok, strictEqual } from "node:assert";
import { rational } from "../../lib/schedules/rational.ts";

Deno.test("rational() is γ₀/(1 + λt)", () => {
  const schedule = rational({ from: 1, decay: 0.5, steps: 6 });
  strictEqual(schedule(0), 1);
  strictEqual(schedule(2), 0.5);
  strictEqual(schedule(6), 0.25);
  strictEqual(schedule(7), 0.25);
});

Deno.test("rational() counts its decay per interval", () => {
  const schedule = rational({ from: 1, decay: 0.5, every: 100 });
  strictEqual(schedule(200), 0.5);
  strictEqual(schedule(600), 0.25);
  ok(schedule(Infinity) < 1e-12);
});

Deno.test("rational() without decay is constant", () => {
  const schedule = rational({ from: 0.3, decay: 0 });
  strictEqual(schedule(1e9), 0.3);
  strictEqual(schedule(Infinity), 0.3);
});
