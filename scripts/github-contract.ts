import { readFileSync, writeFileSync } from "node:fs";
import { contractOf, written } from "./github-contract/contract.ts";

const CONTRACT = new URL("../test/github-double/contract/github.json.gz", import.meta.url);

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error(`Usage: node scripts/github-contract.ts FILE

Makes test/github-double/contract/github.json.gz, which the GitHub double is held to, from GitHub's published description
of its REST API and webhooks: api.github.com.json, as github/rest-api-description has it.`);
  process.exitCode = 2;
} else writeFileSync(CONTRACT, written(contractOf(JSON.parse(readFileSync(file, "utf8")))));
