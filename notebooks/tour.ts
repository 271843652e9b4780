// %% [markdown]
// # A tour of Slope
//
// Slope is a laboratory for learning rates: it trains networks under schedules,
// shows what happens while it happens, and keeps every run. This tour takes a
// minute. It loads data, trains a network in five lines, compares four schedules,
// and saves a run and reads it back.
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
// compute that this machine has, and says what it found.

// %%
import * as slope from "slope";
await slope.initialize();

// %% [markdown]
// ## Load data
//
// Data sets that Slope draws itself need no download. A data set is shown by its
// examples, a row a class.

// %%
const data = slope.drawnDigits({ train: 2000, test: 1000 });
data;

// %% [markdown]
// Each of the ten digits is drawn in strokes that lean, shift and blur, so that no
// two are the same. `slope.openDataset("mnist")` opens the real ones, where they
// are at hand.
//
// A network is shown by its layers and the parameters that each of them learns.

// %%
const network = slope.lenet({ inputShape: data.shape });
network;

// %% [markdown]
// ## Train
//
// Five lines: what is minimised, how, at which rate. While the cell runs, the
// display follows it, and the Stop button ends it after the step under way; what
// was recorded until then is kept.

// %% tags=["output"]
const objective = slope.classification(network);
const optimizer = slope.momentum({ momentum: 0.9, weightDecay: 5e-4 });
const task = { objective, data, optimizer, batchSize: 50, epochs };
const learningRate = slope.cosine({ from: 0.05, steps: 40 * epochs });
const run = await slope.watch({ ...task, learningRate, seed: 0 });

// %% [markdown]
// The loss falls fast while the rate is high, and settles as the rate goes to
// zero. The lower right panel is the one that people rarely look at: the size of an
// update relative to the parameters, which follows the rate down.
//
// ## Compare four schedules
//
// A schedule is a function of the step. These four start at the same rate; the
// last one, k-decay, keeps the cosine high for longer and lets it fall more
// steeply.

// %%
const ends = { from: 0.05, to: 0.0005, steps: 40 * epochs };
const inner = slope.cosine(ends);
const others = [slope.constant({ value: 0.05 }), slope.linear(ends), inner];
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
// data do not tell the schedules apart: on digits this easy the differences are
// small, and only the constant rate is noisy to its end. The numbers:

// %%
slope.figureCaption(slope.compareRuns(runs));

// %% [markdown]
// ## Save a run and read it back
//
// A run with a folder writes itself there as it goes. Called again after an
// interruption, the same line goes on from where it was.

// %% tags=["output"]
const directory = await Deno.makeTempDir({ prefix: "slope-tour-" });
const short = { ...task, epochs: 2, learningRate, seed: 0, directory };
const saved = await slope.watch(short);

// %% [markdown]
// `loadRun` needs no training and no backend: a run is its settings, its records
// and its parameters, in plain files.

// %%
const loaded = await slope.loadRun(directory);
await Deno.remove(directory, { recursive: true });
loaded;

// %% [markdown]
// It is the same run, to the bit:

// %%
JSON.stringify(loaded.records) === JSON.stringify(saved.records);

// %% [markdown]
// ## Further
//
// - [k-decay](k_decay.ipynb): does a schedule that falls late and steeply give
//   better networks?
// - [Nonmonotonic schedules](nonmonotonic.ipynb): should the rate rise before it
//   falls?
