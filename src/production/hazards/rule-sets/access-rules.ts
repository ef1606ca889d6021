import { added, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const OPEN_RULES: Rule = {
  id: "storage/open-rules",
  kind: "widening",
  asks: "block",
  when: "access rules of Firebase let everybody read or write",
  lines: [
    {
      side: "after",
      pattern: /\ballow\s[\w,\s]{1,100}(?::\s*if\s+true\s*)?;/,
      why: ([rule = ""]) => `lets everybody by ${shown(rule)}`,
    },
    {
      side: "after",
      pattern: /"\.(?:read|write)"\s*:\s*(?:true|"true")/,
      why: ([rule = ""]) => `lets everybody by ${shown(rule)}`,
    },
  ],
  reports: [
    [
      "lets everybody by `allow read, write: if true;`",
      added("firestore.rules", "    allow read, write: if true;\n"),
    ],
  ],
  ignores: [["for those signed in", added("firestore.rules", "    allow read: if request.auth != null;\n")]],
};

export const ACCESS_RULES: RuleSet = {
  name: "access-rules",
  title: "Firebase rules",
  reads: ({ path }) => /(?:firestore|storage|database)\.rules(?:\.json)?$/.test(path),
  rules: [OPEN_RULES],
};
