import type { ImportGraph } from "./import-graph.ts";

/** Every circle of imports, as the path that leads back to its first file. Each file is named in one circle at most. */
export function circles(graph: ImportGraph): readonly string[] {
  const finished = new Set<string>();
  const path: string[] = [];
  const found: string[] = [];

  function visit(file: string): void {
    if (finished.has(file)) return;
    const start = path.indexOf(file);
    if (start !== -1) {
      found.push([...path.slice(start), file].join(" -> "));
      return;
    }
    path.push(file);
    for (const imported of graph.get(file) ?? []) visit(imported);
    path.pop();
    finished.add(file);
  }

  for (const file of graph.keys()) visit(file);
  return found;
}
