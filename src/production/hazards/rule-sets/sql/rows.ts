import { shown } from "../../words.ts";
import { NAME, plain } from "./change.ts";
import { isCreated, migration, statementRule } from "./statement-rule.ts";

export const TRUNCATE = statementRule({
  id: "sql/truncate",
  kind: "destructive",
  asks: "block",
  when: "a table is emptied",
  pattern: new RegExp(`^TRUNCATE (?:TABLE )?(?:ONLY )?${NAME}`),
  why: ([, name = ""], change) =>
    isCreated(name, change) ? null : `empties the table ${shown(plain(name))}`,
  reports: [["empties the table `orders`", migration("TRUNCATE orders;\n")]],
  ignores: [["a function of that name", migration("SELECT truncate(1.234, 2);\n")]],
});

export const DELETE_ALL = statementRule({
  id: "sql/delete-without-where",
  kind: "destructive",
  asks: "block",
  when: "every row of a table is deleted",
  pattern: new RegExp(`^DELETE FROM (?:ONLY )?${NAME}(?!.*\\b(?:WHERE|USING|JOIN|LIMIT)\\b)`),
  why: ([, name = ""], change) =>
    isCreated(name, change)
      ? null
      : `deletes every row of ${shown(plain(name))}: the statement has no \`WHERE\``,
  reports: [
    ["deletes every row of `orders`: the statement has no `WHERE`", migration("DELETE FROM orders;\n")],
  ],
  ignores: [["some rows", migration("DELETE FROM orders\nWHERE created < now();\n")]],
});

export const UPDATE_ALL = statementRule({
  id: "sql/update-without-where",
  kind: "destructive",
  asks: "block",
  when: "every row of a table is overwritten",
  pattern: new RegExp(`^UPDATE (?:ONLY )?${NAME}(?: (?:AS )?\\w+)? SET (?!.*\\b(?:WHERE|JOIN|LIMIT)\\b)`),
  why: ([text = "", name = ""], change) => {
    if (text === "" || change.additions.includes(name) || isCreated(name, change)) return null;
    return `overwrites every row of ${shown(plain(name))}: the statement has no \`WHERE\``;
  },
  reports: [
    [
      "overwrites every row of `users`: the statement has no `WHERE`",
      migration("UPDATE users SET state = 'new';\n"),
    ],
  ],
  ignores: [
    ["some rows", migration("UPDATE users SET state = 'new' WHERE state IS NULL;\n")],
    [
      "a column that the same file adds is filled",
      migration("ALTER TABLE users ADD COLUMN state text;\nUPDATE users SET state = 'new';\n"),
    ],
  ],
});
