import { showOwner } from "../../ownership/owner.ts";
import type { PathOwnership } from "../../ownership/ownership.ts";
import type { Codeowners } from "../../ownership/parse.ts";
import { escapeInvisible } from "../../signoff/wording/visible.ts";
import { count } from "../../signoff/wording/words.ts";
import { type Line, line, type Span } from "../report/lines.ts";
import { tableLines } from "../report/table.ts";
import type { Tree } from "./tree.ts";
import type { DeadRule, OwnedPath, Stats } from "./views.ts";

/** A wider path pushes its own line aside, not everybody's. */
const PATH_COLUMN = 60;

/** One line a path, so that other programs can read it: the path, its owners, the line that decides. */
export function pathLines(paths: readonly OwnedPath[], codeowners: string): readonly Line[] {
  const shown = paths.map(({ path }) => escapeInvisible(path));
  const width = shown.reduce(
    (most, { length }) => (length > most && length <= PATH_COLUMN ? length : most),
    0,
  );
  return paths.map(({ ownership, exists }, index) =>
    line(0, (shown[index] ?? "").padEnd(width), "  ", ownersSpan(ownership), "  ", {
      text: `${sourceOf(ownership, codeowners)}${exists ? "" : " (no such file yet)"}`,
      style: "dim",
    }),
  );
}

function ownersSpan(ownership: PathOwnership): Span {
  switch (ownership.kind) {
    case "owned":
      return { text: ownership.owners.map(showOwner).join(" "), style: "bold" };
    case "un-owned":
    case "unmatched":
      return { text: "nobody", style: "yellow" };
    case "invalid":
      return { text: "unknown", style: "red" };
  }
}

function sourceOf(ownership: PathOwnership, codeowners: string): string {
  switch (ownership.kind) {
    case "owned":
      return `${codeowners}:${ownership.line} ${ownership.pattern}`;
    case "un-owned":
      return `${codeowners}:${ownership.line} ${ownership.pattern} names no owner`;
    case "unmatched":
      return "no line matches";
    case "invalid":
      return `${codeowners}:${ownership.line} ${ownership.message}`;
  }
}

export function deadLines(rules: readonly DeadRule[], codeowners: string): readonly Line[] {
  return rules.map(({ rule, because }) =>
    line(0, `${codeowners}:${rule.line}  `, { text: rule.pattern.source, style: "bold" }, "  ", {
      text: because === "overruled" ? "later lines override it everywhere" : "matches no file",
      style: "dim",
    }),
  );
}

const WITHOUT: Readonly<Record<keyof Stats["without"], string>> = {
  "un-owned": "no owner: the deciding line names none",
  unmatched: "no owner: no line matches",
  invalid: "unknown: a line must be fixed first",
};

export function statsLines({ files, owners, without }: Stats): readonly Line[] {
  const share = (part: number): string => (files === 0 ? "" : `${((100 * part) / files).toFixed(1)} %`);
  const rows = [
    ...owners.map(({ owner, files: own, alone }) => [
      { text: showOwner(owner), style: "bold" } as const,
      String(own),
      share(own),
      String(alone),
    ]),
    ...(["un-owned", "unmatched", "invalid"] as const)
      .filter((kind) => without[kind] > 0)
      .map((kind) => [
        { text: WITHOUT[kind], style: "yellow" } as const,
        String(without[kind]),
        share(without[kind]),
        "-",
      ]),
  ];
  const columns = [
    { title: "owner", align: "left" },
    { title: "files", align: "right" },
    { title: "share", align: "right" },
    { title: "alone", align: "right" },
  ] as const;
  return tableLines(columns, rows);
}

/** What was read, and what is wrong with it; for people, beside the answer. */
export function remarks(
  { commit, codeowners, files }: Tree,
  { errors, ambiguities }: Codeowners,
): readonly Line[] {
  const place = `${commit.name} (${commit.sha.slice(0, 7)}), ${count(files.length, "file")}`;
  const read = codeowners === null ? `${place}, no CODEOWNERS` : `${place}, ${codeowners.path}`;
  const lines = new Set([...errors, ...ambiguities].map((each) => each.line)).size;
  return [
    line(0, { text: read, style: "dim" }),
    ...(lines === 0
      ? []
      : [
          line(
            0,
            { text: `${count(lines, "line")} cannot be used: `, style: "yellow" },
            "see countersign validate",
          ),
        ]),
  ];
}
