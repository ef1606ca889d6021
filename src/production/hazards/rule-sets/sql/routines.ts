import { shown } from "../../words.ts";
import { NAME, plain } from "./names.ts";
import { migration, statementRule } from "./statement-rule.ts";

export const TRIGGER_DROPPED = statementRule({
  id: "sql/trigger-dropped",
  kind: "destructive",
  asks: "block",
  when: "a trigger or a rule of a table is dropped and not made again",
  pattern: new RegExp(`^DROP (?:EVENT )?(TRIGGER|RULE) (?:IF EXISTS )?${NAME}`),
  why: ([, kind = "", name = ""], { own }) =>
    own.later.trigger(name)
      ? null
      : `drops the ${kind.toLowerCase()} ${shown(plain(name))}: what it checked or kept is not checked`,
  reports: [
    [
      "drops the trigger `audit`: what it checked or kept is not checked",
      migration("DROP TRIGGER audit ON orders;\n"),
    ],
  ],
  ignores: [
    [
      "it is made again",
      migration(
        "DROP TRIGGER IF EXISTS audit ON orders;\nCREATE TRIGGER audit AFTER UPDATE ON orders EXECUTE FUNCTION f();\n",
      ),
    ],
  ],
});

export const SECURITY_DEFINER = statementRule({
  id: "sql/security-definer",
  kind: "widening",
  asks: "block",
  when: "a function or view runs with the rights of its owner, whoever calls it",
  pattern:
    /^(?:CREATE|ALTER)\b.*\b(?:SECURITY DEFINER|AUTHID DEFINER|EXECUTE AS (?:OWNER|'')|security_invoker ?= ?(?:false|off|0|''))(?!\w).*$/,
  why: ([text = ""]) => `gives whoever calls it the rights of its owner: ${shown(text)}`,
  reports: [
    [
      "gives whoever calls it the rights of its owner: `ALTER FUNCTION f() SECURITY DEFINER`",
      migration("ALTER FUNCTION f() SECURITY DEFINER;\n"),
    ],
  ],
  ignores: [["the rights of the caller", migration("ALTER FUNCTION f() SECURITY INVOKER;\n")]],
});
