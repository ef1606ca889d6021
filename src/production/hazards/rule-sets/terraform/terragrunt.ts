import type { Finding, HazardKind } from "../../hazard.ts";
import { withoutComments } from "../../reading/comments.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

interface Guard {
  readonly kind: HazardKind;
  readonly pattern: RegExp;
  readonly why: string;
}

/** What guards a unit of Terragrunt, outside of its inputs. */
const GUARDS: readonly Guard[] = [
  {
    kind: "destructive",
    pattern: /^\s*prevent_destroy\s*=\s*true\b/,
    why: "the unit can be destroyed without an error",
  },
  {
    kind: "destructive",
    pattern: /^\s*(?:skip_bucket_versioning|skip_bucket_root_access|skip_bucket_enforced_tls)\s*=\s*false\b/,
    why: "its state is guarded less",
  },
  { kind: "widening", pattern: /^\s*encrypt\s*=\s*true\b/, why: "whoever gets at the state can read it" },
  {
    kind: "widening",
    pattern: /^\s*before_hook\s+"/,
    why: "what it checked is checked no more before it is applied",
  },
];

const UNIT = /(?:^|\/)(?:terragrunt|root|common|env|region|account)(?:\.stack)?\.hcl$/;

function dropping(kind: HazardKind): NonNullable<Rule["file"]> {
  return function* (file): Generator<Finding> {
    if (!UNIT.test(file.path) || file.after == null) return;
    for (const guard of GUARDS.filter((each) => each.kind === kind)) {
      const [gone, come] = (["before", "after"] as const).map((side) =>
        withoutComments(file, side).filter(({ text }) => guard.pattern.test(text)),
      );
      for (const { text, line } of gone?.slice(come?.length ?? 0) ?? []) {
        const why = `drops ${shown(text)} from ${shown(file.path)}: ${guard.why}`;
        yield { what: shown(text), file: file.path, line, side: "before", why, before: text.trim() };
      }
    }
  };
}

export const TERRAGRUNT: readonly Rule[] = [
  {
    id: "terraform/unit-unprotected",
    kind: "destructive",
    asks: "block",
    when: "`prevent_destroy` goes from a unit of Terragrunt, or the versions of its state",
    file: dropping("destructive"),
    reports: [
      [
        "drops `prevent_destroy = true` from `live/db/terragrunt.hcl`: the unit can be destroyed without an error",
        changed("live/db/terragrunt.hcl", "prevent_destroy = true\n", "inputs = {}\n"),
      ],
    ],
    ignores: [
      [
        "it moved",
        changed("live/terragrunt.hcl", "prevent_destroy = true\na = 1\n", "a = 1\nprevent_destroy = true\n"),
      ],
    ],
  },
  {
    id: "terraform/unit-unguarded",
    kind: "widening",
    asks: "block",
    when: "the state of Terragrunt is no longer encrypted, or a hook goes that checked before it was applied",
    file: dropping("widening"),
    reports: [
      [
        "drops `encrypt = true` from `live/root.hcl`: whoever gets at the state can read it",
        changed("live/root.hcl", "    encrypt = true\n", "    encrypt = false\n"),
      ],
      [
        'drops `before_hook "policy" {` from `live/terragrunt.hcl`: what it checked is checked no more before it is applied',
        changed("live/terragrunt.hcl", '  before_hook "policy" {\n    execute = ["a"]\n  }\n', "  a = 1\n"),
      ],
    ],
    ignores: [["it comes", changed("live/root.hcl", "    encrypt = false\n", "    encrypt = true\n")]],
  },
];
