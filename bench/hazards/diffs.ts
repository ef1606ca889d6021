import type { HazardInput } from "../../src/production/hazards/hazard.ts";

const HOSTILE = 1 << 20;

export interface Size {
  readonly files: number;
  readonly lines: number;
}

/** The diffs that are measured, by name. */
export const DIFFS = {
  /** Of so many files and changed lines, of all the notations that are read, about a quarter of it hazards. */
  large: ({ files, lines }: Size): readonly HazardInput[] =>
    Array.from({ length: files }, (_, index) => fileOf(index, Math.round(lines / files))),
  hostile: (): readonly HazardInput[] => [
    {
      path: "run.sh",
      status: "added",
      before: null,
      after: `${"a ".repeat(HOSTILE / 2)}; terraform destroy`,
    },
    { path: "main.tf", status: "added", before: null, after: "a {\n".repeat(HOSTILE / 4) },
    {
      path: "k8s/a.yaml",
      status: "added",
      before: null,
      after: `kind: A\napiVersion: ${"[".repeat(HOSTILE)}`,
    },
  ],
};

type Maker = (index: number, line: number) => string;

const KINDS: readonly { readonly path: string; readonly head: string; readonly line: Maker }[] = [
  {
    path: "infra/#/main.tf",
    head: "locals {}\n",
    line: (index, line) => `resource "aws_sqs_queue" "q${index}_${line}" {\n  name = "q${line}"\n}`,
  },
  {
    path: "k8s/#.yaml",
    head: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m#\ndata:\n",
    line: (_, line) => `  key${line}: "value ${line}"`,
  },
  {
    path: "db/migrations/#_step.sql",
    head: "",
    line: (_, line) => (line % 9 === 0 ? `DROP TABLE t${line};` : `INSERT INTO t VALUES (${line}, 'text');`),
  },
  {
    path: "scripts/#.sh",
    head: "set -e\n",
    line: (_, line) => (line % 9 === 0 ? "kubectl delete pod a" : `echo "step ${line}"`),
  },
  {
    path: "src/#.ts",
    head: "",
    line: (_, line) => `export const value${line} = compute(${line}, { verify: true, name: "n" });`,
  },
  {
    path: "src/#.py",
    head: "",
    line: (_, line) => `    result_${line} = call(argument=${line}, timeout=30)`,
  },
];

/** Added, removed and modified by turns; a modified one keeps half of its lines. */
function fileOf(index: number, lines: number): HazardInput {
  const { path, head, line } = KINDS[index % KINDS.length] ?? { path: "#", head: "", line: String };
  const each = Array.from({ length: lines }, (_, at) => line(index, at));
  const text = `${head.replace("#", String(index))}${each.join("\n")}\n`;
  const half = `${head.replace("#", String(index))}${each.slice(0, lines / 2).join("\n")}\n`;
  const place = path.replace("#", String(1_000 + index));
  if (index % 3 === 0) return { path: place, status: "added", before: null, after: text };
  if (index % 3 === 1) return { path: place, status: "removed", before: text, after: null };
  return { path: place, status: "modified", before: text, after: half };
}
