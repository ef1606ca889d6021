import { execFileSync, spawnSync } from "node:child_process";

/** What a generated history holds; every tenth commit carries an AI's mark, every fiftieth touches production. */
export interface HistoryShape {
  readonly commits: number;
  readonly files: number;
}

const PEOPLE = ["Olga Ortiz", "Sam Stone", "Dana Duarte", "Wes Wright", "Kira Khan"] as const;
const MARK = "\n\nCo-authored-by: Claude <noreply@anthropic.com>";

/** Makes a bare repository at `directory` with a linear history on `main`, by one `git fast-import`. */
export function makeHistory(directory: string, shape: HistoryShape): void {
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", directory]);
  const stream = Array.from({ length: shape.commits }, (_, index) => commitOf(index, shape)).join("");
  const run = spawnSync("git", ["-C", directory, "fast-import", "--quiet"], { input: stream });
  if (run.status !== 0) throw new Error(`git fast-import failed: ${run.stderr}`);
}

function commitOf(index: number, shape: HistoryShape): string {
  const name = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const person = `${name} <${name.split(" ")[0]?.toLowerCase()}@example.com> ${1_700_000_000 + index * 600} +0000`;
  const message = `Change number ${index}\n\nA body of a few words, as people write them.${index % 10 === 0 ? MARK : ""}`;
  const path =
    index % 50 === 0
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
