import { deepStrictEqual, throws } from "node:assert";
import { namedNetwork } from "../../lib/models/named_network.ts";

const data = { inputShape: [32, 32, 3], outputs: 7 };

Deno.test("each network comes back from its own spec", () => {
  for (
    const spec of [
      { kind: "mlp", hidden: [3] },
      { kind: "lenet" },
      { kind: "resnet", depth: 8 },
      { kind: "wideResnet", depth: 10, widen: 1 },
      { kind: "densenet", depth: 10, growth: 4 },
      { kind: "cudaConvnet" },
      { kind: "allCnn" },
    ]
  ) {
    const network = namedNetwork(spec, data);
    deepStrictEqual(network.outputShape, [7]);
    deepStrictEqual(namedNetwork(network.spec).spec, network.spec);
  }
});

Deno.test("options that nobody can mean are refused before anything is built", () => {
  const shape = { inputShape: [32, 32, 3] };
  throws(
    () => namedNetwork({ kind: "resnet", depth: 1e9 }, shape),
    /"resnet": depth cannot be 1000000000/,
  );
  throws(
    () => namedNetwork({ kind: "mlp", hidden: [1e9], outputs: 1 }, shape),
    /"mlp": hidden cannot be \[1000000000\]/,
  );
  throws(
    () => namedNetwork({ kind: "resnet", dept: 8 }, data),
    /resnet has no option "dept"; did you mean "depth"\?/,
  );
  throws(
    () => namedNetwork({ kind: "lenet" }),
    /needs inputShape and classes/,
  );
  throws(() => namedNetwork("lenet"), /must be an object such as/);
  throws(
    () => namedNetwork({ kind: "constructor" }, data),
    /must be one of mlp, lenet/,
  );
});
