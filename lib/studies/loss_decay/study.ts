/**
 * J. Wei, "Forget the Learning Rate, Decay Loss", 2019, arXiv 1905.00094.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { eq2 } from "./eq2.ts";
import { fig1 } from "./fig1.ts";
import { fig2 } from "./fig2.ts";
import { fig3 } from "./fig3.ts";
import { fig4ab } from "./fig4ab.ts";
import { fig4c } from "./fig4c.ts";
import { fig4d } from "./fig4d.ts";

/** The study of loss decay. */
export const lossDecayStudy: Study = {
  paper: "loss-decay",
  items: [fig1, fig2, fig3, fig4ab, fig4c, fig4d, eq2],
  settings: {
    smoke:
      "Narrow pre-activation ResNets and plain networks, 3 epochs of 400 generated images, 2 seeds.",
    small:
      "A pre-activation ResNet-8 and plain networks of 40 and 50 layers, of width 16, 20 epochs of 5,000 CIFAR-10 images with crops and flips, batches of 50, momentum 0.95, coupled weight decay 1e-4, weights held through each epoch, 5 paired seeds.",
    paper:
      "ResNet-34 and plain networks of 40 and 50 layers, of width 64, 100 epochs of 45,000 CIFAR-10 images (5,000 held out), batches of 128.",
  },
};
