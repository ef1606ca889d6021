import { readFile, writeFile } from "node:fs/promises";
import type { GeneratedFile } from "./generated-file.ts";
import { toolIndex } from "./tool-index.ts";

const root = new URL("../", import.meta.url);
const check = process.argv.includes("--check");

/** Made from the names of files alone. The references import them, so they come first. */
const INDEXES: readonly GeneratedFile[] = [
  { file: "src/provenance/catalogue/catalogue.ts", make: () => toolIndex() },
];

for (const index of INDEXES) await bring(index);
const { REFERENCES } = await import("./references.ts");
for (const reference of REFERENCES) await bring(reference);

/** Writes the file, or says that it is stale. */
async function bring({ file, make }: GeneratedFile): Promise<void> {
  const url = new URL(file, root);
  const fresh = make();
  if (!check) await writeFile(url, fresh);
  else if ((await readFile(url, "utf8").catch(() => null)) !== fresh) {
    console.error(`${file} is stale: run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  }
}
