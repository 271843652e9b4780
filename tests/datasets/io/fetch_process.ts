/**
 * A program that fetches a data set: `fetch_process.ts DIRECTORY`, with the
 * manifest's entry as JSON on its standard input. Prints the folder.
 */
import { fetchDataset } from "../../../lib/datasets/io/fetch_dataset.ts";

const entry = await new Response(Deno.stdin.readable).json();
console.log(await fetchDataset("letters", entry, Deno.args[0]!));
