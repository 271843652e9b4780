// %% [markdown]
// # Nonmonotonic learning rates
//
// S. Seong, Y. Lee, Y. Kee, D. Han and J. Kim, _Towards Flatter Loss Surface via
// Nonmonotonic Learning Rate Scheduling_, UAI 2018.
//
// Most schedules only fall. The paper lets the rate start low, rise to a peak several
// times as high as usual in the middle of training, and fall again: a high rate leaves
// narrow valleys, so that training should end in a flatter place.

// %%
import * as slope from "slope";
import { shippedFigure, shippedRow, shippedStudy } from "slope/studies";

// %% [markdown]
// ## The schedules
//
// The paper's Gaussian and Laplacian, in logarithms a parabola and a tent, beside a
// step schedule. Both peaks begin and end at a ten-thousandth of their top.

// %%
const peak = { peak: 0.03, end: 3e-6, steps: 1000 };
const step = slope.step({ from: 0.01, factor: 0.1, every: 400, steps: 1000 });
const [gaussian, laplacian] = [slope.gaussian(peak), slope.laplacian(peak)];
slope.compareSchedules({ step, gaussian, laplacian });

// %% [markdown]
// ## What comes with Slope
//
// Results are shipped for a row of the paper once all of its runs are made. These rows
// have none yet; where a figure of one of them belongs below, a line says so instead.

// %%
const { rows } = await shippedStudy("nonmonotonic");
const missing = rows.filter(({ verdict }) => verdict === "not run");
console.log(`${missing.length} of ${rows.length} rows are not shipped:`);
console.log(missing.map(({ id, title }) => `${id}: ${title}`).join("\n"));

// %% [markdown]
// ## The course of the gradient
//
// The paper's figure 5: learning rate, gradient norm and errors over training, for a
// step, a rational and a Gaussian schedule, and RMSprop. The claim: under the Gaussian
// the gradient norm peaks early, then falls until the rate is at its top.

// %%
await shippedFigure("nonmonotonic/fig5");

// %%
await shippedRow("nonmonotonic/fig5");

// %% [markdown]
// ## Gaussian or Laplacian
//
// The paper's figure 6: the two shapes, changed at each step or at each epoch, for
// several lengths of training. The claim: the Gaussian is better.

// %%
await shippedFigure("nonmonotonic/fig6");

// %%
await shippedRow("nonmonotonic/fig6");

// %% [markdown]
// ## Run it yourself
//
// Small and live, on images that Slope draws. The values can be changed here, or from
// outside: `deno task notebooks nonmonotonic --set top=0.1`.

// %% tags=["parameters"]
const top = 0.05;
const seeds = [0, 1, 2];
const epochs = 10;

// %% [markdown]
// The data: shapes and textures in ten classes. The network sees them standardised.

// %%
await slope.initialize();
const drawn = slope.texturedShapes({ train: 1000, test: 500 });
const data = slope.standardised(drawn);
drawn;

// %% [markdown]
// The network and how it learns: LeNet, momentum, batches of 50.

// %%
const network = slope.lenet({ inputShape: [32, 32, 3] });
const optimizer = slope.momentum({ momentum: 0.9, weightDecay: 5e-4 });
const objective = slope.classification(network);
const task = { objective, data, optimizer, batchSize: 50, epochs };
network;

// %% [markdown]
// One run under the Gaussian. Follow the gradient norm ‖g‖ in the last panel while the
// rate rises to its top, half-way, and falls.

// %% tags=["output"]
const steps = 20 * epochs;
const rise = slope.gaussian({ peak: top, end: top / 10_000, steps });
const run = await slope.watch({ ...task, learningRate: rise, seed: 0 });

// %% [markdown]
// Where the gradient of a batch was largest, as a share of the training:

// %%
const norms = run.records.flatMap((record) =>
  "loss" in record ? record.gradientNorm ?? [] : []
);
const share = norms.indexOf(Math.max(...norms)) / norms.length;
console.log(`‖g‖ was largest at ${Math.round(100 * share)} % of the training`);

// %% [markdown]
// The arms: a step schedule that drops to a tenth twice, the Gaussian, the Laplacian;
// each with every seed, from the same initial values.

// %%
const tent = slope.laplacian({ peak: top, end: top / 10_000, steps });
const drops = slope.step({ from: 0.02, factor: 0.1, every: 8 * epochs, steps });
const rates = [drops, rise, tent];
slope.compareSchedules(rates);

// %% [markdown]
// The runs, side by side.

// %% tags=["output"]
const arms = rates.flatMap((learningRate) =>
  seeds.map((seed) => ({ learningRate, seed }))
);
const runs = await slope.watchTogether(task, arms);

// %% [markdown]
// In numbers, at the end of training. Three seeds of a small network on drawn images
// decide nothing about the paper; they show how such a comparison is made.

// %%
console.log(slope.figureCaption(slope.compareRuns(runs)));

// %% [markdown]
// The paper's figures are measured by
// `deno task reproduce --paper nonmonotonic --scale small`, which can be interrupted
// and resumed.
