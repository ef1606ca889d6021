import { shown } from "../../words.ts";
import { NAME, plain } from "./change.ts";
import { migration, statementRule } from "./statement-rule.ts";

export const ROW_SECURITY = statementRule({
  id: "sql/row-security-off",
  kind: "widening",
  asks: "block",
  when: "row level security is switched off",
  pattern: new RegExp(`^ALTER TABLE (?:IF EXISTS )?${NAME} (?:DISABLE|NO FORCE) ROW LEVEL SECURITY`),
  why: ([, name = ""]) =>
    `switches row level security of ${shown(plain(name))} off: whoever may read the table reads every row`,
  reports: [
    [
      "switches row level security of `orders` off: whoever may read the table reads every row",
      migration("ALTER TABLE orders DISABLE ROW LEVEL SECURITY;\n"),
    ],
  ],
  ignores: [["it is switched on", migration("ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\n")]],
});

export const GRANT_ALL = statementRule({
  id: "sql/grant-wide",
  kind: "widening",
  asks: "block",
  when: "everything is granted, or anything to everybody, or a superuser is made",
  pattern:
    /^GRANT (ALL\b.*? TO .+|(?!USAGE ON SCHEMA|EXECUTE|CONNECT).*? TO PUBLIC\b.*)$|^((?:CREATE|ALTER) (?:ROLE|USER) .*\b(?<!NO)SUPERUSER\b.*)$/,
  why: (found) => `grants widely: ${shown(found[0])}`,
  reports: [
    ["grants widely: `GRANT ALL ON orders TO app`", migration("GRANT ALL ON orders TO app;\n")],
    ["grants widely: `ALTER ROLE app SUPERUSER`", migration("ALTER ROLE app SUPERUSER;\n")],
  ],
  ignores: [
    ["one right to one role", migration("GRANT SELECT ON orders TO app;\nALTER ROLE app NOSUPERUSER;\n")],
  ],
});
