import type { Finding } from "../../hazard.ts";
import { settingsOf } from "../../reading/compare.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { at, isFalse, isTrue, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF, WITH_VALUES } from "./blocks.ts";

const PREVENT_DESTROY = new Set(["prevent_destroy"]);

const PREVENT_DESTROY_DROPPED: Rule = {
  id: "terraform/prevent-destroy-dropped",
  kind: "destructive",
  when: "`prevent_destroy = true` goes from a block that stays, or becomes false",
  parts: {
    of: OF,
    *find(part) {
      if (part.after === undefined) return;
      for (const { before, after, line } of settingsOf(part, PREVENT_DESTROY)) {
        if (!isTrue(before) || isTrue(after)) continue;
        yield dropped(part, {
          line,
          after,
          what: "prevent_destroy",
          loss: "the next plan may destroy it without an error",
        });
      }
    },
  },
  lines: [
    {
      side: "before",
      pattern: /^\s*prevent_destroy\s*=\s*true/,
      what: () => "`prevent_destroy`",
      why: () => "drops `prevent_destroy`: the next plan may destroy the resource without an error",
    },
  ],
  reports: [
    [
      "drops `prevent_destroy` from `aws_db_instance.main`: the next plan may destroy it without an error",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        'resource "aws_db_instance" "main" {\n}\n',
      ),
    ],
    [
      "drops `prevent_destroy` from `aws_db_instance.main`: the next plan may destroy it without an error",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "the block only moves within the resource",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n  size = 1\n}\n',
        'resource "aws_db_instance" "main" {\n  size = 1\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [tags]\n  }\n}\n',
      ),
    ],
  ],
};

interface Dropped {
  readonly line: number;
  readonly after: Tree | undefined;
  readonly what: string;
  readonly loss: string;
}

function dropped(part: ChangedPart, { line, after, what, loss }: Dropped): Finding {
  const verb = after === undefined ? "drops" : "switches off";
  const name = what === "prevent_destroy" ? "drops" : verb;
  return {
    what: shown(part.name),
    file: part.file,
    line,
    side: after === undefined ? "before" : "after",
    why: `${name} \`${what}\` ${name === "drops" ? "from" : "of"} ${shown(part.name)}: ${loss}`,
    before: `${what} = true`,
    ...(after === undefined ? {} : { after: `${what} = ${textOf(after)}` }),
  };
}

const PROTECTIONS = new Set([
  "deletion_protection",
  "deletion_protection_enabled",
  "enable_deletion_protection",
  "disable_api_termination",
  "termination_protection",
  "enable_termination_protection",
  "delete_protection",
  "prevent_deletion_if_contains_resources",
  "purge_protection_enabled",
]);
/** There the protection is on where nothing is said. */
const PROTECTED_BY_DEFAULT = /^google_/;

const PROTECTION_DROPPED: Rule = {
  id: "terraform/deletion-protection-dropped",
  kind: "destructive",
  when: "a deletion or termination protection that was on goes or is switched off",
  parts: {
    of: WITH_VALUES,
    *find(part) {
      if (part.after === undefined || part.before === undefined) return;
      for (const { name, before, after, line } of settingsOf(part, PROTECTIONS)) {
        const wasOn = isTrue(before) || (before === undefined && PROTECTED_BY_DEFAULT.test(part.type));
        const isOff = isFalse(after) || (after === undefined && !PROTECTED_BY_DEFAULT.test(part.type));
        if (wasOn && isOff)
          yield dropped(part, { line, after, what: name, loss: "nothing stops its deletion any more" });
      }
      if (part.type === "variable" && PROTECTIONS.has(part.name.split(".")[1] ?? "")) {
        const [before, after] = [at(part.before, "default"), at(part.after, "default")];
        if (isTrue(before) && isFalse(after) && after !== undefined)
          yield dropped(part, {
            line: after.line,
            after,
            what: "default",
            loss: "nothing stops the deletion any more",
          });
      }
    },
  },
  lines: [
    {
      side: "after",
      pattern:
        /^\s*(deletion_protection(?:_enabled)?|enable_deletion_protection|disable_api_termination)\s*=\s*false/,
      what: ([, name]) => shown(String(name)),
      why: ([, name]) => `switches off ${shown(String(name))}: nothing stops the deletion any more`,
    },
  ],
  reports: [
    [
      "switches off `deletion_protection` of `aws_db_instance.main`: nothing stops its deletion any more",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
      ),
    ],
    [
      "drops `enable_deletion_protection` from `aws_lb.front`: nothing stops its deletion any more",
      changed(
        "lb.tf",
        'resource "aws_lb" "front" {\n  enable_deletion_protection = true\n}\n',
        'resource "aws_lb" "front" {\n}\n',
      ),
    ],
    [
      "switches off `deletion_protection` of `prod.tfvars`: nothing stops its deletion any more",
      changed("prod.tfvars", "deletion_protection = true\n", "deletion_protection = false\n"),
    ],
  ],
  ignores: [
    [
      "Google protects where nothing is said",
      changed(
        "db.tf",
        'resource "google_sql_database_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "google_sql_database_instance" "main" {\n}\n',
      ),
    ],
    [
      "it is switched on",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
      ),
    ],
  ],
};

export const PROTECTIONS_DROPPED: readonly Rule[] = [PREVENT_DESTROY_DROPPED, PROTECTION_DROPPED];
