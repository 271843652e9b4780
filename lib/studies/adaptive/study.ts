/**
 * S. Gorti, M. Ravaut, "Faster gradient descent convergence via an adaptive learning
 * rate schedule", 2017; 2018, arXiv 1801.09136.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { boston } from "./boston.ts";
import { section63 } from "./cost.ts";
import { section61 } from "./epsilon.ts";
import { fig1 } from "./fig1.ts";
import { fig2 } from "./fig2.ts";
import { fig3 } from "./fig3.ts";
import { fig4, section51 } from "./fig4.ts";
import { logistic } from "./logistic.ts";
import { section64 } from "./overfitting.ts";
import { section62 } from "./starts.ts";
import {
  cifar100,
  section33,
  section52,
  section53,
  section54,
} from "./unclaimed.ts";

/** The study of adaptive rates. */
export const adaptiveStudy: Study = {
  paper: "adaptive",
  items: [
    boston,
    logistic,
    fig1,
    fig2,
    fig3,
    fig4,
    cifar100,
    section51,
    section52,
    section53,
    section54,
    section61,
    section62,
    section63,
    section64,
    section33,
  ],
  settings: {
    smoke:
      "Linear and softmax regression, LeNet and a ResNet-10 of width 4, 1 or 2 epochs of 160 to 400 drawn examples (linear regression 50 steps), 2 seeds.",
    small:
      "Linear regression on 404 rows of the Boston housing data, 1,000 full batches. Softmax regression without bias, batches of 32: 20 epochs of 5,000 images of MNIST and of Fashion-MNIST, and 2 epochs of all 60,000 of MNIST as the released program has them. LeNet without dropout from a rate of 0.05 (five times the paper's, for a forty-eighth of its steps), batches of 64, and a ResNet-10 with stages of 16, 16, 32 and 32 channels, the strides and rates of the paper's ResNet-18 and dropout of 0.2 in the place of 0.5, batches of 50: 20 epochs of 5,000 CIFAR-10 images, no augmentation; ResNet rows without a claim 6 epochs. Where CIFAR-100 is not at hand, 900 images of a part of it stand for it. 5 paired seeds. Dropout is active in training alone, and test errors are by running statistics, unlike in the released program; its LeNet, whose dropout stays active in tests, is not built.",
    paper:
      "The paper's networks on 40,000 CIFAR-10 images (10,000 held out), LeNet 60 epochs in batches of 32 from 0.01, ResNet-18 with stages of 16, 32, 64 and 128 channels and dropout 40 epochs in batches of 256 from 0.1 and 0.01; softmax regression 20 epochs of all 60,000 images. LeNet has no dropout, as in the text; the released program's, whose dropout stays active in tests, is not built.",
  },
};
