import { deepStrictEqual, throws } from "node:assert";
import { namedNetwork, networkNames } from "../../lib/models/named_network.ts";

Deno.test("each network comes back from its own spec", () => {
  for (const kind of networkNames) {
    const depth = kind === "resnet" ? { depth: 8 } : {};
    const network = namedNetwork(
      { kind, ...depth },
      { inputShape: [32, 32, 3], outputs: 7 },
    );
    deepStrictEqual(network.outputShape, [7]);
    deepStrictEqual(namedNetwork(network.spec).spec, network.spec);
  }
});

Deno.test("options that nobody can mean are refused before anything is built", () => {
  const shape = { inputShape: [32, 32, 3] };
  throws(
    () => namedNetwork({ kind: "resnet", depth: 1e9 }, shape),
    /resnet: depth cannot be 1000000000/,
  );
  throws(
    () => namedNetwork({ kind: "mlp", hidden: [1e9], outputs: 1 }, shape),
    /mlp: hidden cannot be \[1000000000\]/,
  );
  throws(
    () => namedNetwork({ kind: "resnet", dept: 8 }, shape),
    /resnet has no option "dept"; did you mean "depth"\?/,
  );
  throws(
    () => namedNetwork({ kind: "lenet" }),
    /needs the option "inputShape"/,
  );
  throws(() => namedNetwork("lenet"), /must be an object such as/);
  throws(() => namedNetwork({ kind: "constructor" }), /must be mlp, lenet/);
});
