// %% [markdown]
// # A learning rate that is learned
//
// S. Gorti, M. Ravaut, _Faster gradient descent convergence via an adaptive learning
// rate schedule_, 2017; 2018, [arXiv 1801.09136](https://arxiv.org/abs/1801.09136).
//
// The loss along a step is a function of the rate alone, f(η) = L(θ − η·g). The paper
// descends on it: by its slope (first order), or by Newton's method with derivatives
// from five losses (second order). It reports that networks reach their plateau in a
// third of the epochs.
//
// The figures below come from runs that were made for Slope, at a small scale; where
// there are none yet, a table says so and names the command that makes them. Nothing
// is trained until the last section.

// %%
import * as slope from "slope";
import { shippedFigure, shippedRow, shippedStudy } from "slope/studies";

// %% [markdown]
// ## The rule
//
// η ← η − 2ε·(f(η+ε) − f(η−ε)) / (f(η+2ε) + f(η−2ε) − 2·f(η)), with ε = 1e-5.
//
// On a quadratic it finds the minimum of the last line: Barzilai and Borwein's long
// step. Here are the rates on ½·(10·x² + y²) from (0.1, 1), in double precision.

// %%
const start = { initial: 0.05 };
const second = slope.secondOrder({ ...start, epsilon: 1e-3 });
const secant = slope.barzilaiBorwein(start);
const first = slope.firstOrder({ ...start, metaRate: 0.01 });

// %% [markdown]
// The rates of six steps from (0.1, 1):

// %%
const bowl = slope.quadratic([10, 1]);
for (const rule of [second, secant, first]) {
  const path = slope.descend(bowl, rule, [0.1, 1], 6);
  console.log(rule.spec.kind, ...path.map((s) => s.learningRate.toFixed(3)));
}

// %% [markdown]
// ## What is left of it in single precision
//
// The denominator is about 4ε²·gᵀHg: 4e-10 where the curvature is 1. Near 2.3, the loss
// of ten classes before training, neighbouring float32 numbers are 2.4e-7 apart. One
// step of the rule on f(η) = 2.3 − η + 5η², whose minimum is at 0.1, from 0.01:

// %%
const f = (rate = 0) => 2.3 - rate + 5 * rate ** 2;

// %% [markdown]
// The rule, whatever is done to each number on the way:

// %%
const newton = (ε = 1e-5, round = Math.fround, η = 0.01) => {
  const at = (i = 0) => round(f(η + i * ε));
  const bend = round(round(at(2) + at(-2)) - round(2 * at()));
  return η - 2 * ε * round(at(1) - at(-1)) / (bend || 1e-6);
};

// %% [markdown]
// With and without rounding to single precision:

// %%
for (const ε of [1e-5, 1e-3, 1e-2]) {
  const both = [newton(ε, (x) => x), newton(ε)].map((η) => η.toFixed(4));
  console.log(`ε = ${ε}: in double ${both[0]}, in single ${both[1]}`);
}

// %% [markdown]
// ## Linear and softmax regression
//
// Both in the authors' settings; the second also in float64 and with an ε in
// proportion to η.

// %%
await shippedFigure("adaptive/boston", 1);

// %%
await shippedRow("adaptive/boston");

// %%
await shippedFigure("adaptive/logistic", 0);

// %%
await shippedRow("adaptive/logistic");

// %% [markdown]
// What the rule's arithmetic makes of it: with ε = 1e-5 most second differences of the
// loss are below the resolution of float32. Where they are resolved, in float64, the rate
// runs away.

// %%
await shippedFigure("adaptive/logistic", 2);

// %% [markdown]
// ## LeNet
//
// The paper's figure 1, with two more questions. Does a gain remain in float64? And what
// is a part of it that comes from the released program, whose trial steps are not
// undone, so that it makes four updates on each batch? The control is plain descent
// with four updates a batch.

// %%
await shippedFigure("adaptive/fig1", 0);

// %%
await shippedRow("adaptive/fig1");

// %%
await shippedFigure("adaptive/fig1", 1);

// %% [markdown]
// ## ResNet-18
//
// The paper's figures 2 and 4: from a rate of 0.1, and of 0.01.

// %%
await shippedFigure("adaptive/fig2", 0);

// %%
await shippedRow("adaptive/fig2");

// %%
await shippedFigure("adaptive/fig4", 0);

// %%
await shippedRow("adaptive/fig4");

// %% [markdown]
// ## The rates
//
// Figure 3, and whether several starts lead to the same rate (section 6.2).

// %%
await shippedFigure("adaptive/fig3", 0);

// %%
await shippedRow("adaptive/fig3");

// %%
await shippedFigure("adaptive/section6-2", 0);

// %%
await shippedRow("adaptive/section6-2");

// %% [markdown]
// ## What it costs
//
// The table that the paper's section 6.3 leaves empty.

// %%
await shippedFigure("adaptive/section6-3", 0);

// %% [markdown]
// ## All that was run
//
// The paper's value beside ours, row by row.

// %%
await shippedStudy("adaptive");

// %% [markdown]
// ## Run it yourself
//
// Small and live, on digits that Slope draws. The values can be changed here, or from
// outside: `deno task notebooks adaptive --set initial=0.01`.

// %% tags=["parameters"]
const initial = 0.05;
const seeds = [0, 1, 2];
const epochs = 10;

// %%
await slope.initialize();
const digits = slope.drawnDigits({ train: 1000, test: 500 });
const data = slope.standardised(digits);
const network = slope.mlp({ inputShape: [28, 28, 1], outputs: 10 });
network;

// %% [markdown]
// What is minimised, and along which direction:

// %%
const objective = slope.classification(network);
const optimizer = slope.sgd();
const task = { objective, data, optimizer, batchSize: 50, epochs };

// %% [markdown]
// The arms: the rule as it is stated, the same with its losses in float64, and LOSSGRAD.

// %%
const single = slope.secondOrder({ initial });
const double = slope.secondOrder({ initial, precision: "float64" });
const rules = [single, double, slope.lossgrad({ initial })];

// %% [markdown]
// Each with every seed, from the same initial values:

// %% tags=["output"]
const arms = rules.flatMap((controller) =>
  seeds.map((seed) => ({ controller, seed }))
);
const runs = await slope.watchTogether(task, arms);

// %% [markdown]
// In numbers, at the end of training. Three seeds of a small network on drawn digits
// decide nothing about the paper; they show how such a comparison is made.

// %%
console.log(slope.figureCaption(slope.compareRuns(runs)));

// %% [markdown]
// The runs behind the figures above are measured again by
// `deno task reproduce --paper adaptive --scale small`, which can be interrupted and
// resumed.
