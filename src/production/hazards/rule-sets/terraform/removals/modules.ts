import type { ChangedPart } from "../../../reading/part.ts";
import { at, textOf } from "../../../reading/tree.ts";
import { changed, type Rule } from "../../../rule.ts";
import { shown } from "../../../words.ts";
import { gone, isElsewhere, isGone, OF } from "../blocks.ts";

/** Modules that make names, or read what others made. */
const LOOKS_UP =
  /remote-state|(?:null-|-)label\b|\/label(?:\/|$)|naming|shared[-_]data|account-map|iam-roles|\/context|team-assume-role|data-only|lookup/i;

export function onlyLooksUp({ before, name }: ChangedPart): boolean {
  return (
    LOOKS_UP.test(textOf(at(before, "source"))) ||
    /(?:^|[._-])(?:label|this_label|iam_roles|remote_state|shared_data)$/.test(name)
  );
}

export const MODULE_REMOVED: Rule = {
  id: "terraform/module-removed",
  kind: "destructive",
  asks: "block",
  when: "a `module` block goes without a `moved` or a keeping `removed` block",
  parts: {
    of: OF,
    *find(part, all) {
      if (part.type !== "module" || !isGone(part, all) || onlyLooksUp(part)) return;
      if (all.addedParts.sameContent(part) !== undefined || isElsewhere(part, all)) return;
      yield* gone(part, "everything in the module is destroyed on apply");
    },
  },
  lines: [
    {
      side: "before",
      pattern: /^\s*module\s+"([\w-]+)"/,
      what: ([, name]) => shown(`module.${name}`),
      why: ([, name]) => `removes ${shown(`module.${name}`)}: everything in the module is destroyed on apply`,
    },
  ],
  reports: [
    [
      "removes `module.cluster`: everything in the module is destroyed on apply",
      changed("main.tf", 'module "cluster" {\n  source = "./cluster"\n}\n', "locals {}\n"),
    ],
  ],
  ignores: [
    [
      "it only reads what others made",
      changed(
        "main.tf",
        'module "vpc" {\n  source = "cloudposse/stack-config/yaml//modules/remote-state"\n}\n',
        "locals {}\n",
      ),
    ],
    [
      "only its arguments change",
      changed("main.tf", 'module "a" {\n  size = 1\n}\n', 'module "a" {\n  size = 2\n}\n'),
    ],
    [
      "a `moved` block moves it into another module",
      changed(
        "main.tf",
        'module "a" {\n  source = "./a"\n}\n',
        'module "b" {\n  source = "./b"\n}\nmoved {\n  from = module.a\n  to   = module.b.module.a\n}\n',
      ),
    ],
    [
      "a `moved` block moves it",
      changed(
        "main.tf",
        'module "a" {\n  source = "./a"\n}\n',
        'module "b" {\n  source = "./a"\n}\nmoved {\n  from = module.a\n  to   = module.b\n}\n',
      ),
    ],
  ],
};
