import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["src", "test"];
const GAP = /FILL IN ([^"'`<>$]+)/g;

/** What `npm run new` left open in files below a root, one line for people each, with its place. */
export function gaps(root: string): readonly string[] {
  return FOLDERS.flatMap((folder) => sourcesIn(root, folder)).flatMap((path) =>
    gapsOf(readFileSync(join(root, path), "utf8")).map(
      ({ line, what }) => `${path}:${line}: fill in ${what.trim()}`,
    ),
  );
}

function sourcesIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path))
    .toSorted();
}

function gapsOf(text: string) {
  return text
    .split("\n")
    .flatMap((line, index) => [...line.matchAll(GAP)].map(([, what = ""]) => ({ line: index + 1, what })));
}
