/**
 * The networks and batch sizes that are timed.
 *
 * @module
 */
import {
  cudaConvnet,
  lenet,
  mlp,
  type Network,
  resnet,
} from "../lib/models/mod.ts";

/** A network and the number of examples in a step. */
export interface Workload {
  /** Such as `lenet-32`: the peer's name of the network, and the batch size. */
  name: string;
  network: Network;
  batchSize: number;
  /** The largest ratio of our time to PyTorch's. */
  target: number;
}

const images: [number, number, number] = [32, 32, 3];

const networks: Record<string, () => Network> = {
  resnet20: () => resnet({ inputShape: images, depth: 20 }),
  lenet: () => lenet({ inputShape: images }),
  mlp: () => mlp({ inputShape: [784], hidden: [500, 300], outputs: 10 }),
  cudaconvnet: () => cudaConvnet({ inputShape: images, initialisation: "he" }),
};

/** What is compared with PyTorch, with the targets. */
export const workloadNames = {
  "resnet20-64": 1,
  "resnet20-128": 1,
  "lenet-32": 1,
  "lenet-128": 1,
  "mlp-128": 1.15,
  "cudaconvnet-128": 1,
} as const;

/** Makes a workload. */
export function workload(name: string): Workload {
  const [network, batchSize] = name.split("-");
  return {
    name,
    network: networks[network!]!(),
    batchSize: Number(batchSize),
    target: workloadNames[name as keyof typeof workloadNames],
  };
}
