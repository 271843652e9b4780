/** The paths of all files under a folder, relative to it, in order. */
export async function listFiles(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) paths.push(name);
    else {
      const inner = await listFiles(`${folder}/${name}`);
      paths.push(...inner.map((path) => `${name}/${path}`));
    }
  }
  return paths.sort();
}
