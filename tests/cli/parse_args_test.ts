import { deepStrictEqual, strictEqual } from "node:assert";
import { type Args, parseArgs } from "@std/cli/parse-args";

/** Compiles only if the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

function parsed(line: string, options = {}): Args {
  return parseArgs(line === "" ? [] : line.split(" "), options);
}

Deno.test("parseArgs() reads flags, values and positional arguments", () => {
  deepStrictEqual(parsed("--foo --bar=baz ./quux.txt"), {
    foo: true,
    bar: "baz",
    _: ["./quux.txt"],
  });
  deepStrictEqual(parsed("--host localhost --port 555 -x 3"), {
    host: "localhost",
    port: 555,
    x: 3,
    _: [],
  });
  deepStrictEqual(parsed(""), { _: [] });
});

Deno.test("parseArgs() reads short forms", () => {
  deepStrictEqual(parsed("-a beep -b boop"), { a: "beep", b: "boop", _: [] });
  deepStrictEqual(parsed("-x 3 -y 4 -n5 -abc --beep=boop foo bar baz"), {
    x: 3,
    y: 4,
    n: 5,
    a: true,
    b: true,
    c: true,
    beep: "boop",
    _: ["foo", "bar", "baz"],
  });
  deepStrictEqual(parsed("-h localhost -fp 555 script.js"), {
    h: "localhost",
    f: true,
    p: 555,
    _: ["script.js"],
  });
  deepStrictEqual(parsed("-b=123 -a=what -e=="), {
    b: 123,
    a: "what",
    e: "=",
    _: [],
  });
  deepStrictEqual(parsed("-I/foo/bar -xyz/baz"), {
    I: "/foo/bar",
    x: true,
    y: true,
    z: "/baz",
    _: [],
  });
  deepStrictEqual(parsed("-123 456"), { 1: true, 2: true, 3: 456, _: [] });
});

Deno.test("parseArgs() takes a lone hyphen for a value or an argument", () => {
  deepStrictEqual(parsed("-n -"), { n: "-", _: [] });
  deepStrictEqual(parsed("-f-"), { f: "-", _: [] });
  deepStrictEqual(parsed("-"), { _: ["-"] });
  deepStrictEqual(parsed("-b -", { boolean: "b" }), { b: true, _: ["-"] });
});

Deno.test("parseArgs() turns what looks like a number into one", () => {
  deepStrictEqual(parsed("-x 1234 -y 5.67 -z 1e7 -w 10f --hex 0xff 789"), {
    x: 1234,
    y: 5.67,
    z: 1e7,
    w: "10f",
    hex: 255,
    _: [789],
  });
  deepStrictEqual(parseArgs(["  "])._, ["  "]);
  deepStrictEqual(parseArgs(["--x=Infinity"]).x, "Infinity");
});

Deno.test("parseArgs() `string` keeps strings, empty where no value follows", () => {
  deepStrictEqual(parsed("-s 0001234", { string: "s" }), {
    s: "0001234",
    _: [],
  });
  deepStrictEqual(parsed("--str --other", { string: ["str"] }), {
    str: "",
    other: true,
    _: [],
  });
  deepStrictEqual(parsed("007 8", { string: "_" }), { _: ["007", "8"] });
  deepStrictEqual(parseArgs(["--s=X\nX"]).s, "X\nX");
});

Deno.test("parseArgs() `boolean` takes no value but true and false", () => {
  const options = { boolean: ["t", "verbose"], default: { verbose: true } };
  deepStrictEqual(parsed("--verbose false moo -t true", options), {
    verbose: false,
    t: true,
    _: ["moo"],
  });
  deepStrictEqual(parsed("-t moo", options), {
    verbose: true,
    t: true,
    _: ["moo"],
  });
  strictEqual(parsed("--t=false", options).t, false);
  strictEqual(parsed("--t=true", options).t, true);
  strictEqual(parsed("-t 123", options).t, true);
  strictEqual(parsed("", options).t, false);
});

Deno.test("parseArgs() `boolean: true` is about two hyphens and no equals sign", () => {
  deepStrictEqual(
    parsed("moo --honk cow -p 55 --tacos=good", { boolean: true }),
    {
      honk: true,
      p: 55,
      tacos: "good",
      _: ["moo", "cow"],
    },
  );
});

Deno.test("parseArgs() `collect` gathers; otherwise the last value counts", () => {
  const line = "--foo bar --foo baz";
  deepStrictEqual(parsed(line), { foo: "baz", _: [] });
  deepStrictEqual(parsed(line, { collect: ["foo"] }), {
    foo: ["bar", "baz"],
    _: [],
  });
  deepStrictEqual(
    parsed("--bib --bib", { boolean: "bib", collect: "bib" }).bib,
    [true, true],
  );
  deepStrictEqual(parsed("", { string: "foo", collect: "foo" }).foo, []);
  deepStrictEqual(
    parsed("", { collect: "foo", default: { foo: ["bar"] } }).foo,
    ["bar"],
  );
});

Deno.test("parseArgs() `negatable` lets --no-NAME say false; the last word counts", () => {
  const options = { boolean: ["foo"], negatable: ["foo"], alias: { foo: "f" } };
  deepStrictEqual(parsed("--foo --no-foo 123", options), {
    foo: false,
    f: false,
    _: [123],
  });
  strictEqual(parsed("--no-foo --foo", options).foo, true);
  deepStrictEqual(parsed("--no-moo"), { "no-moo": true, _: [] });
  deepStrictEqual(
    parsed("--foo a --no-foo", {
      string: "foo",
      collect: "foo",
      negatable: "foo",
    }),
    { foo: false, _: [] },
  );
});

Deno.test("parseArgs() `alias` gives a value all its names", () => {
  const options = { boolean: "herp", alias: { h: ["herp", "harp"] } };
  for (const line of ["-h derp", "--herp derp", "--harp derp"]) {
    deepStrictEqual(parsed(line, options), {
      h: true,
      herp: true,
      harp: true,
      _: ["derp"],
    });
  }
  deepStrictEqual(parsed("", { alias: { out: "o" }, default: { out: "a" } }), {
    out: "a",
    o: "a",
    _: [],
  });
  deepStrictEqual(parsed("--str 01", { string: "s", alias: { s: "str" } }), {
    s: "01",
    str: "01",
    _: [],
  });
});

Deno.test("parseArgs() `default` fills in what was not given, null too", () => {
  const options = { boolean: "maybe", default: { maybe: null, n: 1 } };
  deepStrictEqual(parsed("", options), { maybe: null, n: 1, _: [] });
  deepStrictEqual(parsed("--maybe --n 2", options), {
    maybe: true,
    n: 2,
    _: [],
  });
});

Deno.test("parseArgs() parses nothing after --", () => {
  deepStrictEqual(parsed("--a -- b -c 7"), { a: true, _: ["b", "-c", "7"] });
  deepStrictEqual(parsed("--name John before -- --after", { "--": true }), {
    name: "John",
    _: ["before"],
    "--": ["--after"],
  });
  deepStrictEqual(parsed("x", { "--": true }), { _: ["x"], "--": [] });
});

Deno.test("parseArgs() `stopEarly` parses nothing after the first bare argument", () => {
  deepStrictEqual(parsed("--aaa bbb ccc --ddd 5", { stopEarly: true }), {
    aaa: "bbb",
    _: ["ccc", "--ddd", "5"],
  });
});

Deno.test("parseArgs() `unknown` sees what no option names, and may drop it", () => {
  const seen: unknown[] = [];
  const args = parseArgs([
    "-h",
    "true",
    "--derp",
    "5",
    "cow",
    "--bad",
    "--",
    "x",
  ], {
    alias: { h: "herp" },
    boolean: "h",
    unknown: (arg, key, value) => {
      seen.push([arg, key, value]);
      return false;
    },
  });
  deepStrictEqual(seen, [
    ["--derp", "derp", "5"],
    ["cow", undefined, undefined],
    ["--bad", "bad", true],
  ]);
  deepStrictEqual(args, { h: true, herp: true, _: ["x"] });
  strictEqual(parseArgs(["--x"], { unknown: () => undefined }).x, true);
});

Deno.test("parseArgs() does not ask `unknown` about an argument that has an alias", () => {
  const args = parseArgs(["--out", "a"], {
    alias: { out: "o" },
    unknown: () => false,
  });
  deepStrictEqual(args, { out: "a", o: "a", _: [] });
});

Deno.test("parseArgs() keeps empty values", () => {
  strictEqual(parseArgs(["--x="]).x, "");
  deepStrictEqual(
    parseArgs(["--out", "", "--data="], { string: ["out", "data"] }),
    {
      out: "",
      data: "",
      _: [],
    },
  );
});

Deno.test("parseArgs() is not led astray by names of built-in members", () => {
  const args = parsed(
    "--toString --valueOf foo --__proto__=1 --constructor.x 2",
  );
  strictEqual(args.toString, true);
  strictEqual(args.valueOf, "foo");
  strictEqual(Object.getPrototypeOf(args), Object.prototype);
  strictEqual(Object.hasOwn(args, "__proto__"), true);
  strictEqual(args["constructor.x"], 2);
  deepStrictEqual(parsed("a --_=5 b")._, ["a", "b"]);
});

Deno.test("parseArgs() types its result by its options", () => {
  const args = parseArgs([], {
    string: ["paper", "scale", "out"],
    boolean: ["json", "resume"],
    collect: ["paper"],
    negatable: ["out"],
    default: { scale: "smoke", seeds: 5 },
    alias: { json: "j" },
    "--": true,
  });
  const checks: [
    Same<typeof args.paper, string[]>,
    Same<typeof args.scale, string>,
    Same<typeof args.out, string | false | undefined>,
    Same<typeof args.json, boolean>,
    Same<typeof args.j, boolean>,
    Same<typeof args.seeds, unknown>,
    Same<typeof args._, Array<string | number>>,
    Same<(typeof args)["--"], string[]>,
    Same<typeof args.other, unknown>,
  ] = [true, true, true, true, true, true, true, true, true];
  strictEqual(checks.length, 9);
});
