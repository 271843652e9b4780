/**
 * Which specs are left out on which backend.
 *
 * @module
 */
import { createRequire } from "node:module";
import { parseIgnoreList } from "./ignore_list.ts";

/** What tfjs-node leaves out, from its npm package. */
function tensorflowIgnored(): string[] {
  const file = createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-node-gpu/dist/run_tests.js",
  );
  return parseIgnoreList(Deno.readTextFileSync(file));
}

/**
 * The spec expects a window at the border to hand out its gradient as if it lay on
 * the image wholly (`avg_pool_grad.ts` does not); tfjs-node leaves it out as well.
 */
const wrongAverage =
  "avgPool test-tensorflow {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit";

const wasmIgnored = [
  wrongAverage,
  // Complex numbers, and transforms over them.
  "complex",
  "Complex",
  "FFT",
  "stft",
  "Mixed dtype tensors",
  "add test-tensorflow {} upcasts when dtypes dont match",
  "sub test-tensorflow {} upcasts when dtypes dont match",
  // Strings: its memory holds numbers.
  "should support string comparison",
  "should work for string",
  "fill test-tensorflow {} 1D fill string",
  "fill test-tensorflow {} 2D fill string",
  "tile test-tensorflow {} 1d string tensor",
  "tile test-tensorflow {} 2d string tensor",
  "tile test-tensorflow {} 6D string tensor",
  "tensor.toString test-tensorflow {} 1d long string tensor verbose",
  "tensor.toString test-tensorflow {} 2d long string tensor verbose",
  "squeeze test-tensorflow {} default",
  "squeeze test-tensorflow {} specific dimension",
  "squeeze test-tensorflow {} all ones",
  "squeeze test-tensorflow {} squeeze only ones",
  "staticRegexReplace",
  "raggedGather",
  "raggedRange",
  "raggedTensorToTensor",
  // Refused by name: channels first; a bias that is not a vector in a fused kernel.
  "NCHW",
  "fused conv2d test-tensorflow {} basic with broadcasted bias and relu",
  "fused conv2d test-tensorflow {} im2row with broadcasted bias and relu",
  "fused conv2d test-tensorflow {} gradient x=[2,3,3,1] f=[2,2,1,1] s=1 p=0 with bias",
  "fused depthwiseConv2D test-tensorflow {} basic with broadcasted bias and relu",
  "fused depthwiseConv2D test-tensorflow {} gradient x=[2,3,3,1] f=[2,2,1,1] s=1 p=0 with bias",
  "fused matmul test-tensorflow {} fused A x B with 2d bias",
  "fused matmul test-tensorflow {} fused A x B with relu and broadcasted bias different rank",
  // A gradient that is larger than the output; tfjs-node leaves it out as well.
  "conv2dTranspose test-tensorflow {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4",
  // Pooling windows that lie on padding alone.
  "fractional outputs default rounding",
  // Its Bincount takes vectors only, and these give it an image.
  "threshold test-tensorflow {} method otsu",
];

const webgpuIgnored = [
  wrongAverage,
  // Kernels that it lacks.
  "bitwiseAnd",
  "NonMaxSuppressionPadded",
  "raggedGather",
  "raggedRange",
  "raggedTensorToTensor",
  "sparseFillEmptyRows",
  "sparseReshape",
  "staticRegexReplace",
  "stringSplit",
  "stringToHashBucketFast",
  "unique",
  // A GPU does not check indices.
  "gather test-tensorflow {} throws when index is out of bound",
  "sparseSegmentMean test-tensorflow {} throw error",
  "sparseSegmentSum test-tensorflow {} indices invalid",
  "sparseSegmentSum test-tensorflow {} segments invalid",
  // Its Prod forgets to keep dimensions.
  "prod test-tensorflow {}",
  // Its sine and cosine are as exact as the driver's.
  "tan test-tensorflow {} numbers exceed float32 precision",
  // Its Bincount takes vectors only, and these give it an image.
  "threshold test-tensorflow {} method otsu",
  // They read a browser's canvas.
  "fromPixels, mock canvas",
  // Reads that end after the backend is disposed.
  "tensor.data test-tensorflow {} .data() postpones disposal of tensor",
  "tensor.data test-tensorflow {} calling .data() twice works (2 subscribers to a single read)",
];

/**
 * Parts of the names of specs to leave out: on tensorflow those that tfjs-node
 * leaves out itself, elsewhere what the npm package of the backend cannot do and
 * no model of ours needs.
 *
 * @param backend The backend's name.
 */
export function ignoredSpecs(backend: string): readonly string[] {
  switch (backend) {
    case "tensorflow":
      return tensorflowIgnored();
    case "wasm":
      return wasmIgnored;
    case "webgpu":
      return webgpuIgnored;
    default:
      return [wrongAverage];
  }
}
