import type { Signal, SignalMark, Tool } from "../provenance/catalogue/tool.ts";
import type { SignalConfig } from "./schema.ts";
import type { Layer } from "./settle.ts";

/** The tools that a file tells of, each with its marks. Somebody vouched for them, so each mark is strong. */
export function configuredTools({ file, config, positions }: Layer): readonly Tool[] {
  const rows = (config.detect?.signals ?? []).map((row, index) => ({
    tool: row.tool,
    source: `${file}:${positions.value(["detect", "signals", index]).line}`,
    marks: marksOf(row),
  }));
  return [...Map.groupBy(rows, ({ tool }) => tool)].map(([tool, ofTool]) => ({
    tool,
    vendor: "configured",
    signals: ofTool.flatMap(({ marks, source }) =>
      marks.map((mark): Signal => ({ ...mark, strength: "strong", source })),
    ),
  }));
}

/** One, as the file was checked. */
export function marksOf(row: SignalConfig): readonly SignalMark[] {
  const { trailer, value, email, line, branch, label, account } = row;
  const coAuthor = row["co-author"];
  const marks: SignalMark[] = [];
  if (trailer !== undefined) {
    marks.push({ kind: "trailer", key: trailer.toLowerCase(), ...(value === undefined ? {} : { value }) });
  }
  if (email !== undefined) {
    marks.push({ kind: "email", email: email.toLowerCase(), fields: ["author", "committer", "co-author"] });
  }
  if (coAuthor !== undefined) marks.push({ kind: "coauthor-name", name: coAuthor.toLowerCase() });
  if (line !== undefined) marks.push({ kind: "line", pattern: line, in: ["message", "body"] });
  if (branch !== undefined) marks.push({ kind: "branch", pattern: branch });
  if (label !== undefined) marks.push({ kind: "label", label: label.toLowerCase() });
  if (account !== undefined) marks.push(accountMark(account));
  return marks;
}

function accountMark({ id, login }: NonNullable<SignalConfig["account"]>): SignalMark {
  if (id === undefined) return { kind: "account", id: null, login, type: "Bot" };
  return { kind: "account", id, login, type: login.endsWith("[bot]") ? "Bot" : "User" };
}
