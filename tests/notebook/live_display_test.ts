import { endPictures } from "../../lib/figures/pictures.ts";
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createProgress } from "../../lib/terminal/progress.ts";
import { lineFigure } from "../../lib/figures/mod.ts";
import {
  notebookDisplay,
  terminalDisplay,
} from "../../lib/notebook/live_display.ts";
import { fakeJupyter } from "./fake_jupyter.ts";

const figure = (title: string) =>
  lineFigure({
    title,
    x: { title: "x" },
    y: { title: "y" },
    series: [{ name: "a", x: [0, 1], y: [0, 1] }],
  });

Deno.test.afterAll(endPictures);

Deno.test("notebookDisplay() shows at most one state a second, in one output", async () => {
  const { notebook, shown } = fakeJupyter();
  let time = 0;
  const display = notebookDisplay(notebook, () => time);
  for (let step = 0; step <= 1000; step++) {
    time = 10 * step; // ten seconds
    await display.update(step, 1000, figure);
  }
  strictEqual(shown.length, 11); // at 0, 1, …, 10 s
  await display.finish(figure("the end"));
  const ids = new Set(shown.map(({ id }) => id));
  strictEqual(ids.size, 1);
  ok(!ids.has(undefined));
  deepStrictEqual(shown.map(({ isUpdate }) => isUpdate), [
    false,
    ...Array(11).fill(true),
  ]);
});

Deno.test("notebookDisplay() takes at most 1 % of the time, however slow drawing is", async () => {
  const { notebook, shown } = fakeJupyter();
  let time = 0;
  const display = notebookDisplay(notebook, () => time);
  for (; time < 60_000; time += 5) {
    await display.update(time, 60_000, (progress) => {
      time += 50;
      return figure(progress);
    });
  }
  ok(50 * shown.length <= 100 + 0.01 * 60_000 + 50);
  ok(shown.length > 10);
});

Deno.test("notebookDisplay() tells progress and time left, and draws nothing unseen", async () => {
  const { notebook, shown } = fakeJupyter();
  let time = 0, drawn = 0;
  const display = notebookDisplay(notebook, () => time);
  const draw = (progress: string) => {
    drawn++;
    return figure(progress);
  };
  for (time = 0; time < 2000; time += 100) {
    await display.update(250 + time / 10, 1000, draw); // resumed at a quarter
  }
  strictEqual(drawn, shown.length);
  strictEqual(shown[0]!.bundle["text/plain"], "25 %\n");
  // At 300 ms: 30 of the 750 steps that were left are done.
  strictEqual(shown[1]!.bundle["text/plain"], "35 %, 0:07 left\n");
});

Deno.test("notebookDisplay() has no picture on the way, and all of the bundle at the end", async () => {
  const { notebook, shown } = fakeJupyter();
  const display = notebookDisplay(notebook, () => 0);
  await display.update(0, 10, figure);
  await display.finish(figure("the end"));
  deepStrictEqual(shown.map(({ bundle }) => Object.keys(bundle)), [
    ["application/vnd.plotly.v1+json", "text/plain"],
    ["application/vnd.plotly.v1+json", "image/png", "text/plain"],
  ]);
  const [live, end] = shown.map(({ bundle }) =>
    (bundle["application/vnd.plotly.v1+json"] as {
      layout: { uirevision?: string };
    }).layout.uirevision
  );
  strictEqual(live, shown[0]!.id); // zoom stays
  strictEqual(end, undefined); // what is saved has no random name
});

Deno.test("displays of two cells are two outputs", async () => {
  const { notebook, shown } = fakeJupyter();
  for (const title of ["a", "b"]) {
    await notebookDisplay(notebook).update(0, 1, () => figure(title));
  }
  ok(shown[0]!.id !== shown[1]!.id);
  deepStrictEqual(shown.map(({ isUpdate }) => isUpdate), [false, false]);
});

Deno.test("terminalDisplay() shows progress, and the end in words", async () => {
  let text = "";
  const sink = {
    write: (s: string) => text += s,
    columns: () => undefined,
  };
  const display = terminalDisplay(createProgress({ sink, quiet: false }));
  await display.update(1, 4, figure);
  await display.finish(figure("the end"));
  display.close();
  strictEqual(text, "training: 25 %\nthe end\n");
});
