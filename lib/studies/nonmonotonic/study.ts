/**
 * S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim, "Towards Flatter Loss Surface via
 * Nonmonotonic Learning Rate Scheduling", UAI 2018.
 *
 * @module
 */
import type { Study } from "../study.ts";
import { fig1 } from "./fig1.ts";
import { fig2 } from "./fig2.ts";
import { fig3a } from "./fig3a.ts";
import { fig3b, fig3c } from "./fig3bc.ts";
import { fig4a, fig4b, fig4c } from "./fig4.ts";
import { fig5 } from "./fig5.ts";
import { fig6 } from "./fig6.ts";
import { fig7 } from "./fig7.ts";
import { lemma1 } from "./lemma1.ts";
import { start } from "./start.ts";
import { table1 } from "./table1.ts";
import { table2 } from "./table2.ts";
import { table3 } from "./table3.ts";
import { table4 } from "./table4.ts";

/** The study of nonmonotonic schedules. */
export const nonmonotonicStudy: Study = {
  paper: "nonmonotonic",
  items: [
    fig1,
    fig2,
    fig3a,
    fig3b,
    fig3c,
    fig4a,
    fig4b,
    fig4c,
    fig5,
    fig6,
    fig7,
    table1,
    table2,
    table3,
    table4,
    start,
    lemma1,
  ],
  settings: {
    smoke: "Narrow networks, 2 to 3 epochs of 400 generated images, 2 seeds.",
    small:
      "The small model at half and the large model at an eighth of their widths, without dropout, 20 epochs (figures 6, 7 and the start: 20 and 40) of 5,000 CIFAR-10 images, batches of 50, momentum 0.9, weight decay 5e-4, He's initialisation, 5 paired seeds (table 1: 6, so that each can be left out of five networks). Figures 1 to 4 and lemma 1: the small model, 10 paired seeds, probed on 500 training examples. The networks of the tables at a tenth of their widths and less, as long, on as many images of MNIST (table 2) and augmented ones of CIFAR-10.",
    paper:
      "The paper's networks, 360 epochs of 45,000 CIFAR-10 images (5,000 held out), batches of 128; table 2: 167 epochs of MNIST; table 3: NIN 720, ResNet 270, DenseNets 300, wide ResNet 200 epochs.",
  },
};
