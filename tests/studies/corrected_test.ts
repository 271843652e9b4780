import { deepStrictEqual, match } from "node:assert";
import { corrected } from "../../lib/studies/corrected.ts";
import type { Verdict } from "../../lib/studies/statistics.ts";
import type { Finding } from "../../lib/studies/study.ts";

const finding = (verdict: Verdict, p: number): Finding => ({
  measured: { value: 1, interval: null },
  verdict,
  reason: "measured",
  p,
  notes: [],
});

Deno.test("Holm's correction opens verdicts that are answers", () => {
  // 0.01 ≤ 0.05/4, 0.03 > 0.05/3: the first alone is left.
  const findings = corrected([
    finding("reproduced", 0.01),
    undefined,
    finding("reproduced", 0.03),
    finding("contradicted", 0.04),
    { ...finding("contradicted", 0.04), twoAnswers: true },
  ]);
  deepStrictEqual(findings.map((found) => found?.verdict), [
    "reproduced",
    undefined,
    "inconclusive",
    "contradicted",
    "inconclusive",
  ]);
  match(findings[4]!.notes[0]!, /alone would say contradicted/);
});
