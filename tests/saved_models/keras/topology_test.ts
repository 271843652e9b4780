import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  layerKinds,
  refusedKinds,
} from "../../../lib/saved_models/keras/layer_kinds.ts";
import { parseJson } from "../../../lib/saved_models/parse_json.ts";
import { rewriteModel } from "../../../lib/saved_models/keras/topology.ts";

type Options = Record<string, unknown>;

/** A layer, as Keras 2 writes it in a functional model. */
function layer(kind: string, name: string, from: unknown[], options = {}) {
  return {
    class_name: kind,
    name,
    config: { name, ...options },
    inbound_nodes: from,
  };
}

const input = layer("InputLayer", "in", [], { batch_input_shape: [null, 2] });
const dense = (name: string, from: string, options = {}) =>
  layer("Dense", name, [[[from, 0, 0, {}]]], {
    units: 2,
    activation: "relu",
    ...options,
  });

function functional(layers: unknown[], output = "a", config: Options = {}) {
  return {
    class_name: "Functional",
    config: {
      name: "model",
      layers,
      input_layers: [["in", 0, 0]],
      output_layers: [[output, 0, 0]],
      ...config,
    },
  };
}

/** Rewrites what went through JSON, as files do. */
function rewrite(model: unknown, generation: 2 | 3 = 2) {
  return rewriteModel(parseJson(JSON.stringify(model)), generation);
}

function refuses(model: unknown, reason: RegExp, generation: 2 | 3 = 2) {
  throws(() => rewrite(model, generation), (error) => {
    if (!(error instanceof SyntaxError)) throw error;
    return reason.test(error.message) || (() => {
      throw new Error(error.message);
    })();
  });
}

Deno.test("what Keras 3 writes otherwise becomes what TensorFlow.js reads", () => {
  const tensor = (name: string) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 2], dtype: "float32", keras_history: [name, 0, 0] },
  });
  const rewritten = rewrite(
    functional(
      [
        layer("InputLayer", "in", [], { batch_shape: [7, 2] }),
        layer("LeakyReLU", "a", [{ args: [tensor("in")], kwargs: {} }], {
          negative_slope: 0.3,
          dtype: { class_name: "DTypePolicy", config: { name: "float32" } },
        }),
      ],
      "a",
      { input_layers: ["in", 0, 0], output_layers: ["a", 0, 0] },
    ),
    3,
  );
  deepStrictEqual(rewritten, {
    class_name: "Functional",
    config: {
      name: "model",
      layers: [
        {
          class_name: "InputLayer",
          name: "in",
          config: {
            name: "in",
            dtype: "float32",
            batch_input_shape: [null, 2],
          },
          inbound_nodes: [],
        },
        {
          class_name: "LeakyReLU",
          name: "a",
          config: { name: "a", alpha: 0.3, dtype: "float32" },
          inbound_nodes: [[["in", 0, 0, {}]]],
        },
      ],
      input_layers: [["in", 0, 0]],
      output_layers: [["a", 0, 0]],
    },
  });
});

Deno.test("graphs that have no end are refused", () => {
  refuses(
    functional([input, dense("a", "b"), dense("b", "a")]),
    /layer "a" waits for its own output: the graph has a cycle/,
  );
  refuses(functional([input, dense("a", "a")]), /a cycle/);
  refuses(
    functional([input, dense("a", "nowhere")]),
    /layer "a" is called with layer "nowhere", whose call 0 is not there/,
  );
  refuses(
    functional([input, dense("a", "in"), dense("a", "in")]),
    /layer "a" is there twice/,
  );
  refuses(functional([input, dense("a", "in")], "b"), /"b" is an end/);
});

Deno.test("every layer of TensorFlow.js is read, or refused with its reason", () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const layers = Object.entries(classNameMap).filter(([, [kind]]) =>
    kind.prototype instanceof tf.layers.Layer
  ).map(([name]) => name);
  // What only other layers are made of.
  const within = ["Functional", "Model", "Sequential"];
  const unknown = layers.filter((name) =>
    !layerKinds.has(name) && !refusedKinds.has(name) && !within.includes(name)
  );
  deepStrictEqual(unknown, []);
  ok(layers.length > 60);
});

Deno.test("layers with code, and layers that are not there, are refused by name", () => {
  const one = (kind: string, options = {}) =>
    functional([input, layer(kind, "a", [[["in", 0, 0, {}]]], options)]);
  refuses(one("Lambda"), /layer "a" is a Lambda: it holds code of its own/);
  refuses(one("Dens"), /is a "Dens", .*did you mean "Dense"\?/);
  refuses(one("constructor"), /is a "constructor", which/);
  refuses(
    one("GRU", { reset_after: true }),
    /"a" \(GRU\) has reset_after = true; only false is read/,
  );
  refuses(one("Conv2D", { groups: 2 }), /groups = 2/);
  refuses(one("UpSampling2D", { interpolation: "bilinear" }), /interpolation/);
  refuses(
    one("Dense", { activation: { class_name: "function", config: "mine" } }),
    /has the activation "mine", which is not read/,
  );
  refuses(one("Dense", { activation: "rellu" }), /did you mean "relu"\?/);
  refuses(one("Dense", { dtype: "float64" }), /computes in "float64"/);
  refuses(
    { class_name: "MyModel", config: {} },
    /holds a "MyModel", expected a Sequential or Functional model/,
  );
  refuses(
    functional([input, layer("Dense", "__proto__", [[["in", 0, 0, {}]]])]),
    /a layer has the name "__proto__"/,
  );
});

Deno.test("hard_sigmoid means another function in Keras 3", () => {
  const model = functional([
    input,
    dense("a", "in", { activation: "hard_sigmoid" }),
  ]);
  rewrite(model, 2);
  refuses(model, /another function in Keras 3/, 3);
});

Deno.test("a layer that always trains is refused", () => {
  refuses(
    functional([
      input,
      layer("Dropout", "a", [[["in", 0, 0, { training: true }]]], {
        rate: 0.5,
      }),
    ]),
    /layer "a" is called with training = true/,
  );
});

Deno.test("a Sequential model that was never built has no shape", () => {
  const config = { name: "a", units: 1, activation: "relu" };
  refuses(
    {
      class_name: "Sequential",
      config: { layers: [{ class_name: "Dense", config }] },
    },
    /layer "a" has no input shape/,
  );
});

Deno.test("JSON that would harm who walks it is refused", () => {
  throws(() => parseJson('{"a": [{"__proto__": 1}]}'), /key named "__proto__"/);
  throws(
    () => parseJson('{"a":'.repeat(200) + "1" + "}".repeat(200)),
    /deeper than 100 levels/,
  );
  throws(() => parseJson("[1]"), /not a JSON object/);
  throws(() => parseJson("{"), /not valid JSON/);
  throws(() => parseJson(Uint8Array.of(0x7b, 0xff, 0x7d)), /not valid JSON/);
});
