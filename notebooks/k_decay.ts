// %% [markdown]
// # k-decay
//
// T. Zhang and W. Li, _k-decay: A New Method for Learning Rate Schedule_, 2020,
// [arXiv 2004.05909](https://arxiv.org/abs/2004.05909).
//
// A schedule goes from one learning rate to another over T steps. The paper puts
// (t/T)ᵏ in the place of t/T. With k > 1 the rate stays high for longer and falls more
// steeply at the end; the paper reports that networks get better by it.
//
// The figures below come from runs that were made for Slope, at a small scale:
// reduced networks, 5,000 images, 20 epochs, several seeds. Nothing is trained until
// the last section.

// %%
import * as slope from "slope";
import { shippedFigure, shippedRow, shippedStudy } from "slope/studies";

// %% [markdown]
// ## The schedules
//
// The paper's figure 3: k-decay of a straight line and of a cosine. All curves of a
// panel start and end at the same rates.

// %%
await shippedFigure("k-decay/fig3");

// %% [markdown]
// In Slope, k-decay is a wrapper that takes any schedule. For k = 2 the rate half-way
// is what the inner schedule has at a quarter of the way, since ½² = ¼.

// %%
const ends = { from: 0.1, to: 0.001, steps: 1000 };
const inner = slope.cosine(ends);
console.log(slope.kDecay({ k: 2, inner })(500), inner(250));

// %% [markdown]
// ## Does it help?
//
// The paper's figure 2: test error against k. Each k is trained at three start rates,
// since a schedule that is high for longer may only want a lower start.

// %%
await shippedFigure("k-decay/fig2", 1);

// %% [markdown]
// What the runs say about the claim. k and start rate are chosen on a validation split,
// over the same grid for every arm; the smallest effect that counts was fixed before.

// %%
await shippedRow("k-decay/fig2");

// %% [markdown]
// The last two comparisons in that list are controls that the paper does not have. A
// schedule with k > 1 has a higher mean rate: does the gain come from its shape, or
// from that mean? One control has the same start, end and mean but another shape, one
// is the plain schedule scaled to the same mean. An interval around zero means: no
// difference was found.
//
// ## While it trains
//
// The paper's figure 6: with k > 1 the training loss stays above during training, and
// ends lower.

// %%
await shippedFigure("k-decay/fig6");

// %%
await shippedRow("k-decay/fig6");

// %% [markdown]
// ## All that was run
//
// The paper's value beside ours, row by row; the caption of the table names the rows
// that were not run.

// %%
await shippedStudy("k-decay");

// %% [markdown]
// ## Run it yourself
//
// Small and live, on images that Slope draws: k-decay of a straight line for each of
// these k, from the same initial values, once a seed. The values can be changed here,
// or from outside: `deno task notebooks k_decay --set "ks=[1, 1.5, 5]"`.

// %% tags=["parameters"]
const ks = [1, 2, 4];
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
// The schedules: the same line for every k.

// %%
const line = slope.linear({ from: 0.02, to: 0.0002, steps: 20 * epochs });
const rates = ks.map((k) => slope.kDecay({ k, inner: line }));
slope.compareSchedules(rates);

// %% [markdown]
// The runs: every schedule with every seed, side by side.

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
// The runs behind the figures above are measured again by
// `deno task reproduce --paper k-decay --scale small`, which can be interrupted and
// resumed.
