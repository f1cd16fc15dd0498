import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Imports and exports from another file, those of types too, and imports on demand. */
const specifier = /(?:\bfrom\s*|\bimport\s*\(?\s*)"(\.[^"]+)"/g;

/** Every file below some folders, with the files of the same folders that it imports. */
export function importGraph(folders: readonly string[]): Map<string, string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const imports = [...readFileSync(file, "utf8").matchAll(specifier)];
      const paths = imports.map(([, path = ""]) => join(dirname(file), path));
      return [file, paths.filter((path) => known.has(path))];
    }),
  );
}

/**
 * Groups of files that import each other in a circle: the strongly connected components of more than one file
 * (Tarjan 1972), and files that import themselves.
 */
export function importCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    let low = own;
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, order.get(next) ?? own);
    }
    if (low === own) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1 || graph.get(file)?.includes(file)) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}
