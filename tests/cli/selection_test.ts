import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { listRows, listText } from "../../lib/cli/listing.ts";
import { allRowIds, readScale, selectRows } from "../../lib/cli/selection.ts";

Deno.test("selectRows takes all, a paper, a figure by its id or by its item", () => {
  strictEqual(selectRows([], []).length, 63);
  strictEqual(selectRows(["k-decay"], []).length, 8);
  strictEqual(selectRows(["k-decay,nonmonotonic"], []).length, 25);
  deepStrictEqual(selectRows([], ["k-decay/fig2"]), ["k-decay/fig2"]);
  deepStrictEqual(selectRows(["k-decay"], ["fig2", "fig1"]), [
    "k-decay/fig1",
    "k-decay/fig2",
  ]);
  deepStrictEqual(selectRows([], ["lemma1"]), ["nonmonotonic/lemma1"]);
});

Deno.test("selectRows names what is misspelt, and the nearest name", () => {
  throws(
    () => selectRows(["k-dcay"], []),
    /--paper must be .*got k-dcay; did you mean "k-decay"/,
  );
  throws(
    () => selectRows([], ["k-decay/fig12"]),
    /k-decay\/fig12 is not a row; --list shows them; did you mean "k-decay\/fig1"/,
  );
  throws(
    () => selectRows([], ["fig1"]),
    /is in several papers: loss-decay\/fig1, k-decay\/fig1/,
  );
  throws(
    () => readScale("huge"),
    /--scale must be smoke, small, paper, got huge/,
  );
});

Deno.test("an option that names nothing does not stand for everything", () => {
  throws(() => selectRows([], [""]), /--figure names nothing/);
  throws(() => selectRows([","], []), /--paper names nothing/);
});

Deno.test("listRows has the shape that --list --json promises", () => {
  const rows = listRows(allRowIds);
  strictEqual(rows.length, 63);
  for (const row of rows) {
    strictEqual(row.id, `${row.paper}/${row.item}`);
    deepStrictEqual(Object.keys(row.scales), ["smoke", "small", "paper"]);
    for (const { state, expectedSeconds } of Object.values(row.scales)) {
      strictEqual(state === "ready", expectedSeconds !== null);
    }
  }
  const text = listText(rows);
  strictEqual(text.split("\n").length, 1 + 63 + 2);
});
