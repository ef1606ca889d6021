import { shown } from "../../words.ts";
import { NAME, plain } from "./change.ts";
import { isCreated, migration, statementRule } from "./statement-rule.ts";

const TRUTH =
  /^(?:\( ?)*(?:TRUE|NOT FALSE|1|(\d+) ?= ?\1|'' ?(?:=|LIKE) ?''|1 ?(?:<>|!=|>) ?0|id ?(?:>=? ?-?[01]|IS NOT NULL))(?: ?\))*$/i;

/** Why a statement meets every row, by what follows the table's name; `null` when it does not. */
function reachesAll(rest: string): string | null {
  const where = /\bWHERE (.*)$/i.exec(rest)?.[1];
  if (where === undefined)
    return /\b(?:USING|JOIN|LIMIT)\b/i.test(rest) ? null : "the statement has no `WHERE`";
  const terms = where.split(/ OR /i).map((term) => term.replace(/ RETURNING .*$/i, "").trim());
  return terms.some((term) => TRUTH.test(term)) ? "its `WHERE` always holds" : null;
}

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
  pattern: new RegExp(`^(?:WITH .{0,500}?\\) )?DELETE FROM (?:ONLY )?${NAME}(.*)$`),
  why: ([, name = "", rest = ""], change) => {
    const because = isCreated(name, change) ? null : reachesAll(rest);
    return because === null ? null : `deletes every row of ${shown(plain(name))}: ${because}`;
  },
  reports: [
    ["deletes every row of `orders`: the statement has no `WHERE`", migration("DELETE FROM orders;\n")],
    [
      "deletes every row of `orders`: its `WHERE` always holds",
      migration("DELETE FROM orders WHERE 1 = 1;\n"),
    ],
    [
      "deletes every row of `orders`: its `WHERE` always holds",
      migration("DELETE FROM orders WHERE true;\n"),
    ],
    [
      "deletes every row of `orders`: its `WHERE` always holds",
      migration("DELETE FROM orders o WHERE id IS NOT NULL OR 'a' = 'a';\n"),
    ],
  ],
  ignores: [["some rows", migration("DELETE FROM orders\nWHERE created < now();\n")]],
});

export const UPDATE_ALL = statementRule({
  id: "sql/update-without-where",
  kind: "destructive",
  asks: "block",
  when: "every row of a table is overwritten",
  pattern: new RegExp(`^UPDATE (?:ONLY )?${NAME}(?: (?:AS )?\\w+)? SET (.*)$`),
  why: ([, name = "", rest = ""], change) => {
    if (change.additions.includes(name) || isCreated(name, change)) return null;
    const because = reachesAll(rest);
    return because === null ? null : `overwrites every row of ${shown(plain(name))}: ${because}`;
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
