import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A folder with a `CODEOWNERS` and the paths of its tree in `files.txt`, one a line. */
export interface Tree {
  readonly name: string;
  readonly folder: string;
}

const REAL = fileURLToPath(new URL("../../../shared/data/trees", import.meta.url));

/** Trees of real repositories, where they are at hand. */
export function realTrees(): readonly Tree[] {
  if (!existsSync(REAL)) return [];
  return readdirSync(REAL).map((name) => ({ name, folder: join(REAL, name) }));
}

const FILES = ["index.d.ts", "package.json", "tsconfig.json", ".npmignore", "test/index.test.ts"] as const;

/** A repository of many small packages, each with its own owners and five files. */
export function generateTree(parent: string, rules: number): Tree {
  const folder = join(parent, "generated");
  mkdirSync(folder);
  const names = Array.from({ length: rules }, (_, index) => packageName(index)).sort();
  const lines = names.map(
    (name, index) => `/types/${name}/ @owner-${index % 997} @owner-${(index * 7) % 1013}`,
  );
  writeFileSync(join(folder, "CODEOWNERS"), `${lines.join("\n")}\n`);
  const files = names.flatMap((name) => FILES.map((file) => `types/${name}/${file}`)).sort();
  writeFileSync(join(folder, "files.txt"), `${files.join("\n")}\n`);
  return { name: `generated, ${rules} rules`, folder };
}

const WORDS = [
  "node",
  "react",
  "data",
  "stream",
  "color",
  "parse",
  "map",
  "date",
  "query",
  "file",
  "cache",
] as const;

function packageName(index: number): string {
  const one = WORDS[index % WORDS.length];
  const other = WORDS[Math.floor(index / WORDS.length) % WORDS.length];
  return `${one}-${other}-${index.toString(36)}`;
}
