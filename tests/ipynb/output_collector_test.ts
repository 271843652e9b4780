import { deepStrictEqual } from "node:assert";
import {
  OutputCollector,
  type Published,
} from "../../lib/ipynb/output_collector.ts";

function collect(messages: Published[]): unknown {
  const collector = new OutputCollector();
  for (const message of messages) collector.add(message);
  return collector.outputs;
}

const text = (text: string) => ({ "text/plain": text });
const transient = { display_id: "d" };

Deno.test("a display that is updated stays one output", () => {
  deepStrictEqual(
    collect([
      { type: "display_data", content: { data: text("25 %"), transient } },
      { type: "stream", content: { name: "stdout", text: "a" } },
      {
        type: "update_display_data",
        content: { data: text("end"), transient },
      },
    ]),
    [
      { output_type: "display_data", data: text("end") },
      { output_type: "stream", name: "stdout", text: "a" },
    ],
  );
});

Deno.test("colour codes are left out, everywhere", () => {
  const red = "\x1b[31mred\x1b[0m";
  deepStrictEqual(
    collect([
      { type: "stream", content: { name: "stderr", text: red } },
      { type: "execute_result", content: { data: text(red) } },
      {
        type: "error",
        content: { ename: red, evalue: red, traceback: [red] },
      },
    ]),
    [
      { output_type: "stream", name: "stderr", text: "red" },
      { output_type: "execute_result", data: text("red") },
      { output_type: "error", ename: "red", evalue: "red", traceback: ["red"] },
    ],
  );
});

Deno.test("clear_output clears, at once or before the next output", () => {
  const one = { type: "display_data", content: { data: text("1") } };
  const clear = (wait: boolean) => ({
    type: "clear_output",
    content: { wait },
  });
  deepStrictEqual(collect([one, clear(false)]), []);
  deepStrictEqual(collect([one, clear(true)]), [
    { output_type: "display_data", data: text("1") },
  ]);
  deepStrictEqual(collect([one, clear(true), one]), [
    { output_type: "display_data", data: text("1") },
  ]);
});
