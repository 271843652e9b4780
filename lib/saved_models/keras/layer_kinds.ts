/**
 * The layers that TensorFlow.js computes as Keras does, and which of their options
 * it ignores: a model that needs those is refused, not computed wrongly.
 *
 * @module
 */
import type { JsonValue } from "../parse_json.ts";

/** What is known of a kind of layer. */
export interface LayerKind {
  /** Options that must have one of these values, if they are given at all. */
  readonly only?: { readonly [option: string]: readonly JsonValue[] };
  /** Options that TensorFlow.js calls otherwise. */
  readonly renamed?: { readonly [option: string]: string };
  /** Where layers within it are described: options with a layer or a list. */
  readonly inner?: readonly string[];
}

const plain: LayerKind = {};
const ungrouped: LayerKind = { only: { groups: [1] } };
const notKept: LayerKind = { only: { keepdims: [false] } };
const recurrent: LayerKind = {
  only: { time_major: [false], reset_after: [false] },
};
const wrapper: LayerKind = { inner: ["layer"] };

/** Every kind of layer that is read, by its class in Keras. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map(
  Object.entries<LayerKind>({
    Activation: plain,
    Add: plain,
    AlphaDropout: plain,
    Average: plain,
    AveragePooling1D: plain,
    AveragePooling2D: plain,
    AveragePooling3D: plain,
    BatchNormalization: {
      only: { renorm: [false], virtual_batch_size: [null] },
    },
    Bidirectional: { inner: ["layer"] },
    Concatenate: plain,
    Conv1D: ungrouped,
    Conv2D: ungrouped,
    Conv2DTranspose: { only: { output_padding: [null], groups: [1] } },
    Conv3D: ungrouped,
    Conv3DTranspose: { only: { output_padding: [null], groups: [1] } },
    ConvLSTM2D: plain,
    Cropping2D: plain,
    Dense: plain,
    DepthwiseConv2D: plain,
    Dot: plain,
    Dropout: { only: { noise_shape: [null] } },
    ELU: plain,
    Embedding: plain,
    Flatten: plain,
    GRU: recurrent,
    GRUCell: recurrent,
    GaussianDropout: plain,
    GaussianNoise: plain,
    GlobalAveragePooling1D: notKept,
    GlobalAveragePooling2D: notKept,
    GlobalMaxPooling1D: notKept,
    GlobalMaxPooling2D: notKept,
    InputLayer: plain,
    LSTM: recurrent,
    LSTMCell: plain,
    LayerNormalization: { only: { rms_scaling: [false] } },
    LeakyReLU: { renamed: { negative_slope: "alpha" } },
    Masking: plain,
    MaxPooling1D: plain,
    MaxPooling2D: plain,
    MaxPooling3D: plain,
    Maximum: plain,
    Minimum: plain,
    Multiply: plain,
    PReLU: plain,
    Permute: plain,
    RNN: { only: { time_major: [false] }, inner: ["cell"] },
    ReLU: { only: { negative_slope: [0], threshold: [0] } },
    RepeatVector: plain,
    Rescaling: plain,
    Reshape: plain,
    SeparableConv2D: plain,
    SimpleRNN: recurrent,
    SimpleRNNCell: plain,
    Softmax: plain,
    SpatialDropout1D: plain,
    StackedRNNCells: { inner: ["cells"] },
    ThresholdedReLU: plain,
    TimeDistributed: wrapper,
    UpSampling2D: { only: { interpolation: ["nearest"] } },
    ZeroPadding2D: plain,
  }),
);

/** Why kinds of layers are refused that people may well have. */
export const refusedKinds: ReadonlyMap<string, string> = new Map([
  ["Lambda", "holds code of its own, which is never run"],
  ["TFOpLambda", "calls a TensorFlow function, which is not read"],
  ["SlicingOpLambda", "calls a TensorFlow function, which is not read"],
  ["Resizing", "interpolates differently in TensorFlow.js than in Keras"],
  ["CenterCrop", "crops differently in TensorFlow.js than in Keras"],
  ["RandomWidth", "is random in TensorFlow.js in predictions too"],
  [
    "CategoryEncoding",
    "looks at its values while it runs, which a compiled model cannot: encode the data",
  ],
  ["ConvLSTM2DCell", "is read within the layer ConvLSTM2D alone"],
]);
