import { readFileSync } from "node:fs";
import { z } from "zod";
import { releaseNotes } from "./release/notes.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

const { version } = z.object({ version: z.string() }).parse(JSON.parse(read("package.json")));
const [tag = ""] = process.argv.slice(2);
console.log(releaseNotes({ tag, version, changelog: read("CHANGELOG.md") }));
