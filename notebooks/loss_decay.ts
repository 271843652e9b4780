// %% [markdown]
// # Loss decay
//
// J. Wei, _Forget the Learning Rate, Decay Loss_, 2019,
// [arXiv 1905.00094](https://arxiv.org/abs/1905.00094).
//
// The paper leaves the learning rate alone and multiplies the loss, and so the
// gradient, by a weight that falls during training. It reports a jump of the accuracy
// in the last epochs, about one point of accuracy over a piecewise constant rate, and
// deep networks without shortcuts that train only so.
//
// The figures below come from runs that were made for Slope, at a small scale; where
// there are none yet, a table says so and names the command that makes them. Nothing
// is trained until the last section.

// %%
import * as slope from "slope";
import { shippedFigure, shippedRow, shippedStudy } from "slope/studies";

// %% [markdown]
// ## The weights
//
// The paper's figures 2a, 3a and 4a, over 100 epochs of 390 steps: lines from 2 and
// from 3, the long tail, and the weight that the released code uses.

// %%
const paper = { steps: 39_000, stepsPerEpoch: 390 };
const two = slope.linearDecrease(paper);
const three = slope.linearDecrease({ ...paper, from: 3 });
const tail = slope.longTailRelaxation(paper);
const late = slope.lateDecrease(paper);

// %% [markdown]
// Beside each other, over the paper's 100 epochs:

// %%
const weights = { "2 → 0": two, "3 → 0": three, tail, "figure 4a": late };
slope.compareSchedules(weights, { title: "Gradient weights" });

// %% [markdown]
// Figure 4a's formula was made for 100 epochs: 2/3 − e/150 from epoch 70 on. The
// released scripts for segmentation and image translation use it for 200, where it is
// below zero from epoch 101 on, and the loss is climbed.

// %%
const released = { steps: 200, stepsPerEpoch: 1, after: 0.35, to: -2 / 3 };
const twice = slope.lateDecrease(released);
console.log([70, 100, 101, 199].map((epoch) => twice(epoch).toFixed(3)));

// %% [markdown]
// ## Does it help deep networks?
//
// The paper's figure 1: plain networks of 40 and 50 layers, without shortcuts.

// %%
await shippedFigure("loss-decay/fig1");

// %%
await shippedRow("loss-decay/fig1");

// %% [markdown]
// ## "Death convergence"
//
// The paper's figure 2b: a constant weight and one from 2 to 0, with a fixed rate and
// with one that falls.

// %%
await shippedFigure("loss-decay/fig2", 1);

// %%
await shippedRow("loss-decay/fig2");

// %% [markdown]
// Does the jump go with the last epochs, or with small weights? Figure 3b has weights
// that are small at other times.

// %%
await shippedFigure("loss-decay/fig3", 1);

// %%
await shippedRow("loss-decay/fig3");

// %% [markdown]
// ## Against a piecewise constant rate
//
// Figure 4b, each method at the rate that suits it on the validation split.

// %%
await shippedFigure("loss-decay/fig4ab", 1);

// %%
await shippedRow("loss-decay/fig4ab");

// %% [markdown]
// ## The loss or the learning rate?
//
// A weight w on the loss leaves the weight decay λ alone, a factor w of the rate η
// scales it too:
//
// - on the loss: θ ← θ − η·(w·g + λ·θ)
// - on the rate: θ ← θ − η·w·(g + λ·θ)
//
// The two are the same if the second has λ/w in the place of λ. The paper's figure 4d
// compares the first two; the third is the control that decides what a difference is.

// %%
await shippedFigure("loss-decay/fig4d");

// %%
await shippedRow("loss-decay/fig4d");

// %% [markdown]
// ## The curvature
//
// Equation 2 expands the loss along the gradient: L(θ − ηg) ≈ L − η·g·g + ½η²·gᵀHg.
// The paper's reason for small weights is that gᵀHg grows during training.

// %%
await shippedFigure("loss-decay/eq2", 1);

// %%
await shippedRow("loss-decay/eq2");

// %% [markdown]
// ## All that was run
//
// The paper's value beside ours, row by row.

// %%
await shippedStudy("loss-decay");

// %% [markdown]
// ## Run it yourself
//
// Small and live, on images that Slope draws. The values can be changed here, or from
// outside: `deno task notebooks loss_decay --set weightDecay=0`.

// %% tags=["parameters"]
const rate = 0.02;
const weightDecay = 0.005;
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
const optimizer = slope.momentum({ momentum: 0.9, weightDecay });
const objective = slope.classification(network);
const task = { objective, data, optimizer, batchSize: 50, epochs };
network;

// %% [markdown]
// What stays and what falls: rates, and weights of the loss.

// %%
const ends = { to: 0, steps: 20 * epochs };
const fixed = slope.constant({ value: rate });
const one = slope.constant({ value: 1 });
const falling = slope.linear({ ...ends, from: 2 * rate });
const weight = slope.linear({ ...ends, from: 2 });

// %% [markdown]
// The arms: nothing falls, the weight falls, the rate falls.

// %%
const plain = { learningRate: fixed, gradientWeight: one };
const onLoss = { ...plain, gradientWeight: weight };
const onRate = { ...plain, learningRate: falling };

// %% [markdown]
// Each with every seed, from the same initial values. The legend names the rate, then
// the weight. With `weightDecay=0` the last two differ only by the lag of the momentum.

// %% tags=["output"]
const arms = [plain, onLoss, onRate].flatMap((arm) =>
  seeds.map((seed) => ({ ...arm, seed }))
);
const runs = await slope.watchTogether(task, arms);

// %% [markdown]
// In numbers, at the end of training. Three seeds of a small network on drawn images
// decide nothing about the paper; they show how such a comparison is made.

// %%
console.log(slope.figureCaption(slope.compareRuns(runs)));

// %% [markdown]
// The runs behind the figures above are measured again by
// `deno task reproduce --paper loss-decay --scale small`, which can be interrupted and
// resumed.
