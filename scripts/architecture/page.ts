import { readdirSync, readFileSync } from "node:fs";
import { withBlock } from "../generated-file.ts";
import { GLOSSARY } from "./glossary.ts";
import { ROOMS, type Room } from "./rooms.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGE = "ARCHITECTURE.md";
const DECISIONS = "docs/decisions/";

/** The page as it is, with every block that comes from elsewhere brought up to date. */
export function architecturePage(): string {
  const page = readFileSync(new URL(PAGE, ROOT), "utf8");
  const blocks = { arrows: arrows(), decisions: decisions(), glossary: glossary() };
  return Object.entries(blocks).reduce((text, [name, content]) => withBlock(text, name, content), page);
}

function arrows(): string {
  const rows = ROOMS.map((room) => `| \`${room.name}\` | ${room.purpose} | ${importsOf(room)} |`);
  return ["| Room | What it does | May import |", "| --- | --- | --- |", ...rows].join("\n");
}

function importsOf({ imports }: Room): string {
  if (imports.length === 0) return "nothing";
  return imports.map((entry) => `\`${entry}\``).join(", ");
}

function glossary(): string {
  return GLOSSARY.map(({ term, meaning }) => `- **${term}**: ${meaning}`).join("\n");
}

/** Each decision by its title, linked. */
function decisions(): string {
  const files = readdirSync(new URL(DECISIONS, ROOT)).filter((file) => file.endsWith(".md"));
  const lines = files.toSorted().map((file) => {
    const [title = ""] = readFileSync(new URL(`${DECISIONS}${file}`, ROOT), "utf8").split("\n");
    return `- [${title.replace(/^# (?:\d+\. )?/, "")}](${DECISIONS}${file})`;
  });
  return lines.join("\n");
}
