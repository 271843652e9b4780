/**
 * T. Zhang, W. Li, "k-decay: A New Method for Learning Rate Schedule", 2020,
 * arXiv 2004.05909.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { eq14 } from "./eq14.ts";
import { fig1 } from "./fig1.ts";
import { fig2 } from "./fig2.ts";
import { fig3 } from "./fig3.ts";
import { fig4 } from "./fig4.ts";
import { fig5 } from "./fig5.ts";
import { fig6 } from "./fig6.ts";
import { table1 } from "./table1.ts";

/** The study of k-decay. */
export const kDecayStudy: Study = {
  paper: "k-decay",
  items: [fig1, fig2, fig3, fig4, fig5, fig6, table1, eq14],
  settings: {
    smoke:
      "Narrow pre-activation, wide and ImageNet ResNets and DenseNets, 3 epochs of 400 generated images, 2 seeds.",
    small:
      "Narrow pre-activation ResNets, WRN-10-2 of base width 4, DenseNet-BC-10-4, an ImageNet-style ResNet-14; 20 epochs of 5,000 CIFAR-10 images (table 1 also of 800 CIFAR-100 images) with crops and flips, batches of 50, momentum 0.9, weight decay 5e-4, rate to 0.001 at the last step, 5 paired seeds.",
    paper:
      "Networks of the paper's widths and depths, 200 epochs (DenseNets 300) of 45,000 CIFAR-10 or CIFAR-100 images (5,000 held out), batches of 128 (DenseNets 64).",
  },
};
