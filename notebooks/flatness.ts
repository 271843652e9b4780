// %% [markdown]
// # What flatness is, and what moves it
//
// Slope's probes measure the loss around a network's weights. Here they are held
// against four published results that a laptop can check in a few minutes: the edge of
// stability, the outliers of the spectrum, lines between networks, and the sharp minima
// of large batches. The last section shows why none of these numbers says by itself that
// a network is good.
//
// The values below can be changed here, or from outside:
// `deno task notebooks flatness --set steps=2000`.

// %% tags=["parameters"]
const steps = 5000;
const rates = [0.2, 0.3, 0.4];
const seeds = [0, 1, 2];

// %% [markdown]
// The first line makes the library available, the second starts what computes.

// %%
import * as slope from "slope";
await slope.initialize({ backend: "tensorflow" });

// %% [markdown]
// ## The edge of stability
//
// On a parabola of curvature λ, gradient descent with rate η diverges if η·λ > 2. Cohen
// et al. (2021, [arXiv 2103.00065](https://arxiv.org/abs/2103.00065)) saw what happens
// on networks: the largest eigenvalue λ of the Hessian rises to about 2/η, and stays
// there. Their smallest data set is twenty points of Chebyshev's polynomial of degree 5.

// %%
const x = slope.evenly(-1, 1, 20);
const inputs = Float32Array.from(x);
const labels = Float32Array.from(x, (v) => 16 * v ** 5 - 20 * v ** 3 + 5 * v);
const train = { count: 20, inputs, labels };
const source = { name: "T5", shape: [1], train, evaluation: { train } };

// %% [markdown]
// The network has one hidden layer of 100 units with tanh; the loss is half the mean
// squared error. A batch is all of the data.

// %%
const sizes = { inputShape: [1], hidden: [100], outputs: 1, deviation: 0.3 };
const tanh = slope.mlp({ ...sizes, activation: "tanh" });
const objective = slope.regression(tanh);
const full = { data: slope.residentData(source), batchSize: 20, epochs: steps };
const task = { ...full, objective, optimizer: slope.sgd(), evaluateEvery: 100 };

// %% [markdown]
// One run a rate, from the same weights. Every 20 steps the largest eigenvalue is
// measured, by Lanczos's iteration in double precision.

// %% tags=["output"]
const telemetry = slope.topEigenvalue({ every: 20 });
const at = (value = 0) => slope.constant({ value });
const arms = rates.map((rate) => ({ seed: 0, learningRate: at(rate) }));
const runs = await slope.watchTogether({ ...task, telemetry }, arms);

// %% [markdown]
// The loss falls smoothly at first, then with spikes. The eigenvalue, which is in the
// records, tells why.

// %%
const lines = runs.map((run, i) => ({
  ...slope.measured(run, "topEigenvalue"),
  name: `η = ${rates[i]}`,
}));

// %% [markdown]
// Each line gets its limit beside it, dotted and in the same colour.

// %%
const dotted = Object.freeze({ dash: "dot" });
const limits = rates.map((rate, colour) => {
  const ends = { x: [0, steps], y: [2 / rate, 2 / rate] };
  return { ...ends, ...dotted, colour, name: `2/${rate}` };
});

// %% [markdown]
// The headline of this notebook:

// %%
const axes = { x: { title: "step" }, y: { title: "largest eigenvalue λ" } };
const title = "The edge of stability";
const caption = "Full-batch descent on 20 points of T5, 1-100-1 tanh.";
slope.lineFigure({ title, caption, ...axes, series: [...lines, ...limits] });

// %% [markdown]
// After the first steps λ rises, slowly, up to the run's own limit, and stays there.
// In numbers, η·λ in the last third of training:

// %%
for (const [i, run] of runs.entries()) {
  const late = slope.measured(run, "rateTimesCurvature").y.slice(-steps / 60);
  const mean = late.reduce((sum, v) => sum + v, 0) / late.length;
  console.log(`η = ${rates[i]}: η·λ = ${mean.toFixed(2)}`);
}

// %% [markdown]
// It is 2 to within a few per cent, whatever the rate: the curvature at the end is chosen
// by the learning rate. Who compares the flatness of two networks compares, among other
// things, the rates that they were trained with.
//
// ## Outliers of the spectrum
//
// Sagun et al. (2017, [arXiv 1706.04454](https://arxiv.org/abs/1706.04454)) found most
// eigenvalues near 0, and about as many large ones as there are classes. Clouds of
// points will do for data: 60 a class in ten dimensions, around a corner of its own.

// %%
const random = slope.randomStream(1, slope.Purpose.generatedData);
const classOf = (i = 0) => Math.floor(i / 60);
const cloud = (k = 0) => random.normal() + (k % 10 === classOf(k / 10) ? 3 : 0);
const all = Float32Array.from({ length: 3600 }, (_, k) => cloud(k));

// %% [markdown]
// The first classes of them, as many as wanted:

// %%
const clouds = (classes = 2, count = 60 * classes) => {
  const labels = Int32Array.from({ length: count }, (_, i) => classOf(i));
  const train = { count, inputs: all.subarray(0, 10 * count), labels };
  return slope.residentData({ name: "clouds", shape: [10], train });
};

// %% [markdown]
// A classifier with one hidden layer, and how it is trained: three epochs of plain
// gradient descent, which need not be watched.

// %%
const perceptron = (inputShape = [10], units = 60, outputs = 2) =>
  slope.classification(slope.mlp({ inputShape, hidden: [units], outputs }));
const quiet = Object.freeze({ display: "none" });
const plain = { optimizer: slope.sgd(), learningRate: at(0.05), seed: 0 };
const sgd = { ...plain, batchSize: 10, epochs: 3 };

// %% [markdown]
// Probes take an objective, data, and weights as plain arrays.

// %%
const probed = async (classes = 2, units = 60) => {
  const data = clouds(classes), objective = perceptron([10], units, classes);
  const run = await slope.watch({ ...sgd, objective, data }, quiet);
  return { objective, data: data.train, weights: slope.weightsOf(run) };
};

// %% [markdown]
// The ten largest eigenvalues follow from products with the Hessian alone, which is
// never written down.

// %%
const top = async (classes = 2, units = 60) => {
  const matrix = slope.hessian(await probed(classes, units));
  const { largest } = await slope.eigenpairs(matrix, { largest: 10 });
  return largest.map(({ value }) => value);
};

// %% [markdown]
// Two to six classes, with 60 hidden units:

// %%
const number = slope.evenly(1, 10, 10), series = [];
for (const classes of [2, 3, 4, 5, 6]) {
  const line = { x: number, y: await top(classes, 60), markers: true };
  void series.push({ name: `${classes} classes`, ...line });
}

// %% [markdown]
// In order of size, the largest first:

// %%
const order = { x: { title: "number" }, y: { title: "eigenvalue" } };
const named = "Outliers of the Hessian's spectrum";
slope.lineFigure({ title: named, ...order, series, ordered: true });

// %% [markdown]
// Each line steps down after C − 1 eigenvalues, for C classes. What more weights do,
// with four classes:

// %%
for (const units of [20, 60, 200]) {
  const values = (await top(4, units)).slice(0, 6).map((v) => v.toFixed(2));
  console.log(`${15 * units + 4} weights: ${values.join(" ")}`);
}

// %% [markdown]
// Ten times as many weights, and still three outliers: the rest is added to the bulk.
//
// ## Lines between networks
//
// Goodfellow et al. (2015, [arXiv 1412.6544](https://arxiv.org/abs/1412.6544)) walked
// straight from the initial weights to the trained ones, and met no hill. A network is
// trained on digits that Slope draws.

// %%
const drawn = slope.drawnDigits({ train: 1000, test: 500 });
const digits = slope.residentData(slope.standardised(drawn));
const reader = perceptron([28, 28, 1], 50, 10);
const study = { objective: reader, data: digits, optimizer: slope.sgd() };
const plan = { ...study, batchSize: 50, epochs: 20, learningRate: at(0.1) };

// %% [markdown]
// And another one, from other weights.

// %% tags=["output"]
const first = await slope.watch({ ...plan, seed: 0 });
const second = await slope.watch({ ...plan, seed: 1 }, quiet);

// %% [markdown]
// The weights that the first began with, and those that both ended with, as vectors.

// %%
const own = { objective: reader, data: digits.train };
const surface = slope.lossSurface({ ...own, weights: slope.weightsOf(first) });
const { layout, weights: one } = surface;
const start = slope.flattenParameters(layout, slope.initialValues(reader, 0));
const other = slope.flattenParameters(layout, slope.weightsOf(second));

// %% [markdown]
// The loss at points of the line from one to another, 25 of them in one call.

// %%
const axis = slope.evenly(0, 1, 25);
const between = async (a = start, b = one) => {
  const { at } = slope.linearChart(a, [slope.directionBetween(a, b)]);
  return await surface.evaluateAll(axis.map((share) => at([share])));
};

// %% [markdown]
// From the beginning of training to its end, and from there to the other network.

// %%
const way = (await between(start, one)).map(({ loss }) => loss);
const across = (await between(one, other)).map(({ loss }) => loss);

// %%
const scale = { x: { title: "share of the way" }, y: { title: "loss" } };
const paths = { "initial to trained": way, "one to the other": across };
const walks = Object.entries(paths).map(([name, y]) => ({ name, x: axis, y }));
slope.lineFigure({ title: "Lines", ...scale, series: walks });

// %% [markdown]
// The first falls all the way; between two solutions is a hill. In numbers: the largest
// rise on the way, and the height of the hill.

// %%
const rises = way.slice(1).map((loss, i) => loss - (way[i] ?? 0));
console.log(`largest rise on the way: ${Math.max(0, ...rises)}`);
console.log(`hill: ${Math.max(...across).toFixed(2)}`);

// %% [markdown]
// ## Large batches
//
// Keskar et al. (2017, [arXiv 1609.04836](https://arxiv.org/abs/1609.04836)) found that
// large batches end in sharper places: φ, how much the loss rises within a small box
// around the weights, is larger. Batches of 10, 100 and 500 take the same number of
// steps here, 800, at the same rate.

// %%
const few = seeds.map((seed) => ({ seed, learningRate: at(0.1) }));
const trainAt = (batchSize = 10, epochs = 800 * batchSize / 1000) => {
  const long = { ...study, batchSize, epochs, evaluateEvery: epochs };
  return slope.watchTogether(long, few, { display: "none" });
};

// %% [markdown]
// φ for a box of size 0.001, and the training loss and test error of the same weights.

// %%
const box = async (run = first) => {
  const there = slope.lossSurface({ ...own, weights: slope.weightsOf(run) });
  const phi = await slope.keskarSharpness(there, { epsilon: 1e-3 });
  return [phi, (await there.evaluate(there.weights)).loss];
};

// %% [markdown]
// The mean over the seeds, and the smallest and largest.

// %%
const told = (values = [0]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const ends = [Math.min(...values), Math.max(...values)];
  return `${mean.toPrecision(2)} (${ends.map((v) => v.toPrecision(2))})`;
};

// %% [markdown]
// This takes a minute.

// %%
for (const size of [10, 100, 500]) {
  const boxes = await Promise.all((await trainAt(size)).map(box));
  const [phi, loss] = [0, 1].map((k) => told(boxes.map((one) => one[k] ?? 0)));
  console.log(`batches of ${size}: φ ${phi} at a training loss of ${loss}`);
}

// %% [markdown]
// At about the same training loss, 0.01, φ is five times as large after batches of 100
// as after batches of 10, and larger still after 500; their ranges over the seeds hardly touch.
// The order is the paper's; its numbers, of a larger network on MNIST, are not.
//
// ## What none of this says
//
// Of a network with rectifiers the first layer can be multiplied by 10 and the last one
// divided by it, and the function stays what it was (Dinh et al., 2017,
// [arXiv 1703.04933](https://arxiv.org/abs/1703.04933)).

// %%
const factors = [10, 10, 0.1, 1];
const scaled = slope.weightsOf(first).map((values, i) =>
  Float64Array.from(values, (v) => v * (factors[i] ?? 1))
);

// %% [markdown]
// The loss of both, Keskar's φ, and ASAM's sharpness, which measures each weight in its
// own size.

// %%
const surfaceAt = (weights = slope.weightsOf(first)) =>
  slope.lossSurface({ ...own, weights });

// %%
const measured = async (at = surfaceAt()) => {
  const { loss } = await at.evaluate(at.weights);
  const sharpness = [slope.keskarSharpness(at), slope.asamSharpness(at)];
  return [loss, ...await Promise.all(sharpness)];
};

// %%
for (const at of [surfaceAt(), surfaceAt(scaled)]) {
  const numbers = (await measured(at)).map((v) => v.toPrecision(3));
  const [loss, phi, asam] = numbers;
  console.log(`loss ${loss}, φ ${phi}, ASAM's sharpness ${asam}`);
}

// %% [markdown]
// The same function, and another φ: only ASAM's number stays. So a report of
// `deno task flatness` tells of each number what it is invariant to, measures again
// after a rescaling, and never says that flatter is better.
