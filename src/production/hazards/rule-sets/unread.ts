import type { Finding, Unread } from "../hazard.ts";
import type { Rule, RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const WHY: Readonly<Record<Unread, string>> = {
  binary: "it is no text",
  "too-large": "it is too large",
  "no-diff": "there is no diff of it",
  "odd-diff": "its diff is not whole or does not fit its content",
};

const UNREADABLE: Rule = {
  id: "files/unreadable",
  kind: "destructive",
  asks: "block",
  when: "a file that rules read comes, goes or changes, and neither its content nor its diff can be read",
  *file({ path, status, unread }): Generator<Finding> {
    if (unread === undefined) return;
    yield {
      what: shown(path),
      file: path,
      line: 1,
      side: status === "removed" ? "before" : "after",
      why: `changes ${shown(path)}, which cannot be read here, because ${WHY[unread]}: an owner has to look`,
    };
  },
  reports: [
    [
      "changes `infra/main.tf`, which cannot be read here, because it is too large: an owner has to look",
      { path: "infra/main.tf", status: "modified", unread: "too-large" },
    ],
    [
      "changes `deploy.sh`, which cannot be read here, because there is no diff of it: an owner has to look",
      { path: "deploy.sh", status: "modified", unread: "no-diff" },
    ],
  ],
  ignores: [
    ["its diff is known", { path: "notes.tf", status: "modified", patch: "@@ -1 +1 @@\n-# a\n+# b" }],
  ],
};

export const UNREAD: RuleSet = {
  name: "unread",
  title: "Files that cannot be read",
  reads: ({ unread }) => unread !== undefined,
  rules: [UNREADABLE],
};
