import { deepStrictEqual, ok, throws } from "node:assert";
import fc from "fast-check";
import { suggestRates } from "../../lib/rate_finder/suggest_rates.ts";

/** A curve over an exponential ramp of so many rates. */
function curveOf(count: number, loss: (step: number) => number) {
  const rates = Array.from(
    { length: count },
    (_, i) => 1e-7 * 1e8 ** (i / (count - 1)),
  );
  return { rates, losses: rates.map((_, i) => loss(i)) };
}

Deno.test("suggestRates() suggests what fastai's functions do", () => {
  // Positions computed with fastai's definitions of the four in numpy.
  const cases: Array<
    [count: number, loss: (i: number) => number, positions: number[]]
  > = [
    [
      100,
      (i) =>
        2.3 - 1.8 / (1 + Math.exp(-(i - 50) / 6)) +
        (i > 70 ? Math.exp((i - 80) / 5) : 0) + 0.05 * Math.sin(1.7 * i),
      [51, 22, 69, 53],
    ],
    [
      60,
      (i) =>
        2.3 - 0.02 * i + 0.01 * Math.cos(3 * i) +
        (i < 45 ? 0 : 0.05 * (i - 45) ** 2),
      [24, 30, 45, 44],
    ],
    [
      200,
      (i) => 1 + 0.5 * Math.cos(i / 40) + 0.1 * Math.sin(i),
      [118, 160, 124, 53],
    ],
  ];
  for (const [count, loss, [valley, slide, minimum, steep]] of cases) {
    const curve = curveOf(count, loss);
    const { rates } = curve;
    deepStrictEqual(suggestRates(curve), {
      valley: rates[valley!],
      slide: rates[slide!],
      minimum: rates[minimum!]! / 10,
      steep: rates[steep!],
    });
  }
});

Deno.test("suggestRates() counts nothing from the first loss on that is not finite", () => {
  const options = { skipStart: 0, skipEnd: 0 };
  for (const bad of [NaN, Infinity, -Infinity]) {
    const losses = (i: number) => i < 30 ? 30 - i : i === 30 ? bad : -1e9;
    const whole = suggestRates(curveOf(40, losses), options);
    const { rates } = curveOf(40, losses);
    const short = { rates: rates.slice(0, 30), losses: [] as number[] };
    short.losses = short.rates.map((_, i) => 30 - i);
    deepStrictEqual(whole, suggestRates(short, options));
  }
});

Deno.test("suggestRates() suggests nothing where the curve is too short", () => {
  const nothing = { valley: null, slide: null, minimum: null, steep: null };
  deepStrictEqual(suggestRates({ rates: [], losses: [] }), nothing);
  deepStrictEqual(suggestRates(curveOf(5, () => 1)), nothing);
  deepStrictEqual(suggestRates(curveOf(40, () => NaN)), nothing);
  const { slide, steep } = suggestRates(curveOf(12, (i) => -i));
  ok(slide === null && steep !== null);
});

Deno.test("suggestRates() suggests rates of the curve, whatever the losses", () => {
  const loss = fc.oneof(
    fc.double(),
    fc.double({ min: 0, max: 3, noNaN: true }),
  );
  fc.assert(fc.property(
    fc.array(loss, { minLength: 2, maxLength: 120 }),
    (losses) => {
      const { rates } = curveOf(losses.length, () => 0);
      const { valley, slide, minimum, steep } = suggestRates({ rates, losses });
      for (const rate of [valley, slide, steep, minimum && minimum * 10]) {
        ok(
          rate === null ||
            rates.some((one) => Math.abs(one / rate - 1) < 1e-12),
        );
      }
    },
  ));
});

Deno.test("suggestRates() refuses curves and options that are none", () => {
  const wrong: Array<[rates: number[], losses: number[], message: RegExp]> = [
    [[1, 2], [1], /one length, got 2 and 1/],
    [[1, 1], [1, 1], /rates\[1\] must be finite and > 1, got 1/],
    [[0, 1], [1, 1], /rates\[0\] must be finite and > 0, got 0/],
    [[1, NaN], [1, 1], /got NaN/],
  ];
  for (const [rates, losses, message] of wrong) {
    throws(() => suggestRates({ rates, losses }), {
      name: "RangeError",
      message,
    });
  }
  const curve = curveOf(9, () => 1);
  throws(() => suggestRates(curve, { skipStart: 2 }), /from 0 to 1, got 2/);
  throws(() => suggestRates(curve, { skipEnd: -1 }), /≥ 0, got -1/);
});
