import { readFileSync, writeFileSync } from "node:fs";
import { CONTRACT_FILE } from "../test/github-double/contract/openapi.ts";
import { contractOf, written } from "./github-contract/contract.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error(`Usage: node scripts/github-contract.ts FILE

Makes test/github-double/contract/github.json.gz, which the GitHub double is held to, from GitHub's published description
of its REST API and webhooks: api.github.com.json, as github/rest-api-description has it.`);
  process.exitCode = 2;
} else writeFileSync(CONTRACT_FILE, written(contractOf(JSON.parse(readFileSync(file, "utf8")))));
