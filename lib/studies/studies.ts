/**
 * The studies that there are.
 *
 * @module
 */
import { adaptiveStudy } from "./adaptive/study.ts";
import { kDecayStudy } from "./k_decay/study.ts";
import { lossDecayStudy } from "./loss_decay/study.ts";
import { lossgradStudy } from "./lossgrad/study.ts";
import { nonmonotonicStudy } from "./nonmonotonic/study.ts";
import type { Study } from "./study.ts";

/** All studies. */
export const studies: readonly Study[] = [
  lossDecayStudy,
  kDecayStudy,
  lossgradStudy,
  adaptiveStudy,
  nonmonotonicStudy,
];
