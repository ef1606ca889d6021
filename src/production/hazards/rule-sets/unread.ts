import type { Finding } from "../hazard.ts";
import type { Rule, RuleSet } from "../rule.ts";
import { UNREADABLE, unreadable } from "../unreadable.ts";

const RULE: Rule = {
  ...UNREADABLE,
  when: "a file that rules read comes, goes or changes, and neither its content nor its diff can be read",
  *file(file): Generator<Finding> {
    if (file.unread !== undefined) yield unreadable(file, file.unread);
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
  rules: [RULE],
};
