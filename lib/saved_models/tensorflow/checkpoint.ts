/**
 * The variables of a SavedModel: TensorFlow's checkpoints.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fieldLimit, fieldsOf } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import type { Constant } from "../graph/graph.ts";
import { LARGEST_JSON, LARGEST_WEIGHTS, readBytes } from "../read_bytes.ts";
import { explained } from "../model_file_error.ts";
import { dataTypeOf } from "./raw_graph.ts";
import { readTable } from "./table.ts";
import { decodeNumbers, readShape } from "./tensor_proto.ts";

/** The most files that variables may be spread over. */
const MOST_SHARDS = 1000;

/** Where a variable is. */
interface Place {
  type: string;
  shape: number[] | undefined;
  shard: number;
  offset: number;
  size: number;
  isSliced: boolean;
}

function readPlace(bytes: Uint8Array): Place {
  const place: Place = {
    type: "DT_INVALID",
    shape: [],
    shard: 0,
    offset: 0,
    size: 0,
    isSliced: false,
  };
  for (const field of fieldsOf(bytes, fieldLimit())) {
    if (field.number === 1) place.type = dataTypeOf(field.integer());
    else if (field.number === 2) place.shape = readShape(field);
    else if (field.number === 3) place.shard = field.integer();
    else if (field.number === 4) place.offset = field.integer();
    else if (field.number === 5) place.size = field.integer();
    else if (field.number === 7) place.isSliced = true;
  }
  return place;
}

/** The number of files, from the entry without a name. */
function shardsOf(header: Uint8Array | undefined): number {
  let shards = 0, order = 0;
  for (const field of fieldsOf(header ?? new Uint8Array(), fieldLimit())) {
    if (field.number === 1) shards = field.integer();
    if (field.number === 2) order = field.integer();
  }
  if (shards >= 1 && shards <= MOST_SHARDS && order === 0) return shards;
  throw new SyntaxError(`says that it has ${shards} files of numbers`);
}

/** A checkpoint whose variables can be read. */
export interface Checkpoint {
  /** The variables' keys. */
  readonly keys: ReadonlySet<string>;
  /**
   * A variable.
   *
   * @throws {SyntaxError} If it is not there, or damaged.
   */
  read(key: string): Promise<Constant>;
}

/**
 * Opens a checkpoint.
 *
 * @param index The path of its index, such as `variables/variables.index`.
 * @param onBytes Is told the bytes of each file.
 * @throws {ModelFileError} If a file is missing or damaged.
 */
export async function openCheckpoint(
  index: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<Checkpoint> {
  const bytes = await readBytes(index, LARGEST_JSON);
  onBytes(bytes);
  const { places, shards } = await explained(index, () => {
    const places = readTable(bytes);
    return { places, shards: shardsOf(places.get("")) };
  });
  places.delete("");
  const files = new Map<number, Uint8Array>();
  let rest = LARGEST_WEIGHTS;
  const shardOf = async (shard: number): Promise<Uint8Array> => {
    const known = files.get(shard);
    if (known !== undefined) return known;
    const [i, n] = [shard, shards].map((x) => String(x).padStart(5, "0"));
    const path = join(dirname(index), `variables.data-${i}-of-${n}`);
    const own = await readBytes(path, rest);
    rest -= own.length;
    onBytes(own);
    files.set(shard, own);
    return own;
  };
  return {
    keys: new Set(places.keys()),
    read: (key) =>
      explained(index, async () => {
        const entry = places.get(key);
        const what = `variable ${show(key)}`;
        if (entry === undefined) throw new SyntaxError(`has no ${what}`);
        const { type, shape, shard, offset, size, isSliced } = readPlace(entry);
        if (isSliced || shape === undefined) {
          throw new SyntaxError(`${what} is in slices, which are not read`);
        }
        if (!(shard >= 0 && shard < shards)) {
          throw new SyntaxError(`${what} is in file ${shard} of ${shards}`);
        }
        const own = await shardOf(shard);
        if (!(offset >= 0 && size >= 0 && offset + size <= own.length)) {
          throw new SyntaxError(
            `${what} has ${size} bytes at ${offset}, but the file ${own.length}`,
          );
        }
        const numbers = own.subarray(offset, offset + size);
        const constant = decodeNumbers(numbers, type, shape, what);
        return { ...constant, isVariable: true };
      }),
  };
}
