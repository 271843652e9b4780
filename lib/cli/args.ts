/**
 * The types of command-line arguments: what `parseArgs` takes, and what it
 * returns for it, member by member.
 *
 * @module
 */

/** One name or several. */
type Names<Name extends string = string> = Name | readonly Name[];

/** Options of `parseArgs`. */
export interface ParseOptions {
  /** Collect what follows `--` in `["--"]` instead of `_`. Default `false`. */
  readonly "--"?: boolean;
  /** Other names of an argument; each gets its value. Default `{}`. */
  readonly alias?: { readonly [name: string]: Names };
  /**
   * Arguments without a value, `false` unless given; `true` makes all
   * arguments with two hyphens and no equals sign such. Default `[]`.
   */
  readonly boolean?: boolean | Names;
  /** Values of arguments that are not given. Default `{}`. */
  readonly default?: { readonly [name: string]: unknown };
  /** Parse nothing after the first argument without a hyphen. Default `false`. */
  readonly stopEarly?: boolean;
  /** Arguments whose values stay strings, `_` among them. Default `[]`. */
  readonly string?: Names;
  /** Arguments whose values are gathered in an array. Default `[]`. */
  readonly collect?: Names;
  /** Arguments that `--no-NAME` sets to `false`. Default `[]`. */
  readonly negatable?: Names;
  /**
   * Called with each argument that no option names (and with each that has no
   * hyphen, then without `key`); `false` drops it. Default: keep everything.
   */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** The names that an option gives. */
type Named<Options, Option> = Option extends keyof Options
  ? Options[Option] extends Names<infer Name> ? Name : never
  : never;

/** The default values, each as wide as its type: `string`, not `"smoke"`. */
type Defaults<Options> = Options extends { default: infer Values } ? {
    -readonly [Name in keyof Values]: Values[Name] extends string ? string
      : Values[Name] extends number ? number
      : Values[Name] extends boolean ? boolean
      : Values[Name];
  }
  : Record<never, never>;

/** One value of an argument. */
type Single<Options, Name> = Name extends Named<Options, "string"> ? string
  : Name extends Named<Options, "boolean"> ? boolean
  : unknown;

/** All that an argument holds, if it is given. */
type Value<Options, Name> =
  | (Name extends Named<Options, "collect"> ? Array<Single<Options, Name>>
    : Single<Options, Name>)
  | (Name extends Named<Options, "negatable"> ? false : never);

/** The arguments that always hold something. */
type Always<Options> = Named<Options, "boolean"> | Named<Options, "collect">;

/** The arguments by their first names. */
type Values<Options> =
  & {
    [Name in keyof Defaults<Options>]:
      | Value<Options, Name>
      | Exclude<Defaults<Options>[Name], undefined>;
  }
  & {
    [Name in Exclude<Always<Options>, keyof Defaults<Options>>]: Value<
      Options,
      Name
    >;
  }
  & {
    [
      Name in Exclude<
        Named<Options, "string">,
        Always<Options> | keyof Defaults<Options>
      >
    ]?: Value<Options, Name>;
  };

/** The other names of an argument. */
type AliasesOf<Options, Name> = Options extends
  { alias: { [Key in Name & string]: Names<infer Alias> } } ? Alias : never;

/** What `parseArgs` returns for its options. */
export type Args<Options extends ParseOptions = ParseOptions> =
  & { [name: string]: unknown }
  & {
    [
      Name in keyof Values<Options> as Name | AliasesOf<Options, Name>
    ]: Values<Options>[Name];
  }
  & { _: Array<string | number> }
  & (Options extends { "--": true } ? { "--": string[] }
    : Record<never, never>);
