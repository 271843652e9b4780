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
import { fig6 } from "./fig6.ts";
import { fig5, table1 } from "./table1.ts";

/** The study of loss decay. */
export const lossDecayStudy: Study = {
  paper: "loss-decay",
  items: [fig1, fig2, fig3, fig4ab, fig4c, fig4d, table1, fig5, fig6, eq2],
  settings: {
    smoke:
      "A narrow pre-activation ResNet and plain networks of 5 and 8 layers, 3 epochs of 400 generated images, 2 seeds. A PSPNet and pix2pix of a few channels, 4 epochs of 40 scenes and 16 pairs.",
    small:
      "A pre-activation ResNet-8, and for figure 1 plain networks of 40 and 50 layers (stride 2 in the first convolution), all of width 8; 20 epochs of 5,000 CIFAR-10 images with crops and flips, batches of 50, momentum 0.95, coupled weight decay 1e-4, 5 paired seeds. Figure 4b's training is twice as long, so that figure 4c's is half of it, as in the paper. Table 1 and figure 5: PSPNet of four blocks, width 16, from scratch, 20 epochs of 600 generated scenes of 48 × 48 (Pascal VOC where its folder is), mirrored at random, batches of 10, rate 0.02. Figure 6: pix2pix of width 16, 20 epochs of 300 generated pairs of 64 × 64 (maps and Cityscapes where their folders are), batches of 4, Adam, rate 0.001.",
    paper:
      "A pre-activation ResNet-32 (the released code's is a ResNet-34) and plain networks of 40 and 50 layers, all of width 64; 100 epochs of 45,000 CIFAR-10 images (5,000 held out), figure 4c 50, batches of 128, momentum 0.95, coupled weight decay 1e-4. PSPNet101's stages from scratch, 200 epochs of Pascal VOC at 224 × 224, batches of 4, rate 0.001; pix2pix's networks, 200 epochs of maps and Cityscapes at 256 × 256, batches of 1, Adam, rate 0.0002.",
  },
};
