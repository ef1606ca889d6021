import type { Example } from "../../rule.ts";
import { shown } from "../../words.ts";
import type { SqlPlace } from "./change.ts";
import { NAME, plain } from "./names.ts";
import { isCreated, migration, statementRule } from "./statement-rule.ts";

const TRUTH =
  /^(?:\( ?)*(?:TRUE|NOT FALSE|1|([\w.]+) ?(?:=|>=|<=) ?\1|'' ?(?:=|LIKE) ?''|1 ?(?:<>|!=|>) ?0|id ?(?:>=? ?-?[01]|IS NOT NULL)|EXISTS ?\( ?SELECT 1|NOT 1 ?= ?[02]|[2-9] ?> ?1|0 ?< ?[1-9])(?: ?\))*$/i;

/** Why a statement meets every row, by what follows the table's name; `null` when it does not. */
function reachesAll(rest: string, name = ""): string | null {
  const where = /\bWHERE (.*)$/i.exec(rest)?.[1];
  const own = /^(\w+) IN ?\( ?SELECT \1 FROM (["\w.]+) ?\)$/i.exec(where ?? "")?.[2];
  if (own !== undefined && own.toLowerCase() === name.toLowerCase()) return "its `WHERE` always holds";
  if (where === undefined)
    return /\bJOIN\b|\bLIMIT \d{1,4}\b/i.test(rest) ? null : "the statement has no `WHERE`";
  return alwaysHolds(where.replace(/ RETURNING .*$/i, "")) ? "its `WHERE` always holds" : null;
}

/** Whether a condition holds for every row. */
export function alwaysHolds(condition: string): boolean {
  return condition
    .split(/ OR /i)
    .some((term) => term.split(/ AND /i).every((each) => TRUTH.test(each.trim())));
}

/** The columns that an `UPDATE` sets. */
function setIn(rest: string): readonly string[] {
  const assignments = rest.replace(/\b(?:WHERE|FROM|RETURNING)\b.*$/i, "");
  return [...assignments.matchAll(/(?:^|, ?)(?:\w+\.)?["`[]?(\w+)["`\]]? ?=/g)].map(
    ([, column = ""]) => column,
  );
}

/** Whether every column that is set is one that the file adds, so that no value is lost. */
function fillsOwn(table: string, rest: string, { own }: SqlPlace): boolean {
  const columns = setIn(rest);
  const isAdded = (column: string) => own.columns.has(`${table}.${column}`);
  return columns.length > 0 && columns.length === commas(rest) + 1 && columns.every(isAdded);
}

/** Those between assignments, which stand outside of brackets. */
function commas(rest: string): number {
  let depth = 0;
  let found = 0;
  for (const character of rest.replace(/\b(?:WHERE|FROM|RETURNING)\b.*$/i, "")) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) found += 1;
  }
  return found;
}

export const TRUNCATE = statementRule({
  id: "sql/truncate",
  kind: "destructive",
  asks: "block",
  when: "a table is emptied",
  pattern: new RegExp(`^TRUNCATE (?:TABLE )?(?:IF EXISTS )?(?:ONLY )?(${NAME}(?: ?, ?(?:ONLY )?${NAME})*)`),
  why: ([, all = ""], place) => {
    const names = all.split(/ ?, ?(?:ONLY )?/i).filter((name) => !isCreated(name, place));
    return names.length === 0 ? null : `empties the table ${shown(plain(names.join(", ")))}`;
  },
  reports: [
    ["empties the table `orders`", migration("TRUNCATE orders;\n")],
    [
      "empties the table `orders`",
      migration("CREATE TABLE IF NOT EXISTS orders (id int);\nTRUNCATE orders;\n"),
    ],
    [
      "empties the table `public.orders`",
      migration("CREATE TEMP TABLE orders (id int);\nTRUNCATE public.orders;\n"),
    ],
  ],
  ignores: [["a function of that name", migration("SELECT truncate(1.234, 2);\n")]],
});

export const DELETE_ALL = statementRule({
  id: "sql/delete-without-where",
  kind: "destructive",
  asks: "block",
  when: "every row of a table is deleted",
  pattern: new RegExp(
    `^(?:WITH .{0,500}?\\) )?DELETE (?:(?:LOW_PRIORITY|QUICK|IGNORE) )*(?:FROM )?(?:ONLY )?(?!(?:FROM|TOP)\\b)${NAME}(.*)$|^ALTER TABLE ${NAME} (?:ON CLUSTER \\S+ )?DELETE (WHERE .*)$`,
  ),
  why: ([, one, after, other = "", condition = ""], place) => {
    // A mutation of ClickHouse has to say which rows.
    const [name, rest] = one === undefined ? [other, ` ${condition}`] : [one, after ?? ""];
    const because = isCreated(name, place) ? null : reachesAll(rest, name);
    return because === null ? null : `deletes every row of ${shown(plain(name))}: ${because}`;
  },
  reports: [
    ["deletes every row of `orders`: the statement has no `WHERE`", migration("DELETE FROM orders;\n")],
    [
      "deletes every row of `events`: its `WHERE` always holds",
      migration("ALTER TABLE events DELETE WHERE 1;\n"),
    ],
    [
      "deletes every row of `orders`: its `WHERE` always holds",
      migration("DELETE FROM orders WHERE 1 = 1;\n"),
    ],
    ...["true", "2 > 1", "EXISTS (SELECT 1)", "id IN (SELECT id FROM orders)"].map(
      (where): Example => [
        "deletes every row of `orders`: its `WHERE` always holds",
        migration(`DELETE FROM orders WHERE ${where};\n`),
      ],
    ),
    [
      "deletes every row of `orders`: its `WHERE` always holds",
      migration("DELETE FROM orders o WHERE id IS NOT NULL OR 'a' = 'a';\n"),
    ],
  ],
  ignores: [
    ["some rows", migration("DELETE FROM orders\nWHERE created < now();\n")],
    ["those of another table", migration("DELETE FROM orders WHERE id IN (SELECT id FROM spam);\n")],
  ],
});

export const MERGE_DELETES = statementRule({
  id: "sql/merge-deletes",
  kind: "destructive",
  asks: "block",
  when: "a `MERGE` deletes what its source does not have",
  pattern: new RegExp(
    `^MERGE (?:INTO )?${NAME}\\b.*\\bWHEN NOT MATCHED BY SOURCE (?:AND .{0,300}?)?THEN DELETE`,
  ),
  why: ([, name = ""]) =>
    `deletes from ${shown(plain(name))} whatever the source does not have: with an empty source, every row`,
  reports: [
    [
      "deletes from `products` whatever the source does not have: with an empty source, every row",
      migration(
        "MERGE INTO products AS t USING staging AS s ON t.id = s.id\nWHEN NOT MATCHED BY SOURCE THEN DELETE;\n",
      ),
    ],
  ],
  ignores: [
    [
      "it only adds",
      migration(
        "MERGE INTO products AS t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (1);\n",
      ),
    ],
  ],
});

export const UPDATE_ALL = statementRule({
  id: "sql/update-without-where",
  kind: "destructive",
  asks: "block",
  when: "every row of a table is overwritten",
  pattern: new RegExp(`^UPDATE (?:ONLY )?${NAME}(?: (?:AS )?\\w+)? SET (.*)$`),
  why: ([, name = "", rest = ""], place) => {
    if (isCreated(name, place) || fillsOwn(name, rest, place)) return null;
    const because = reachesAll(rest, name);
    return because === null ? null : `overwrites every row of ${shown(plain(name))}: ${because}`;
  },
  reports: [
    [
      "overwrites every row of `users`: the statement has no `WHERE`",
      migration("UPDATE users SET state = 'new';\n"),
    ],
    [
      "overwrites every row of `users`: the statement has no `WHERE`",
      migration("ALTER TABLE users ADD COLUMN note text;\nUPDATE users SET note = '', role = 'admin';\n"),
    ],
    [
      "overwrites every row of `users`: its `WHERE` always holds",
      migration("UPDATE users SET state = 'new' WHERE id = id AND 1 = 1;\n"),
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
