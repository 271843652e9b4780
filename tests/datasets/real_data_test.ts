import { deepStrictEqual, ok, strictEqual } from "node:assert";
import process from "node:process";
import {
  channelStatistics,
  type Dataset,
  openDataset,
} from "../../lib/datasets/mod.ts";

const directory = Deno.env.get("SLOPE_DATA");

/** A test that reads real files; visibly ignored without them. */
function realTest(name: string, fn: () => Promise<void>): void {
  const ignore = !directory;
  Deno.test({
    name: ignore ? `${name} (needs SLOPE_DATA, which is not set)` : name,
    ignore,
    fn,
  });
}

function countLabels({ train, test, classes }: Dataset): number[][] {
  return [train, test].map(({ labels }) => {
    const counts = new Array<number>(classes).fill(0);
    for (const label of labels) counts[label]!++;
    return counts;
  });
}

function round(
  { mean, standardDeviation }: ReturnType<typeof channelStatistics>,
) {
  const digits = (values: number[]) => values.map((v) => Number(v.toFixed(4)));
  return [digits(mean), digits(standardDeviation)];
}

function asPublished({ source }: Dataset): void {
  ok(source.includes(" as published"), source);
  ok(!source.includes("not as published"), source);
}

realTest("MNIST: the published files and statistics", async () => {
  const mnist = await openDataset("mnist", { directory });
  asPublished(mnist);
  deepStrictEqual(countLabels(mnist), [
    [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  ]);
  deepStrictEqual(round(channelStatistics(mnist.train, mnist.shape)), [
    [0.1307],
    [0.3081],
  ]);
});

realTest("Fashion-MNIST: the published files and statistics", async () => {
  const fashion = await openDataset("fashion-mnist", { directory });
  asPublished(fashion);
  deepStrictEqual(countLabels(fashion), [
    new Array(10).fill(6000),
    new Array(10).fill(1000),
  ]);
  deepStrictEqual(round(channelStatistics(fashion.train, fashion.shape)), [
    [0.286],
    [0.353],
  ]);
});

realTest(
  "CIFAR-10: the published files and statistics, read in seconds",
  async () => {
    const before = process.cpuUsage();
    const cifar = await openDataset("cifar-10", { directory });
    const { user, system } = process.cpuUsage(before);
    ok(
      (user + system) / 1e6 < 4,
      `took ${(user + system) / 1e6} s of processor time`,
    );
    asPublished(cifar);
    deepStrictEqual(countLabels(cifar), [
      new Array(10).fill(5000),
      new Array(10).fill(1000),
    ]);
    deepStrictEqual(round(channelStatistics(cifar.train, cifar.shape)), [
      [0.4914, 0.4822, 0.4465],
      [0.247, 0.2435, 0.2616],
    ]);
    // The first image is the frog: its first pixel, then its last.
    strictEqual(cifar.classNames[cifar.train.labels[0]!], "frog");
    deepStrictEqual(
      cifar.train.inputs.subarray(0, 3),
      Float32Array.of(59 / 255, 62 / 255, 63 / 255),
    );
    deepStrictEqual(
      cifar.train.inputs.subarray(3069, 3072),
      Float32Array.of(123 / 255, 92 / 255, 72 / 255),
    );
  },
);

realTest("CIFAR-100: the subset is one, and says so", async () => {
  const subset = await openDataset("cifar-100-subset", { directory });
  deepStrictEqual(countLabels(subset), [
    new Array(100).fill(10),
    new Array(100).fill(2),
  ]);
  ok(subset.source.includes("a subset: 1000 of 50000 training examples"));
});

realTest("Boston housing: the published file and statistics", async () => {
  const housing = await openDataset("boston-housing", { directory });
  asPublished(housing);
  const { train, test } = housing;
  deepStrictEqual([train.count, test.count], [404, 102]);
  const mean = (values: number[]) =>
    values.reduce((a, b) => a + b) / values.length;
  strictEqual(
    mean([...train.labels, ...test.labels]).toFixed(4),
    "22.5328",
  );
  const rooms = [train, test].flatMap(({ inputs }) => [
    ...inputs.filter((_, i) => i % 13 === 5),
  ]);
  strictEqual(mean(rooms).toFixed(4), "6.2846");
  // The division is random: neither part is far from the whole.
  ok(Math.abs(mean([...test.labels]) - 22.53) < 3);
});

realTest("Boston housing: from the cache, checked", async () => {
  const [housing, cached] = await Promise.all([
    openDataset("boston-housing", { directory }),
    // The folder has the layout of the cache for this data set.
    openDataset("boston-housing", { directory: "", cacheDirectory: directory }),
  ]);
  deepStrictEqual(cached, housing);
});

realTest("IMDb: its reviews, the last words of each", async () => {
  const imdb = await openDataset("imdb-64", { directory });
  deepStrictEqual(countLabels(imdb), [[12_500, 12_500], [12_500, 12_500]]);
  const { words, train, shape } = imdb;
  deepStrictEqual(shape, [64]);
  strictEqual(words!.length, 25_000);
  deepStrictEqual(words!.slice(2, 8), ["the", "and", "a", "of", "to", "is"]);
  const first = [...train.inputs.subarray(0, 64)].map((id) => words![id]);
  strictEqual(
    first.slice(-9).join(" "),
    "sally kirkland and frederic forrest can be seen briefly",
  );
});
