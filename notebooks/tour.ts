// %% [markdown]
// # A tour of Slope
//
// Slope is a laboratory for learning rates: it trains networks under schedules,
// shows what happens while it happens, and keeps every run. This tour takes a
// minute. It loads data, finds a rate, trains a network, compares four schedules,
// lets the loss choose the rate, looks at the loss around a trained network, and saves
// a run and reads it back.
//
// These values can be changed here, or from outside:
// `deno task notebooks tour --set epochs=20`.

// %% tags=["parameters"]
const epochs = 10;
const seeds = [0, 1, 2];

// %% [markdown]
// ## Start
//
// The first line makes the library available; the second finds the fastest way to
// compute that this machine has.

// %%
import * as slope from "slope";
const { backend, version, device } = await slope.initialize();
console.log(`Computing with ${backend} ${version} on the ${device}`);

// %% [markdown]
// ## Load data
//
// Data sets that Slope draws itself need no download. A data set is shown by its
// examples, a row a class.

// %%
const drawn = slope.drawnDigits({ train: 1000, test: 500 });
drawn;

// %% [markdown]
// Each digit is drawn in strokes that lean, shift and blur, so that no two are the
// same. `slope.openDataset("mnist")` opens the real ones, where they are at hand.
//
// Networks learn faster from pixels of mean 0 and deviation 1. A network is shown by
// its layers, and the parameters that each of them learns.

// %%
const data = slope.standardised(drawn);
const network = slope.lenet({ inputShape: [28, 28, 1] });
network;

// %% [markdown]
// ## Find a rate
//
// What is minimised, and how, in three lines. Then a range test: 300 steps, each at a
// higher rate than the one before, on a copy of the network.

// %%
const objective = slope.classification(network);
const optimizer = slope.momentum({ momentum: 0.9, weightDecay: 5e-4 });
const task = { objective, data, optimizer, batchSize: 50, epochs };
const range = { from: 1e-3, to: 1, steps: 300, smoothing: 0.9 };
await slope.findRate({ ...task, ...range, signal: slope.interruptSignal() });

// %% [markdown]
// Low rates change nothing, high ones undo everything. Of the four suggestions the
// valley, in the middle of the longest fall, is the most robust: about 0.04 here.
//
// ## Train
//
// Three lines more: at which rate, for how long, from which seed. While the cell runs,
// the display follows it. The Stop button ends it after the step under way, and what
// was recorded until then is kept.

// %% tags=["output"]
const steps = 20 * epochs;
const learningRate = slope.cosine({ from: 0.04, steps });
const first = await slope.watch({ ...task, learningRate, seed: 0 });

// %% [markdown]
// Loss and accuracy, of batches and of the examples held back for the test, above;
// below the learning rate, and what few people look at: the sizes of the gradient and
// of an update relative to the parameters. The update follows the rate to zero.
//
// ## Compare four schedules
//
// A schedule is a function of the step. These four start at the same rate; the
// last one, k-decay, keeps the cosine high for longer and lets it fall more
// steeply.

// %%
const ends = { from: 0.04, to: 0.0004, steps };
const inner = slope.cosine(ends);
const others = [slope.constant({ value: 0.04 }), slope.linear(ends), inner];
const schedules = [...others, slope.kDecay({ k: 2, inner })];
slope.compareSchedules(schedules);

// %% [markdown]
// Each schedule is trained from the same initial values, once a seed. Runs that
// differ in numbers only are trained side by side, which takes less time than one
// after the other.

// %% tags=["output"]
const arms = schedules.flatMap((learningRate) =>
  seeds.map((seed) => ({ learningRate, seed }))
);
const runs = await slope.watchTogether(task, arms);

// %% [markdown]
// A line is a mean over seeds, its band the 95 % interval. Where bands overlap, the
// seeds do not tell the schedules apart; a difference of less than a band's width is
// no finding. In numbers, at the end of training:

// %%
console.log(slope.figureCaption(slope.compareRuns(runs)));

// %% [markdown]
// ## Let the loss choose the rate
//
// A controller chooses each step's size from the loss along the step. Polyak's step
// size is where the tangent of the loss reaches zero: the loss over the squared length
// of the gradient. It needs no schedule, and hardly a rate to begin with.

// %% tags=["output"]
const controller = slope.stochasticPolyak();
const polyak = { optimizer: slope.sgd(), controller, seed: 0 };
await slope.watch({ ...task, ...polyak });

// %% [markdown]
// The step size falls with the loss, without being told to. Not every rule fares so
// well on this network: with `slope.lossgrad()` the step size rises until all is lost.
// `deno task compare` compares such rules at equal cost, over several problems.
//
// ## Look at the loss
//
// Two random directions, each as long as the weights, filter by filter, make a plane
// around the trained network. The loss of the training examples all over it, in double
// precision:

// %%
const { train } = slope.residentData(data);
const trained = { objective, data: train, weights: first.parameters };
const surface = slope.lossSurface(trained);
const ways = [0, 1].map((index) => slope.randomDirection(surface, { index }));

// %%
const ticks = Array.from({ length: 15 }, (_, i) => (i - 7) / 7);
const chart = slope.linearChart(surface.weights, ways);
const axes = [ticks, ticks];
const plane = await slope.evaluateGrid({ chart, axes, surfaces: { surface } });
slope.gridFigure(plane, { title: "Loss around the network", scale: "log" });

// %% [markdown]
// The same as a surface, which can be turned (where nothing can be, its picture is the
// contours again):

// %%
slope.gridFigure(plane, {
  title: "The same as a surface",
  scale: "log",
  kind: "surface",
});

// %% [markdown]
// The steepest curvatures there are, in whatever direction: the largest eigenvalues of
// the Hessian. Plain gradient descent is stable for rates below 2 over the first one.

// %%
const curvature = slope.hessian(trained);
const { largest } = await slope.eigenpairs(curvature, { largest: 3 });
console.log(largest.map(({ value }) => value.toFixed(1)).join(", "));

// %% [markdown]
// ## Save a run and read it back
//
// A run with a folder writes itself there as it goes. After an interruption the same
// line goes on from where it was.

// %% tags=["output"]
const directory = await Deno.makeTempDir({ prefix: "slope-tour-" });
const saved = await slope.watch({ ...task, learningRate, seed: 1, directory });

// %% [markdown]
// `loadRun` needs no training and no backend: a run is its settings, its records
// and its parameters, in plain files. Beside the first one:

// %%
const loaded = await slope.loadRun(directory);
await Deno.remove(directory, { recursive: true });
slope.compareRuns({ "trained above": [first], "read back": [loaded] });

// %% [markdown]
// What was read back is what was saved, to the bit:

// %%
JSON.stringify(loaded.records) === JSON.stringify(saved.records);

// %% [markdown]
// ## Further
//
// - [Loss decay](loss_decay.ipynb): can the loss be decayed instead of the rate?
// - [k-decay](k_decay.ipynb): does a schedule that falls late and steeply give
//   better networks?
// - [LOSSGRAD](lossgrad.ipynb): does the loss of the batch know the step size?
// - [Adaptive rates](adaptive.ipynb): does it pay to descend on the rate itself?
// - [Nonmonotonic schedules](nonmonotonic.ipynb): should the rate rise before it
//   falls?
// - [Flatness](flatness.ipynb): what do probes of the loss find, and does it agree
//   with what others have published?
