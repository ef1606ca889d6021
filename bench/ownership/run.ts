/** One engine over one tree in a process of its own, so that nothing is warm. Prints one JSON document. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINES } from "./engines.ts";

const [name, folder = "", most = ""] = process.argv.slice(2);
const open = Object.entries(ENGINES).find(([each]) => each === name)?.[1];
if (open === undefined) throw new Error(`no engine is called ${name}`);
const files = readFileSync(join(folder, "files.txt"), "utf8").trim().split("\n");
const step = Math.ceil(files.length / Number(most));
const asked = files.filter((_, index) => index % step === 0);

const start = process.threadCpuUsage();
const engine = open(folder);
const openedAfter = millisecondsSince(start);
const show = engine.resolve(asked);
const resolvedAfter = millisecondsSince(start);

const owners = show();
const right = ENGINES.countersign(folder).resolve(asked)();
console.log(
  JSON.stringify({
    files: files.length,
    asked: asked.length,
    // Reading the file is done once, whatever is asked.
    cold: openedAfter + (resolvedAfter - openedAfter) * (files.length / asked.length),
    wrong: owners.filter((each, index) => each !== right[index]).length,
  }),
);

/** Of the main thread's time, which other processes do not take away. */
function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
