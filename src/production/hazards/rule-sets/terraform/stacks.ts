import { TERRAGRUNT_FILE } from "../../reading/terraform.ts";
import { changed, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { gone, isElsewhere, isGone, OF } from "./blocks.ts";

/** A file of Terragrunt that applies something by itself, and is not only read by others. */
const APPLIES = /^[^\S\n\r\u2028\u2029]*(?:terraform\s*\{|inputs\s*=|include\b)/m;

export const STACK_REMOVED: Rule = {
  id: "terraform/stack-removed",
  kind: "destructive",
  asks: "block",
  when: "a stack of Terragrunt is deleted, or a unit goes from one",
  *file({ path, status, before }) {
    if (status !== "removed" || !TERRAGRUNT_FILE.test(path) || !APPLIES.test(before ?? "inputs =")) return;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/") + 1));
    const why = `deletes the stack ${shown(folder)}: what it made is destroyed, or left without anything that manages it`;
    yield { what: shown(folder), file: path, line: 1, side: "before", why };
  },
  parts: {
    of: OF,
    *find(part, all) {
      if (!/^(?:unit|stack)$/.test(part.type) || !isGone(part, all)) return;
      if (all.addedParts.sameContent(part) !== undefined || isElsewhere(part, all)) return;
      yield* gone(part, "what it made is destroyed, or left without anything that manages it");
    },
  },
  reports: [
    [
      "deletes the stack `live/prod/db/`: what it made is destroyed, or left without anything that manages it",
      removed("live/prod/db/terragrunt.hcl", 'terraform {\n  source = "../db"\n}\n'),
    ],
    [
      "removes `unit.db`: what it made is destroyed, or left without anything that manages it",
      changed(
        "live/terragrunt.stack.hcl",
        'unit "db" {\n  source = "../db"\n}\nunit "web" {\n  source = "../web"\n}\n',
        'unit "web" {\n  source = "../web"\n}\n',
      ),
    ],
  ],
  ignores: [["it only holds what others include", removed("live/terragrunt.hcl", "locals {}\n")]],
};
