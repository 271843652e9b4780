/**
 * A program that starts the backend in its first argument, measures it, and
 * prints a {@linkcode Measurement} as JSON.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  initialize,
  type RuntimeInfo,
} from "../runtime/initialize.ts";

/** A backend, and how fast it multiplies matrices. */
export interface Measurement {
  /** What was started. */
  info: RuntimeInfo;
  /** The side of the float32 matrices. */
  size: number;
  /** Median speed of the products, counting 2·size³ operations each. */
  gigaflops: number;
}

/** A product is to take this long, so that its overhead does not count. */
const enoughMilliseconds = 20;
const largestSize = 4096;
const rounds = 7;

/** The milliseconds of one product of two matrices with a known result. */
async function timeProduct(size: number): Promise<number> {
  const [a, b] = [tf.fill([size, size], 0.5), tf.fill([size, size], 0.25)];
  await a.data();
  await b.data();
  const start = performance.now();
  const product = tf.matMul(a, b);
  // Reading one number waits for the product without moving all of it.
  const corner = tf.slice(product, [size - 1, size - 1], [1, 1]);
  const [value] = await corner.data();
  const time = performance.now() - start;
  tf.dispose([a, b, product, corner]);
  if (value !== 0.125 * size) {
    throw new Error(`a product of matrices is ${value}, not ${0.125 * size}`);
  }
  return time;
}

/** The least of three times: the first starts things, another may be disturbed. */
async function quickest(size: number): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 3; i++) least = Math.min(least, await timeProduct(size));
  return least;
}

if (import.meta.main) {
  const info = await initialize({ backend: Deno.args[0] as BackendName });
  let size = 128;
  while (size < largestSize && await quickest(size) < enoughMilliseconds) {
    size *= 2;
  }
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) times.push(await timeProduct(size));
  const median = times.sort((a, b) => a - b)[rounds >> 1]!;
  const gigaflops = 2 * size ** 3 / median / 1e6;
  const measurement: Measurement = { info, size, gigaflops };
  console.log(JSON.stringify(measurement));
  // Threads of the backend may keep the process alive.
  Deno.exit(0);
}
