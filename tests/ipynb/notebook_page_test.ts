import { ok, strictEqual } from "node:assert";
import type { ExecutedCell } from "../../lib/ipynb/notebook_file.ts";
import { notebookPage } from "../../lib/ipynb/notebook_page.ts";
import { PLOTLY } from "../../lib/ipynb/output.ts";

const hostile =
  "</script><script>alert(1)</script><img src=x onerror=alert(2)>";

Deno.test("notebookPage() shows hostile texts as texts", async () => {
  const cells: ExecutedCell[] = [
    {
      kind: "markdown",
      source: `# ${hostile}\n\n[a](javascript:alert(3)) ![b](x"onerror=alert)`,
      tags: [],
      outputs: [],
    },
    {
      kind: "code",
      source: hostile,
      tags: [],
      outputs: [
        { output_type: "stream", name: "stdout", text: hostile },
        {
          output_type: "display_data",
          data: {
            "text/html": hostile,
            "image/svg+xml": hostile,
            "text/plain": hostile,
          },
        },
        { output_type: "display_data", data: { "text/markdown": hostile } },
        { output_type: "display_data", data: { "image/png": hostile } },
        {
          output_type: "execute_result",
          data: {
            [PLOTLY]: {
              data: [{ name: hostile }],
              layout: { meta: { title: hostile, caption: hostile } },
            },
          },
        },
        {
          output_type: "error",
          ename: hostile,
          evalue: hostile,
          traceback: [hostile],
        },
      ],
    },
  ];
  const page = await notebookPage(cells, { name: hostile });
  ok(!page.includes("<script>alert"));
  ok(!page.includes("<img src=x"));
  ok(!page.includes('href="javascript'));
  // Its own scripts: plotly, the page's; data of templates and of the figure.
  strictEqual(page.match(/^<script/gm)!.length, 4);
});
