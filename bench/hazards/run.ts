/** The hazards of one diff in a process of its own, so that its memory is nobody else's. Prints one JSON document. */
import { findHazards } from "../../src/production/hazards/find.ts";
import { DIFFS } from "./diffs.ts";

const [name, files = "", lines = ""] = process.argv.slice(2);
const diff =
  name === "hostile" ? DIFFS.hostile() : DIFFS.large({ files: Number(files), lines: Number(lines) });
const started = performance.now();
const found = findHazards(diff).length;
const time = performance.now() - started;
console.log(
  JSON.stringify({ files: diff.length, found, time, memory: process.resourceUsage().maxRSS * 1024 }),
);
