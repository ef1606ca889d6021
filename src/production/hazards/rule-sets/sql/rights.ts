import type { Example, Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { NAME, plain } from "./names.ts";
import { migration, statementRule } from "./statement-rule.ts";

export const ROW_SECURITY = statementRule({
  id: "sql/row-security-off",
  kind: "widening",
  asks: "block",
  when: "row level security is switched off",
  pattern: new RegExp(`^ALTER TABLE ${NAME} (?:DISABLE|NO FORCE) ROW LEVEL SECURITY`),
  why: ([, name = ""]) =>
    `switches row level security of ${shown(plain(name))} off: whoever may read the table reads every row`,
  reports: [
    [
      "switches row level security of `orders` off: whoever may read the table reads every row",
      migration("ALTER TABLE orders DISABLE ROW LEVEL SECURITY;\n"),
    ],
    ...[
      "ALTER TABLE orders ADD COLUMN a numeric(1, 2), DISABLE ROW LEVEL SECURITY;\n",
      "ALTER TABLE IF EXISTS ONLY orders DISABLE ROW LEVEL SECURITY;\n",
      "ALTER TABLE orders * ADD a int, NO FORCE ROW LEVEL SECURITY;\n",
      "-- +goose Up\nALTER TABLE items ENABLE ROW LEVEL SECURITY;\n-- +goose Down\nALTER TABLE orders DISABLE ROW LEVEL SECURITY;\n",
    ].map(
      (text): Example => [
        "switches row level security of `orders` off: whoever may read the table reads every row",
        migration(text),
      ],
    ),
  ],
  ignores: [
    ["it is switched on", migration("ALTER TABLE orders ADD a int, ENABLE ROW LEVEL SECURITY;\n")],
    [
      "the way back of switching it on",
      migration(
        "-- +goose Up\nALTER TABLE a ENABLE ROW LEVEL SECURITY;\n-- +goose Down\nALTER TABLE a DISABLE ROW LEVEL SECURITY;\n",
      ),
    ],
  ],
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

export const ROLE_WIDE = statementRule({
  id: "sql/role-wide",
  kind: "widening",
  asks: "block",
  when: "a role may pass row security, make roles or databases, or copy all data",
  pattern:
    /^(?:CREATE|ALTER) (?:ROLE|USER|LOGIN) .*\b(?<!NO)(BYPASSRLS|CREATEROLE|CREATEDB|REPLICATION)\b.*$/,
  why: ([text = "", right]) => (right === undefined ? null : `gives a role more rights: ${shown(text)}`),
  reports: [
    ["gives a role more rights: `ALTER ROLE app BYPASSRLS`", migration("ALTER ROLE app BYPASSRLS;\n")],
  ],
  ignores: [["it loses one", migration("ALTER ROLE app NOBYPASSRLS;\n")]],
});

/** The text, because strings of statements are left out. */
const WITHOUT_PASSWORD =
  /\b(?:CREATE|ALTER)\s+USER\s+[^;]{0,200}?\bIDENTIFIED\s+(?:WITH\s+\w+\s+)?(?:BY|AS)\s+(?:''|"")|\bPASSWORD\s+NULL\b|\bSET\s+PASSWORD\b[^;]{0,100}=\s*(?:PASSWORD\()?''/i;

export const NO_PASSWORD: Rule = {
  id: "sql/no-password",
  kind: "widening",
  asks: "block",
  when: "a user of the database signs in without a password",
  lines: [
    {
      side: "after",
      pattern: WITHOUT_PASSWORD,
      what: () => "a user",
      why: () => "lets a user sign in without a password",
    },
  ],
  reports: [
    ["lets a user sign in without a password", migration("CREATE USER 'app'@'%' IDENTIFIED BY '';\n")],
  ],
  ignores: [["a password", migration("CREATE USER 'app'@'10.0.0.1' IDENTIFIED BY 'x';\n")]],
};

export const CHECKS_OFF = statementRule({
  id: "sql/checks-off",
  kind: "destructive",
  asks: "block",
  when: "triggers or the checks of foreign keys are switched off",
  pattern: new RegExp(
    `^ALTER TABLE ${NAME} (?:DISABLE (?:TRIGGER|RULE)|NOCHECK CONSTRAINT) ("[^"]*"|\\w+)|^DISABLE TRIGGER [^ ]+|^SET (?:SESSION )?session_replication_role ?(?:=|TO) ?'?'?`,
  ),
  why: ([text = "", table, trigger]) =>
    table === undefined
      ? `switches checks off: ${shown(text)}`
      : `switches ${shown(trigger ?? "")} of ${shown(plain(table))} off: what it checked or kept is not checked`,
  reports: [
    ...[
      "ALTER TABLE orders DISABLE TRIGGER ALL;\n",
      "ALTER TABLE IF EXISTS ONLY orders ADD a int, DISABLE TRIGGER ALL;\n",
      "ALTER TABLE orders NOCHECK CONSTRAINT ALL;\n",
      "ALTER TABLE orders ADD a int, ENABLE REPLICA TRIGGER b, DISABLE RULE ALL;\n",
    ].map(
      (text): Example => [
        "switches `ALL` of `orders` off: what it checked or kept is not checked",
        migration(text),
      ],
    ),
    [
      "switches checks off: `DISABLE TRIGGER audit`",
      migration("UPDATE a SET b = 1 WHERE c = 2\nDISABLE TRIGGER audit ON orders\n"),
    ],
  ],
  ignores: [["they are switched on", migration("ALTER TABLE orders ENABLE TRIGGER ALL;\n")]],
});
