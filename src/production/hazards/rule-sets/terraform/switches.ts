import { settingsOf } from "../../reading/compare.ts";
import { textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { WITH_VALUES } from "./blocks.ts";

interface Switch {
  readonly id: string;
  readonly kind: Rule["kind"];
  readonly names: readonly string[];
  readonly when: string;
  readonly to: string;
  readonly why: string;
  readonly also?: Pick<Rule, "ignores">["ignores"];
}

/** A setting that takes a harmful value it did not have. */
function switched({ id, kind, names, when, to, why, also = [] }: Switch): Rule {
  const set = new Set(names);
  const [first = ""] = names;
  const harmless = to === "true" ? "false" : "true";
  const block = (value: string) => `resource "aws_thing" "a" {\n  ${first} = ${value}\n}\n`;
  return {
    id,
    kind,
    when,
    parts: {
      of: WITH_VALUES,
      *find(part) {
        for (const { name, before, after, line } of settingsOf(part, set)) {
          if (textOf(after) !== to || textOf(before) === to) continue;
          yield {
            what: shown(part.name),
            file: part.file,
            line,
            side: "after",
            why: `sets \`${name}\` of ${shown(part.name)} to ${to}: ${why}`,
            ...(before === undefined ? {} : { before: `${name} = ${textOf(before)}` }),
            after: `${name} = ${to}`,
          };
        }
      },
    },
    lines: [
      {
        side: "after",
        pattern: new RegExp(`^\\s*(${names.join("|")})\\s*=\\s*"?${to}"?\\s*(?:$|#|//)`),
        what: ([, name]) => shown(String(name)),
        why: ([, name]) => `sets ${shown(String(name))} to ${to}: ${why}`,
      },
    ],
    reports: [
      [`sets \`${first}\` of \`aws_thing.a\` to ${to}: ${why}`, changed("a.tf", block(harmless), block(to))],
    ],
    ignores: [["it takes the other value", changed("a.tf", block(to), block(harmless))], ...also],
  };
}

const FORCE_DESTROY = switched({
  id: "terraform/force-destroy",
  kind: "destructive",
  names: ["force_destroy", "force_delete", "force_destroy_on_delete", "delete_contents_on_destroy"],
  when: "a bucket, repository or dataset may be destroyed with all that is in it",
  to: "true",
  why: "it can be destroyed with everything in it",
});

const SKIP_SNAPSHOT = switched({
  id: "terraform/skip-final-snapshot",
  kind: "destructive",
  names: ["skip_final_snapshot", "skip_final_backup", "delete_automated_backups"],
  when: "a database may be destroyed without a last snapshot, or its backups with it",
  to: "true",
  why: "once it is destroyed, no snapshot brings its data back",
});

export const SWITCHES: readonly Rule[] = [FORCE_DESTROY, SKIP_SNAPSHOT];
