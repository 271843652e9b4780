/** A report of made-up results, and one in which every text is hostile. */
import type {
  ReportInput,
  ReportPaper,
  ReportRow,
  Verdict,
} from "../../lib/report/mod.ts";
import { lineFigure, scatterFigure } from "../../lib/figures/mod.ts";
import { samples } from "../figures/samples.ts";

function row(
  id: string,
  title: string,
  verdict: Verdict,
  changes: Partial<ReportRow> = {},
): ReportRow {
  return {
    id,
    title,
    claim: null,
    scale: "small",
    seeds: verdict === "not run" ? 0 : 5,
    measured: { value: null, interval: null },
    paper: { value: null },
    verdict,
    command: `deno task reproduce --figure ${id} --scale small`,
    figures: [],
    settings: {
      "data": "Fashion-MNIST, 5,000 images",
      "network": "ResNet-20, basic blocks of width 16",
      "epochs": "20",
      "batch": "128",
    },
    cost: { "runs": "25", "time": "41 min on 2 cores" },
    ...changes,
  };
}

const bands = lineFigure({
  title: "Loss over training for k = 1 and k > 1",
  caption: "Mean of five seeds.",
  x: { title: "epoch" },
  y: { title: "training loss", scale: "log" },
  ordered: true,
  series: [1, 1.5, 3].map((k) => {
    const x = Array.from({ length: 40 }, (_, index) => index + 1);
    const y = x.map((epoch) => 2.3 * Math.exp(-epoch / (9 + 2 * k)) + 0.02 / k);
    return {
      name: `k = ${k}`,
      x,
      y,
      low: y.map((value) => value * 0.9),
      high: y.map((value) => value * 1.12),
    };
  }),
});

const kDecay: ReportPaper = {
  name: "k-decay",
  title: "k-decay: a new method for learning rate schedule",
  authors: "T. Zhang, W. Li",
  year: 2020,
  reference: "2004.05909",
  summary:
    "Schedules whose time is warped by an exponent k, so that the rate falls late and steeply.",
  rows: [
    row("k-decay/fig1", "Error against N", "inconclusive", {
      claim:
        "The error's rate of change at the end falls with N: large at 0.5, nearly none at 2 to 4.",
      measured: { value: 0.31, interval: [-0.12, 0.74], unit: "%" },
      paper: { value: "falls with N" },
      reason: "The interval holds both signs.",
      figures: [{ caption: "Mean of five seeds.", figure: samples.line! }],
    }),
    row("k-decay/fig2", "Error against k", "reproduced", {
      claim: "k > 1 is better than k = 1.",
      measured: { value: -0.42, interval: [-0.71, -0.13], unit: "%" },
      paper: { value: "−0.5 to −1.1 %" },
      reason:
        "The whole interval lies below the smallest effect stated beforehand, 0.1 %.",
      figures: [
        { caption: "Rates by step, log axis.", figure: samples.logLine! },
        {
          caption: "Training loss; bands are 95 % intervals over seeds.",
          figure: bands,
        },
      ],
      notes: [
        "Own baselines with paired seeds, where the paper cites other papers' numbers.",
      ],
    }),
    row("k-decay/fig3", "Curves", "not judged", {
      reason: "The paper makes no claim; exact values are tested.",
      figures: [{
        caption: "Three panels, one legend.",
        figure: samples.panels!,
      }],
    }),
    row("k-decay/fig4", "ImageNet, ResNet-50 against k", "not run", {
      reason: "needs ImageNet",
    }),
    row(
      "k-decay/table1",
      "CIFAR-10/100 × ResNet, WRN, DenseNet",
      "not run",
    ),
  ],
};

const nonmonotonic: ReportPaper = {
  name: "nonmonotonic",
  title:
    "Towards flatter loss surface via nonmonotonic learning rate scheduling",
  authors: "S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim",
  year: 2018,
  reference: "UAI 2018",
  summary:
    "Rates that rise and fall again, like a Gaussian, are to lead to flatter minima.",
  rows: [
    row("nonmonotonic/fig3a", "Loss towards the peak", "contradicted", {
      claim: "The surface is flatter with the Gaussian.",
      measured: { value: 1.84, interval: [1.32, 2.36] },
      paper: { value: "flatter" },
      reason: "The whole interval lies on the other side.",
      figures: [
        { caption: "Loss in a plane of weights.", figure: samples.heatMap! },
        {
          caption: "Gain over a grid of settings; grey was not measured.",
          figure: samples.diverging!,
        },
      ],
    }),
    row("nonmonotonic/fig4a", "Random directions", "reproduced", {
      claim: "Points tilt towards the step schedule's axis.",
      measured: { value: 0.71, interval: [0.64, 0.79] },
      paper: { value: "below the diagonal" },
      figures: [
        { caption: "A point a direction.", figure: samples.scatter! },
        {
          caption: "The paper's values and ours.",
          figure: samples.comparison!,
        },
        { caption: "Two planes.", figure: samples.heatMapPanels! },
      ],
    }),
  ],
};

/** A report as studies make it. */
export const sampleReport: ReportInput = {
  title: "Five papers on learning rates, measured again",
  generatedFor: "small",
  versions: {
    "Slope": "0.1.0",
    "Deno": "2.9.6",
    "TensorFlow": "2.18.1",
    "backend": "tensorflow (CPU)",
  },
  papers: [kDecay, nonmonotonic],
};

const hostile = `"'><script>document.title = "broken into"</script>` +
  `<img src=x onerror="document.title = 'broken into'">&lt;/script&gt;` +
  `</script><!-- --></title></style>\`$\{1}\` ${"long".repeat(40)}`;

/** The same with markup, quotes and long words in every text. */
export const hostileReport: ReportInput = {
  title: hostile,
  generatedFor: "small",
  versions: { [hostile]: hostile },
  papers: [{
    name: `../${hostile}`,
    title: hostile,
    authors: hostile,
    year: 2020,
    reference: `2004.05909" onclick="alert(1)`,
    summary: hostile,
    rows: [
      row(`../../${hostile}`, hostile, "contradicted", {
        claim: hostile,
        reason: hostile,
        measured: { value: hostile, interval: [1, 2], unit: hostile },
        paper: { value: hostile },
        command: hostile,
        settings: { [hostile]: hostile },
        cost: { [hostile]: hostile },
        notes: [hostile],
        figures: [{
          caption: hostile,
          figure: scatterFigure({
            title: hostile,
            caption: hostile,
            x: { title: hostile, unit: hostile },
            y: { title: hostile },
            series: [
              { name: hostile, x: [1, 2], y: [1, 2], labels: [hostile, "b"] },
              { name: `<a href="javascript:alert(1)">a</a>`, x: [1], y: [2] },
            ],
          }),
        }],
      }),
      row(`../../${hostile} `, hostile, "not run", { reason: hostile }),
    ],
  }],
};
