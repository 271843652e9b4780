/**
 * The papers' networks, as pure functions of their parameters.
 *
 * @module
 */
export type { RandomStream } from "../random/stream.ts";
export type {
  ModelLayer,
  SymbolicTensor,
  Tensor,
  Tensor1D,
} from "../runtime/tensor.ts";
export { alexnet, type AlexnetOptions } from "./alexnet.ts";
export { allCnn, type AllCnnOptions } from "./all_cnn.ts";
export { autoencoder, type AutoencoderOptions } from "./autoencoder.ts";
export { bilstm, type BilstmOptions } from "./bilstm.ts";
export { cudaConvnet, type CudaConvnetOptions } from "./cuda_convnet.ts";
export { densenet, type DensenetOptions } from "./densenet.ts";
export { googlenet, type GooglenetOptions } from "./googlenet.ts";
export { imageDecoder, type ImageDecoderOptions } from "./image_decoder.ts";
export { imageEncoder, type ImageEncoderOptions } from "./image_encoder.ts";
export {
  imagenetResnet,
  type ImagenetResnetOptions,
} from "./imagenet_resnet.ts";
export { lenet, type LenetOptions } from "./lenet.ts";
export { linearText, type LinearTextOptions } from "./linear_text.ts";
export { lossgradCnn, type LossgradCnnOptions } from "./lossgrad_cnn.ts";
export { mlp, type MlpOptions } from "./mlp.ts";
export { namedNetwork, type NetworkDefaults } from "./named_network.ts";
export {
  type ForwardContext,
  type Layer,
  type LayerFactory,
  type Network,
  network,
  type NetworkSpec,
  type ParameterSpec,
  type PlaceLayer,
  type Role,
  sequence,
  type ToLayers,
} from "./network.ts";
export {
  networkInNetwork,
  type NetworkInNetworkOptions,
} from "./network_in_network.ts";
export {
  type ModelSpec,
  type NetworkKind,
  networkKinds,
  parseNetwork,
} from "./parse.ts";
export {
  patchDiscriminator,
  type PatchDiscriminatorOptions,
  receptiveField,
} from "./patch_discriminator.ts";
export { plainNetwork, type PlainNetworkOptions } from "./plain_network.ts";
export { pspnet, type PspnetOptions } from "./pspnet.ts";
export { resnet, type ResnetOptions } from "./resnet.ts";
export { resnet18, type Resnet18Options } from "./resnet_18.ts";
export { unet, type UnetOptions } from "./unet.ts";
export { wideResnet, type WideResnetOptions } from "./wide_resnet.ts";
