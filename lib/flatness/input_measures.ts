/**
 * The rise of the loss away from the examples, in the space of inputs.
 *
 * @module
 */
import type { ProbeControl } from "../probes/control.ts";
import type { InputLines } from "../probes/input_lines.ts";
import { inputNoise } from "../probes/input_noise.ts";
import { neighbourPaths } from "../probes/neighbour_paths.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { standardError, together } from "./statistics.ts";
import type { Measure, Measured, Subject } from "./subject.ts";

/** A part of the data, and where lines from its examples lead. */
type LinesOf<Lines extends InputLines> = (
  part: ResidentSplit,
  next: ResidentSplit,
  index: number,
) => Promise<Lines>;

const mean = (values: readonly number[]) =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * The mean rise from the first place on lines to the second, with the error of draws
 * and examples.
 */
async function riseAlong<Lines extends InputLines>(
  { divided: { splits } }: Subject,
  linesOf: LinesOf<Lines>,
): Promise<{ rise: Measured; byPart: Lines[] }> {
  const byPart: Lines[] = [];
  for (const [i, part] of splits.entries()) {
    byPart.push(await linesOf(part, splits[(i + 1) % splits.length]!, i));
  }
  const rises = byPart.map(({ lines }) =>
    lines.map(({ loss }) => loss[1]! - loss[0]!)
  );
  const counts = splits.map(({ count }) => count);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const byDraw = rises[0]!.map((_, draw) =>
    rises.reduce((sum, part, i) => sum + part[draw]! * counts[i]!, 0) / total
  );
  const error = together(standardError(byDraw), standardError(rises.map(mean)));
  return { rise: { value: mean(byDraw), error }, byPart };
}

/** The rise of the loss under noise on the inputs. */
export const inputNoiseMeasure: Measure = {
  names: ["inputNoiseRise"],
  passes: ({ draws }) => 2 * draws,
  async take(subject: Subject, control: ProbeControl) {
    const { effort: { draws }, seed } = subject;
    const { rise } = await riseAlong(
      subject,
      (data, _, index) =>
        inputNoise({ ...subject, data }, {
          alphas: [0, 1],
          draws,
          // Examples of different parts must not share their noise.
          seed: seed + index,
          ...control,
        }),
    );
    return { passes: 2 * draws, values: { inputNoiseRise: rise } };
  },
};

/** Of how many examples a neighbour is one, and among how many nearest it is drawn. */
const SHARE = 10, MOST_NEIGHBOURS = 10;

/** The rise of the loss halfway to examples like those that are measured. */
export const neighbourPathMeasure: Measure = {
  names: ["neighbourPathRise"],
  passes: ({ draws }) => 2 * draws,
  async take(subject: Subject, control: ProbeControl) {
    const { effort: { draws }, seed, isClassifier } = subject;
    const { rise, byPart } = await riseAlong(
      subject,
      (data, towards, index) =>
        neighbourPaths({ ...subject, data }, {
          towards,
          alphas: [0, 0.5],
          neighbours: Math.max(
            1,
            Math.min(MOST_NEIGHBOURS, Math.floor(towards.count / SHARE)),
          ),
          draws,
          seed: seed + index,
          ...control,
        }),
    );
    const agreement = mean(byPart.map(({ labelAgreement }) => labelAgreement));
    const note = `${
      (100 * agreement).toFixed(0)
    } % of the neighbours are of the example's class`;
    return {
      passes: 2 * draws,
      values: {
        neighbourPathRise: isClassifier ? { ...rise, note } : rise,
      },
    };
  },
};
