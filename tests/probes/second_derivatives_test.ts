import { deepStrictEqual, ok, rejects, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { resnet } from "../../lib/models/resnet.ts";
import { exactHessian } from "../../lib/probes/exact_hessian.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { withSecondDerivatives } from "../../lib/probes/second_derivatives/guard.ts";
import {
  testedFunctions,
  testedKernels,
} from "../../lib/probes/second_derivatives/tested.ts";
import { norm, plus } from "../../lib/probes/vectors.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { softmaxCrossEntropy } from "../../lib/runtime/softmax_cross_entropy.ts";
import { ReluGrad } from "../../lib/runtime/tensorflow/kernels/relu_grad.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import {
  classification,
  type Objective,
} from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import {
  convolutionNet,
  denseNet,
  example,
  free,
  normalisedNet,
  tanh,
} from "./nets.ts";

type Function = (x: tf.Tensor) => tf.Tensor;

const image = (x: tf.Tensor) => tf.reshape(x, [1, 4, 4, 1]) as tf.Tensor4D;
const square = (x: tf.Tensor) => tf.reshape(x, [4, 4]) as tf.Tensor2D;
const middle = (x: tf.Tensor) => tf.sub(x, 0.8);
const filter = (x: tf.Tensor) =>
  tf.reshape(tf.slice(x, 3, 9), [3, 3, 1, 1]) as tf.Tensor4D;
const convolve = (x: tf.Tensor) => tf.conv2d(image(x), filter(x), 1, "same");
const strided = (x: tf.Tensor) => tf.conv2d(image(x), filter(x), 2, "valid");
const pool = (x: tf.Tensor) => tf.avgPool(image(x), 2, 2, "valid");
const channels = (x: tf.Tensor) => tf.reshape(x, [1, 2, 2, 4]) as tf.Tensor4D;
const part = (x: tf.Tensor, at: number) => tf.slice(x, at, 4) as tf.Tensor1D;

/** A function through each kernel of the list, of 16 numbers between 0.3 and 1.5. */
const functions: Record<string, Function> = {
  Abs: (x) => tf.abs(middle(x)),
  Add: (x) => tf.add(x, part(x, 4).sum()),
  AddN: (x) => tf.addN([x, tf.square(x), x]),
  AvgPool: pool,
  AvgPoolGrad: pool,
  BatchMatMul: (x) => tf.matMul(square(x), square(tf.square(x)), true, false),
  Cast: (x) => tf.mul(tf.cast(x, "float32"), x),
  Concat: (x) => tf.concat([x, tf.square(x)]),
  Conv2D: convolve,
  Conv2DBackpropFilter: strided,
  Conv2DBackpropInput: convolve,
  Cos: (x) => tf.cos(x),
  Cosh: (x) => tf.cosh(x),
  Erf: (x) => tf.erf(x),
  Exp: (x) => tf.exp(x),
  ExpandDims: (x) => tf.expandDims(x, 0),
  FusedBatchNorm: (x) =>
    tf.batchNorm(
      channels(x),
      tf.tensor1d([0.1, 0.2, 0.3, 0.4]),
      tf.tensor1d([1, 2, 0.5, 0.7]),
      part(x, 4),
      part(x, 2),
      1e-5,
    ),
  GatherV2: (x) => tf.gather(x, tf.tensor1d([0, 5, 5, 9], "int32")),
  Identity: (x) => tf.clone(x),
  Log: (x) => tf.log(x),
  Log1p: (x) => tf.log1p(x),
  Mean: (x) => tf.mean(square(x), 1),
  Multiply: (x) => tf.mul(x, 2),
  Neg: (x) => tf.neg(x),
  Pack: (x) => tf.stack([x, tf.square(x)]),
  PadV2: (x) => tf.pad(x, [[1, 2]]),
  Pow: (x) => tf.pow(x, 3),
  RealDiv: (x) => tf.div(1, x),
  Reciprocal: (x) => tf.reciprocal(x),
  Relu: (x) => tf.relu(middle(x)),
  [ReluGrad]: (x) => tf.relu(middle(x)),
  Reshape: square,
  Rsqrt: (x) => tf.rsqrt(x),
  Sigmoid: (x) => tf.sigmoid(x),
  Sin: (x) => tf.sin(x),
  Sinh: (x) => tf.sinh(x),
  Slice: (x) => tf.slice(x, 3, 5),
  Softmax: (x) => tf.softmax(square(x)),
  Softplus: (x) => tf.softplus(x),
  SplitV: (x) => tf.split(x, 4)[1]!,
  Sqrt: (x) => tf.sqrt(x),
  Square: (x) => tf.square(x),
  SquaredDifference: (x) => tf.squaredDifference(x, tf.square(x)),
  Step: (x) => tf.mul(x, tf.step(middle(x))),
  Sub: (x) => tf.sub(1, x),
  Sum: (x) => tf.sum(square(x), 0),
  Tanh: (x) => tf.tanh(x),
  Tile: (x) => tf.tile(x, [2]),
  Transpose: (x) => tf.mul(tf.transpose(square(x)), square(x)),
  Unpack: (x) => tf.unstack(square(x))[2]!,
  UnsortedSegmentSum: (x) => tf.gather(x, tf.tensor1d([3, 3, 7], "int32")),
  ZerosLike: (x) => tf.add(x, tf.zerosLike(x)),
};

const ownGradients: Record<string, Function> = {
  softmaxCrossEntropy: (x) =>
    softmaxCrossEntropy(tf.tensor1d([0, 3, 1, 2], "int32"), square(x)),
  fusedMatMul__op: (x) =>
    tf.fused.matMul({
      a: square(x),
      b: square(tf.square(x)),
      bias: part(x, 1),
      activation: "linear",
    }),
  fusedConv2d__op: (x) =>
    tf.fused.conv2d({
      x: image(x),
      filter: filter(x),
      strides: 1,
      pad: "same",
      bias: tf.slice(x, 2, 1) as tf.Tensor1D,
      activation: "linear",
    }),
};

const at = Array.from({ length: 16 }, (_, i) => 0.55 + 0.25 * Math.sin(2 * i));
const along = at.map((_, i) => Math.cos(3 * i + 1));

/** L(x) = Σ (i + 1)·f(x + x²/4)ᵢ², so that linear functions curve too. */
function loss(f: Function): (x: tf.Tensor) => tf.Scalar {
  return (x) => {
    const y = tf.reshape(f(tf.add(x, tf.mul(tf.square(x), 0.25))), [-1]);
    return tf.sum(tf.mul(tf.square(y), tf.range(1, y.size + 1))) as tf.Scalar;
  };
}

const product = (f: Function, x: tf.Tensor, v: tf.Tensor) =>
  tf.grad((x) => tf.sum(tf.mul(tf.grad(loss(f))(x), v)))(x);

/** H·v by derivatives of derivatives, and by differences of derivatives. */
function both(
  f: Function,
  exact: (f: Function, x: tf.Tensor, v: tf.Tensor) => tf.Tensor,
): { error: number } {
  const compiled = compile(
    (x: tf.Tensor, v: tf.Tensor) => exact(f, x, v),
    { precision: "float64" },
  );
  const gradient = compile(
    (x: tf.Tensor) => tf.grad(loss(f))(x),
    { precision: "float64" },
  );
  try {
    return tf.tidy(() => {
      const found = Float64Array.from(
        compiled(float64(at), float64(along)).dataSync(),
      );
      const step = 1e-6;
      const [ahead, behind] = [step, -step].map((s) => {
        const moved = at.map((x, i) => x + s * along[i]!);
        return Float64Array.from(gradient(float64(moved)).dataSync());
      });
      const expected = plus(ahead!, -1, behind!).map((d) => d / (2 * step));
      ok(norm(expected) > 0.1);
      return { error: norm(plus(found, -1, expected)) / norm(expected) };
    });
  } finally {
    compiled.dispose();
    gradient.dispose();
  }
}

tensorTest("Every kernel of the list has the right second derivative", () => {
  deepStrictEqual(Object.keys(functions).sort(), [...testedKernels].sort());
  deepStrictEqual(
    Object.keys(ownGradients).sort(),
    [...testedFunctions].sort(),
  );
  for (const [name, f] of Object.entries({ ...functions, ...ownGradients })) {
    const { error } = both(
      f,
      (...args) => withSecondDerivatives(() => product(...args)),
    );
    ok(error < 1e-7, `${name}: ${error}`);
  }
});

tensorTest("Each of them is needed there: without it, it is refused", () => {
  for (const [name, f] of Object.entries(functions)) {
    const others = new Set(testedKernels);
    others.delete(name);
    throws(
      () => {
        both(
          f,
          (...args) => withSecondDerivatives(() => product(...args), others),
        );
      },
      new RegExp(`not known to be right for ${name}:`),
      name,
    );
  }
});

tensorTest("TensorFlow.js's own are wrong without an error", () => {
  for (const name of ["Tanh", "Sigmoid", "Exp", "Softmax"]) {
    const { error } = both(functions[name]!, product);
    ok(error > 0.05, `${name} is repaired upstream? ${error}`);
  }
});

tensorTest("What is not tested is refused by name, and all is put back", () => {
  const refused: Record<string, Function> = {
    Elu: (x) => tf.elu(middle(x)),
    Selu: (x) => tf.selu(middle(x)),
    Maximum: (x) => tf.maximum(x, 0.8),
    MaxPoolGrad: (x) => tf.maxPool(image(x), 2, 2, "valid"),
    logSoftmax: (x) => tf.logSoftmax(square(x)),
  };
  const customGrad = tf.engine().customGrad;
  const tanh = tf.getGradient("Tanh"), argMax = tf.getGradient("ArgMax");
  for (const [name, f] of Object.entries(refused)) {
    throws(
      () => {
        tf.tidy(() =>
          withSecondDerivatives(() =>
            product(f, tf.tensor1d(at), tf.tensor1d(along))
          )
        );
      },
      new RegExp(`right for (${name}|MaxPool):`),
      name,
    );
    // A value through which no gradient goes may come from anywhere.
    tf.tidy(() => {
      withSecondDerivatives(() =>
        product(
          (x) => tf.mul(x, f(tf.tensor1d(at)).sum()),
          tf.tensor1d(at),
          tf.tensor1d(along),
        )
      );
    });
  }
  deepStrictEqual(tf.engine().customGrad, customGrad);
  deepStrictEqual(tf.getGradient("Tanh"), tanh);
  deepStrictEqual(tf.getGradient("ArgMax"), argMax);
  // A gradient taken afterwards is as ever.
  tf.tidy(() => {
    const slope = tf.grad((x) => tf.elu(x))(tf.scalar(2));
    deepStrictEqual(slope.dataSync()[0], 1);
  });
});

async function agree(options: ProbeOptions, what: string): Promise<void> {
  const [exact, difference] = [exactHessian(options), hessian(options)];
  const v = new Float64Array(exact.size).map((_, i) => Math.sin(2 * i + 1));
  const [a, b] = [await exact.apply(v), await difference.apply(v)];
  const off = norm(plus(a, -1, b)) / norm(a);
  ok(norm(a) > 0 && off < 1e-6, `${what}: ${off}`);
  exact.dispose();
  difference.dispose();
}

tensorTest(
  "Exact products agree with frozen differences in networks",
  async () => {
    for (
      const [name, net] of Object.entries({
        tanh: denseNet(tanh),
        relu: denseNet(relu()),
        mlp: mlp({ inputShape: [6], hidden: [5, 4], outputs: 3 }),
        normalised: normalisedNet(),
        resnet: resnet({ inputShape: [8, 8, 3], depth: 8, width: 2 }),
      })
    ) {
      const given = example(net);
      await agree({ ...given, batchSize: 10 }, name);
      free(given.data);
    }
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [6, 6, 1],
          filters: 3,
          kernelSize: 3,
          activation: "tanh",
        }),
        tf.layers.averagePooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 4, activation: "relu" }),
        tf.layers.dense({ units: 3 }),
      ],
    });
    const objective = objectiveOfLayersModel(model, "softmaxCrossEntropy");
    const { data } = example(normalisedNet());
    const weights = model.getWeights().map((w) => w.dataSync());
    await agree({ objective, data, weights }, "layers model");
    free(data);
    model.dispose();
  },
);

tensorTest(
  "A net with max-pooling is refused; nothing is left behind",
  async () => {
    const given = example(convolutionNet());
    const matrix = exactHessian(given);
    const v = new Float64Array(matrix.size).fill(1);
    await rejects(matrix.apply(v), /right for MaxPool/);
    await rejects(matrix.apply(v), /right for MaxPool/);
    matrix.dispose();
    const base = denseNet();
    const elu: Objective = {
      ...classification(base),
      loss: (parameters, { inputs, labels }) => {
        const { output } = base.apply(parameters, inputs, { training: false });
        const losses = softmaxCrossEntropy(
          labels as tf.Tensor1D,
          tf.elu(output),
        );
        return { loss: tf.mean(losses), statistics: [] };
      },
    };
    const dense = example(base);
    const other = exactHessian({ ...dense, objective: elu });
    await rejects(
      other.apply(new Float64Array(other.size).fill(1)),
      /right for Elu/,
    );
    other.dispose();
    free(dense.data);
    free(given.data);
  },
);

for (const backend of ["cpu", "wasm"] as const) {
  tensorTest("Exact products in float32", async () => {
    const given = example(denseNet(tanh));
    const [exact, difference] = [exactHessian(given), hessian(given)];
    const v = new Float64Array(exact.size).map((_, i) => Math.sin(2 * i + 1));
    const [a, b] = [await exact.apply(v), await difference.apply(v)];
    ok(norm(plus(a, -1, b)) < 2e-3 * norm(a));
    exact.dispose();
    difference.dispose();
    free(given.data);
  }, backend);
}
