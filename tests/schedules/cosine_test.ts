import { strictEqual } from "node:assert";
import fc from "fast-check";
import { cosine } from "../../lib/schedules/cosine.ts";
import { close } from "./close.ts";

Deno.test("cosine() has exact ends and known values inside", () => {
  const schedule = cosine({ from: 0.1, to: 0.001, steps: 100 });
  strictEqual(schedule(0), 0.1);
  close(schedule(25), 0.0855017856687341);
  close(schedule(50), 0.0505);
  close(schedule(75), 0.0154982143312659);
  strictEqual(schedule(100), 0.001);
  strictEqual(schedule(101), 0.001);
});

Deno.test("cosine() is ½·(1 + cos πs)", () => {
  const schedule = cosine({ from: 1, steps: 1 });
  fc.assert(fc.property(
    fc.double({ min: 0, max: 1, noNaN: true }),
    (share) =>
      close(schedule(share), (1 + Math.cos(Math.PI * share)) / 2, 0, 1e-15),
  ));
});

Deno.test("cosine() is symmetric about the middle of its way", () => {
  const schedule = cosine({ from: 1, to: 0.5, steps: 100 });
  for (let step = 0; step <= 50; step++) {
    close(schedule(step) + schedule(100 - step), 1.5);
  }
});

Deno.test("cosine() has the values of optax's tests with exponent 2", () => {
  const schedule = cosine({ from: 0.1, steps: 100, exponent: 2 });
  const values = [0.1, 0.09516553580760956, 0.025, 0.0021446612663567066, 0];
  [0, 10, 50, 75, 100].forEach((t, i) =>
    close(schedule(t), values[i]!, 1e-6, 1e-17)
  );
});

Deno.test("cosine() writes an exponent only where one was given", () => {
  strictEqual("exponent" in cosine({ from: 1, steps: 2 }).spec, false);
  strictEqual(cosine({ from: 1, steps: 2, exponent: 1 }).spec.exponent, 1);
});
