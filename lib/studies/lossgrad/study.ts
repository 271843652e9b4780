/**
 * B. Wójcik, Ł. Maziarka, J. Tabor, "LOSSGRAD: automatic learning rate in gradient
 * descent", 2019, arXiv 1902.07656.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { dropout } from "./dropout.ts";
import { fig1 } from "./fig1.ts";
import { fig2 } from "./fig2.ts";
import { fig3 } from "./fig3.ts";
import { fig4 } from "./fig4.ts";
import { section3 } from "./section3.ts";
import { tableAutoencoder } from "./table_autoencoder.ts";
import { tableC } from "./table_c.ts";
import { tableImdb } from "./table_imdb.ts";
import { tableMnist } from "./table_mnist.ts";
import { tableResnet56 } from "./table_resnet56.ts";
import { tableWae } from "./table_wae.ts";

/** The study of LOSSGRAD. */
export const lossgradStudy: Study = {
  paper: "lossgrad",
  items: [
    fig1,
    fig2,
    fig3,
    tableC,
    tableMnist,
    tableAutoencoder,
    fig4,
    tableResnet56,
    tableImdb,
    tableWae,
    dropout,
    section3,
  ],
  settings: {
    smoke:
      "A narrow CNN and a narrow ResNet-8 on generated images, an MLP and an autoencoder on drawn digits, an LSTM on generated texts; 3 epochs of 400 examples, 2 seeds.",
    small:
      "The paper's CNN with 16, 32 and 48 channels and a ResNet-8 of width 8 in the place of ResNet-56 on 5,000 CIFAR-10 images, its MLP on 5,000 of MNIST and its autoencoder on 5,000 of Fashion-MNIST; batches of 100, 20 epochs (the MLP and the autoencoder 30), 5 paired seeds. A bidirectional LSTM with 16 units for each direction on the last 64 words of 8,000 IMDb reviews, with 1,000 words of 16 numbers, and a Wasserstein autoencoder with 8 to 32 channels and codes of 16 numbers on 5,000 CelebA pictures of 32 × 32 (1,700 textured shapes where they are not at hand): batches of 50, 20 epochs. Where the paper's rates and initial values are lost, every method is tried at the same rates and kernels start as He's; table 1 starts at 0.03, as c = 1.001 would not leave 1e-4 in 1,000 steps. Within a step both losses have the same dropout mask and batch, unless said otherwise.",
    paper:
      "The paper's networks and batches; 60 epochs of 45,000 CIFAR-10 images (table 1: 120, the residual network 250), 30 of MNIST and Fashion-MNIST, 20 of the last 400 words of 22,500 IMDb reviews (the paper's number is not known), 80 of 55,000 CelebA pictures (all do not fit into memory).",
  },
};
