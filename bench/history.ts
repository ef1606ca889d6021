import { execFileSync, spawnSync } from "node:child_process";

/** What a generated history holds. */
export interface HistoryShape {
  readonly commits: number;
  readonly files: number;
}

/** Of a generated history: every tenth commit carries an AI's mark, every fiftieth touches production. */
export const EVERY = { marked: 10, production: 50 } as const;

const PEOPLE = ["Olga Ortiz", "Sam Stone", "Dana Duarte", "Wes Wright", "Kira Khan"] as const;
/** As many bear each name, told apart by their address. */
const NAMESAKES = 80;

const MARKS = [
  "Co-authored-by: Claude <noreply@anthropic.com>",
  "Co-authored-by: Cursor <cursoragent@cursor.com>",
  "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
  "Made-with: Cursor",
] as const;

const LINES = [
  "A body of a few words, as people write them.",
  "It was slow because every request asked for the list again; now the list is kept.",
  "* move the totals out of the loop",
  "* tell the two errors apart: what is missing, and what may not be read",
  "Fixes #4711, see also https://example.com/issues/12 for how it was found.",
  "Reviewed-by: Wes Wright <wes@example.com>",
] as const;

/** They begin in November 2023 and end three years later, however many they are. */
const FIRST = 1_700_000_000;
const SPAN = 90_000_000;

/** Makes a bare repository at `directory` with a linear history on `main`, by one `git fast-import`. */
export function makeHistory(directory: string, shape: HistoryShape): void {
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", directory]);
  const stream = Array.from({ length: shape.commits }, (_, index) => commitOf(index, shape)).join("");
  const run = spawnSync("git", ["-C", directory, "fast-import", "--quiet"], { input: stream });
  if (run.status !== 0) throw new Error(`git fast-import failed: ${run.stderr}`);
}

function commitOf(index: number, shape: HistoryShape): string {
  const name = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const at = FIRST + Math.floor((index * SPAN) / shape.commits);
  const person = `${name} <${name.split(" ")[0]?.toLowerCase()}${index % NAMESAKES}@example.com> ${at} +0000`;
  const message = messageOf(index);
  const path =
    index % EVERY.production === 0
      ? `infra/module-${index % 7}/main.tf`
      : `src/part-${index % 40}/file-${index % shape.files}.ts`;
  const content = `export const revision = ${index};\n`;
  return [
    "commit refs/heads/main",
    `author ${person}`,
    `committer ${person}`,
    `data ${Buffer.byteLength(message)}`,
    message,
    `M 100644 inline ${path}`,
    `data ${Buffer.byteLength(content)}`,
    content,
  ]
    .join("\n")
    .concat("\n");
}

function messageOf(index: number): string {
  const mark = MARKS[Math.floor(index / EVERY.marked) % MARKS.length] ?? MARKS[0];
  return [
    `Change number ${index}`,
    LINES.slice(0, index % (LINES.length + 1)).join("\n"),
    ...(index % EVERY.marked === 0 ? [mark] : []),
  ].join("\n\n");
}
