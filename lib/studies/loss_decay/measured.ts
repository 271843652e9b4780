/**
 * Loss decay: what whole test sets come to, and pictures of test examples.
 *
 * @module
 */
import { imageSheetFigure } from "../../figures/image_sheet_figure.ts";
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import { bandSeries } from "../charts.ts";
import { type Arm, byArm } from "../comparisons.ts";
import { samplePicture } from "../samples.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { CaptionedFigure, Run } from "../study.ts";

/** A number that a run's test set comes to. */
export interface Quantity {
  /** What it is called in `measured`, or `error`. */
  name: string;
  /** What it is called in figures. */
  title: string;
  /** What it is multiplied by, such as 100 for percent. */
  factor: number;
  /** Digits behind the point. */
  digits: number;
  /** Whether more is better. */
  more: boolean;
}

/** A quantity at the evaluated epochs of a run. */
export function courseOf(
  { evaluation }: Run,
  { name, factor }: Quantity,
  split = "test",
): number[] {
  const course = evaluation[split]!;
  const values = name === "error" ? course.error : course.measured?.[name];
  return (values ?? []).map((value) => factor * value);
}

/** The last value; of a run that diverged, the first: it counts as untrained. */
export function finalOf(quantity: Quantity): (run: Run) => number {
  return (run) =>
    courseOf(run, quantity).at(run.status === "diverged" ? 0 : -1) ?? NaN;
}

/** The best value of all epochs. */
export function bestOf(quantity: Quantity): (run: Run) => number {
  return (run) => {
    const values = courseOf(run, quantity).filter(Number.isFinite);
    return quantity.more ? Math.max(...values) : Math.min(...values);
  };
}

/** Mean and 95 % interval of an arm, in words. */
export function intervalText(
  arm: Arm,
  of: (run: Run) => number,
  digits: number,
): string {
  const values = [...arm.values()].map(of);
  if (values.length < 2) return values.map((v) => v.toFixed(digits)).join();
  const { mean, high } = tInterval(values);
  return `${mean.toFixed(digits)} ± ${(high - mean).toFixed(digits)}`;
}

/** The data set of runs. */
export function datasetOf([run]: readonly Run[]): string {
  return run!.plan.training.data.dataset;
}

/** Runs by their data set. */
export function byDataset(runs: readonly Run[]): Run[][] {
  return [...Map.groupBy(runs, (run) => datasetOf([run])).values()];
}

/** A quantity over training, a line an arm. */
export function courseFigure(
  runs: readonly Run[],
  quantity: Quantity,
): CaptionedFigure {
  const { title } = quantity;
  const caption = `Test examples of ${
    datasetOf(runs)
  }. Lines: means over seeds; bands: 95 % t intervals.`;
  const arms = [...byArm(runs)];
  return {
    caption,
    figure: lineFigure({
      title: `${title[0]!.toUpperCase()}${title.slice(1)}`,
      caption,
      x: { title: "epoch" },
      y: { title },
      series: arms.map(([name, arm]) => {
        const own = [...arm.values()];
        const epochs = own.map((run) => run.evaluatedEpochs);
        const x = epochs.reduce((a, b) => b.length > a.length ? b : a);
        const courses = own.map((run) => {
          const values = courseOf(run, quantity);
          return x.map((_, i) => values[i] ?? NaN);
        });
        return bandSeries(name, { x, runs: courses });
      }),
    }),
  };
}

/** The last and the best values of each arm. */
export function measuredTable(
  runs: readonly Run[],
  quantities: readonly Quantity[],
  title: string,
): CaptionedFigure {
  const caption = `Test examples of ${
    datasetOf(runs)
  }: the last epoch, and the best of all evaluated epochs; means over seeds ± 95 % t intervals.`;
  const epochs = { last: finalOf, best: bestOf };
  return {
    caption,
    figure: tableFigure({
      title,
      caption,
      columns: [
        { title: "training", width: 40 },
        { title: "epoch", width: 10 },
        ...quantities.map(({ title }) => ({
          title,
          align: "right" as const,
          width: 32,
        })),
      ],
      rows: [...byArm(runs)].flatMap(([name, arm]) =>
        Object.entries(epochs).map(([epoch, of]) => [
          name,
          epoch,
          ...quantities.map((quantity) =>
            intervalText(arm, of(quantity), quantity.digits)
          ),
        ])
      ),
    }),
  };
}

/** Test examples: input, truth, and what each arm makes of them; none without samples. */
export function samplesFigure(
  runs: readonly Run[],
  title: string,
): CaptionedFigure[] {
  const shown = [...byArm(runs)].flatMap(([name, arm]) => {
    const samples = [...arm.values()].find((run) => run.samples)?.samples;
    return samples ? [{ name, samples }] : [];
  });
  const first = shown[0]?.samples;
  const size = first?.input[0] && samplePicture(first.input[0]);
  if (!first || !size) return [];
  const images = (files: readonly string[]) =>
    files.map((file) => samplePicture(file).colours);
  const caption = `The first test examples of ${
    datasetOf(runs)
  }: what is given, what belongs to it, and what the networks of the first seed make of it.`;
  return [{
    caption,
    figure: imageSheetFigure({
      title,
      caption,
      shape: [size.height, size.width, 3],
      rows: [
        { name: "input", images: images(first.input) },
        { name: "truth", images: images(first.truth) },
        ...shown.map(({ name, samples }) => ({
          name,
          images: images(samples.output),
        })),
      ],
    }),
  }];
}
