import { readFile, writeFile } from "node:fs/promises";
import { CONFIG_JSON_SCHEMA } from "../src/policy/json-schema.ts";
import { attacksTable } from "./attacks-table.ts";
import { configReference } from "./config-reference.ts";
import { hazardsReference } from "./hazards-reference.ts";

/** Files generated from the sources, committed so that readers need not run anything. */
const GENERATED = [
  { file: "schema.json", make: () => `${JSON.stringify(CONFIG_JSON_SCHEMA, null, 2)}\n` },
  { file: "docs/config.md", make: configReference },
  { file: "docs/attacks.md", make: attacksTable },
  { file: "docs/hazards.md", make: hazardsReference },
];

const root = new URL("../", import.meta.url);
const check = process.argv.includes("--check");

for (const { file, make } of GENERATED) {
  const url = new URL(file, root);
  const fresh = make();
  if (!check) await writeFile(url, fresh);
  else if ((await readFile(url, "utf8").catch(() => null)) !== fresh) {
    console.error(`${file} is stale: run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  }
}
