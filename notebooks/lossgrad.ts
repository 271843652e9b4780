// %% [markdown]
// # LOSSGRAD
//
// B. Wójcik, Ł. Maziarka, J. Tabor, _LOSSGRAD: Automatic Learning Rate in Gradient
// Descent_, 2019, [arXiv 1902.07656](https://arxiv.org/abs/1902.07656).
//
// After each step the loss of the same batch is compared with its linear prediction.
// The parabola through both ends of the step, with the gradient's slope at its
// beginning, either still falls at its end, and the step size grows by a factor c, or
// it rises, and the step size shrinks by c. That costs one forward pass a step.
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
// The paper's figures 1 and 2, drawn from steps of a real training.

// %%
await shippedFigure("lossgrad/fig1");

// %%
await shippedFigure("lossgrad/fig2");

// %% [markdown]
// ## On a quadratic
//
// ½·(10·x² + y²): the step size wanders about the minimisers of its lines, and is
// always a power of c times the first one.

// %%
const bowl = slope.quadratic([10, 1]);
const rule = slope.lossgrad({ initial: 0.01 });
const path = slope.descend(bowl, rule, [0.1, 1], 400);

// %% [markdown]
// Every fiftieth step:

// %%
for (const { learningRate, value } of path.filter((_, i) => i % 50 === 0)) {
  console.log(`η = ${learningRate.toFixed(3)}, loss ${value.toExponential(1)}`);
}

// %% [markdown]
// Section 3 bounds what an exact search along these lines can do.

// %%
await shippedFigure("lossgrad/section3");

// %%
await shippedRow("lossgrad/section3");

// %% [markdown]
// ## Does the first step size matter?
//
// The paper's figure 3.

// %%
await shippedFigure("lossgrad/fig3");

// %%
await shippedRow("lossgrad/fig3");

// %% [markdown]
// ## The factor c
//
// The paper's table 1.

// %%
await shippedFigure("lossgrad/table-c");

// %%
await shippedRow("lossgrad/table-c");

// %% [markdown]
// ## Spikes of the loss
//
// The paper sees them on MNIST, where step sizes peak, and not with an autoencoder.

// %%
await shippedFigure("lossgrad/table-mnist", 2);

// %%
await shippedRow("lossgrad/table-mnist");

// %%
await shippedRow("lossgrad/table-autoencoder");

// %% [markdown]
// ## Dropout
//
// The released program draws a new mask for the second loss of a step.

// %%
await shippedFigure("lossgrad/dropout", 2);

// %%
await shippedRow("lossgrad/dropout");

// %% [markdown]
// ## A residual network
//
// The paper's figure 4, and its table.

// %%
await shippedFigure("lossgrad/fig4", 1);

// %%
await shippedRow("lossgrad/table-resnet56");

// %% [markdown]
// ## Film reviews, and pictures through a code
//
// A bidirectional LSTM on IMDb, and a Wasserstein autoencoder: the two tables in which
// the paper sees its method lose.

// %%
await shippedFigure("lossgrad/table-imdb", 1);

// %%
await shippedRow("lossgrad/table-imdb");

// %%
await shippedRow("lossgrad/table-wae");

// %% [markdown]
// ## All that was run
//
// The paper's value beside ours, row by row.

// %%
await shippedStudy("lossgrad");

// %% [markdown]
// ## Run it yourself
//
// Small and live, on digits that Slope draws. The values can be changed here, or from
// outside: `deno task notebooks lossgrad --set factor=1.2`.

// %% tags=["parameters"]
const factor = 1.05;
const initials = [1e-4, 1e-2, 1];
const epochs = 10;

// %% [markdown]
// The network, the data, and how it learns: plain gradient descent, batches of 50.

// %%
await slope.initialize();
const digits = slope.drawnDigits({ train: 1000, test: 500 });
const data = slope.standardised(digits);
const shape = { inputShape: [28, 28, 1], outputs: 10 };
const network = slope.mlp({ ...shape, hidden: [64] });

// %% [markdown]
// What is minimised, and along which direction:

// %%
const objective = slope.classification(network);
const optimizer = slope.sgd();
const task = { objective, data, optimizer, batchSize: 50, epochs };
network;

// %% [markdown]
// One run from each first step size. The step size is drawn as the learning rate.

// %% tags=["output"]
const arms = initials.map((initial) => slope.lossgrad({ initial, factor }))
  .map((controller) => ({ controller, seed: 0 }));
const runs = await slope.watchTogether(task, arms);

// %% [markdown]
// In numbers, at the end of training. One seed decides nothing about the paper; it
// shows how such a comparison is made.

// %%
console.log(slope.figureCaption(slope.compareRuns(runs)));

// %% [markdown]
// The runs behind the figures above are measured again by
// `deno task reproduce --paper lossgrad --scale small`, which can be interrupted and
// resumed.
