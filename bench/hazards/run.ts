/** The hazards of one diff in a process of its own, so that its memory is nobody else's. Prints one JSON document. */
import { findHazards } from "../../src/production/hazards/find.ts";
import { DIFFS } from "./diffs.ts";

const [name, files = "", lines = ""] = process.argv.slice(2);
const diff =
  name === "hostile" ? DIFFS.hostile() : DIFFS.large({ files: Number(files), lines: Number(lines) });
const before = process.cpuUsage();
const found = findHazards(diff).length;
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    files: diff.length,
    found,
    time: (user + system) / 1000,
    memory: process.resourceUsage().maxRSS * 1024,
  }),
);
