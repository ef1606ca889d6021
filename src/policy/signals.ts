import type { Signal, SignalMatcher, Tool } from "../provenance/tool/tool.ts";
import type { SignalConfig } from "./schema.ts";
import type { Layer } from "./settle.ts";

/** The tools that a file tells of, each with its signals. Somebody vouched for them, so each signal is strong. */
export function configuredTools({ file, config, positions }: Layer): readonly Tool[] {
  const rows = (config.detect?.signals ?? []).map((row, index) => ({
    tool: row.tool,
    source: `${file}:${positions.value(["detect", "signals", index]).line}`,
    matchers: matchersOf(row),
  }));
  return [...Map.groupBy(rows, ({ tool }) => tool)].map(([tool, ofTool]) => ({
    tool,
    vendor: "configured",
    signals: ofTool.flatMap(({ matchers, source }) =>
      matchers.map((matcher): Signal => ({ ...matcher, strength: "strong", source })),
    ),
  }));
}

/** One, as the file was checked. */
export function matchersOf(row: SignalConfig): readonly SignalMatcher[] {
  const { trailer, value, email, line, branch, label, account } = row;
  const coAuthor = row["co-author"];
  const matchers: SignalMatcher[] = [];
  if (trailer !== undefined) {
    matchers.push({ kind: "trailer", key: trailer.toLowerCase(), ...(value === undefined ? {} : { value }) });
  }
  if (email !== undefined) {
    matchers.push({
      kind: "email",
      email: email.toLowerCase(),
      fields: ["author", "committer", "co-author"],
    });
  }
  if (coAuthor !== undefined) matchers.push({ kind: "coauthor-name", name: coAuthor.toLowerCase() });
  if (line !== undefined) matchers.push({ kind: "line", pattern: line, in: ["message", "body"] });
  if (branch !== undefined) matchers.push({ kind: "branch", pattern: branch });
  if (label !== undefined) matchers.push({ kind: "label", label: label.toLowerCase() });
  if (account !== undefined) matchers.push(accountMatcher(account));
  return matchers;
}

function accountMatcher({ id, login }: NonNullable<SignalConfig["account"]>): SignalMatcher {
  if (id === undefined) return { kind: "account", id: null, login, type: "Bot" };
  return { kind: "account", id, login, type: login.endsWith("[bot]") ? "Bot" : "User" };
}
