import type { Finding } from "../../hazard.ts";
import { keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, isFalse, isTrue, literalOf, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { several, shown } from "../../words.ts";
import { isResource, WITH_VALUES } from "./blocks.ts";
import { lossOf } from "./losses.ts";

const COUNT = new Set(["count", "for_each"]);

function isEmpty(tree: Tree | undefined): boolean {
  if (tree === undefined) return false;
  if (tree.kind === "list") return tree.items.length === 0;
  if (tree.kind === "map") return tree.entries.length === 0;
  return literalOf(tree) === 0;
}

/** A switch that says by its name that something is made by it. */
const MAKES = /^(?:create|provision|deploy)(?:d|_|$)/;
/** Defaults of a module that others use are there to be set. */
const MODULE = /(?:^|\/)modules\//;

/** What is made while a switch is on, and made no more: known by the blocks of its folder, or told by its name. */
function* switchedOff(part: ChangedPart, all: Parts): Generator<Finding> {
  for (const { name, reference, before, after } of switchesOf(part)) {
    const turned = isTrue(before) && isFalse(after) ? "off" : isFalse(before) && isTrue(after) ? "on" : null;
    if (turned === null || after === undefined) continue;
    const found = { what: shown(name), file: part.file, line: after.line, side: "after" } as const;
    const needed = turned === "off" ? reference : `!${reference}`;
    const [first, ...more] =
      reference === undefined ? [] : (hanging(all).get(keyOf(folderOf(part), needed ?? "")) ?? []);
    if (first !== undefined) {
      const how = turned === "off" ? ["on which", "hangs"] : ["without which", "is there"];
      const others = more.length === 0 ? "" : ` (and ${several(more.length, "more block")})`;
      const why = `switches ${shown(name)} ${turned}, ${how[0]} ${shown(first.name)} ${how[1]}${others}: ${first.loss}`;
      yield { ...found, why };
    }
    if (first === undefined && isUnseen(part) && turned === "off" && MAKES.test(name))
      yield {
        ...found,
        why: `switches ${shown(name)} of ${shown(part.name)} off: what it makes is destroyed on apply`,
      };
  }
}

/** A file of values speaks of the variables of its folder. */
function folderOf({ type, scope }: ChangedPart): string {
  return type === "values" ? scope.slice(0, Math.max(0, scope.lastIndexOf("/"))) : scope;
}

/** Whether what reads a value stands where it is not seen. */
function isUnseen({ type }: ChangedPart): boolean {
  return type === "module" || type === "values" || type === "inputs";
}

interface Switch {
  readonly name: string;
  /** As conditions of the same folder write it; an argument of a module is read where it is not seen. */
  readonly reference: string | undefined;
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
}

function switchesOf({ type, name, file, before, after }: ChangedPart): readonly Switch[] {
  if (before === undefined || after === undefined) return [];
  if (type === "variable") {
    const reference = `var.${name.slice("variable.".length)}`;
    return MODULE.test(file)
      ? []
      : [{ name, reference, before: at(before, "default"), after: at(after, "default") }];
  }
  if (type !== "locals" && type !== "module" && type !== "values" && type !== "inputs") return [];
  return entriesOf(after).map(({ key, value }) => ({
    name: key,
    reference: type === "locals" ? `local.${key}` : type === "values" ? `var.${key}` : undefined,
    before: at(before, key),
    after: value,
  }));
}

const NONE = /^(?:0|\[\s*\]|\{\s*\}|toset\(\[\s*\]\))$/;

interface Hanging {
  readonly name: string;
  readonly loss: string;
}

const known = new WeakMap<Parts, ReadonlyMap<string, readonly Hanging[]>>();

/** The blocks that are only there under a condition, by their folder and each of the things that it asks for. */
function hanging(all: Parts): ReadonlyMap<string, readonly Hanging[]> {
  const found = known.get(all) ?? hangingIn(all);
  known.set(all, found);
  return found;
}

function hangingIn({ declared }: Parts): ReadonlyMap<string, readonly Hanging[]> {
  const found = new Map<string, Hanging[]>();
  for (const { scope, name, type, tree } of declared) {
    const [condition, choices] = halves(textOf(at(tree, "count") ?? at(tree, "for_each")), "?");
    const [yes, no] = halves(choices, ":");
    const loss = type === "module" ? "everything in it is destroyed on apply" : lossOf(type);
    if (type === "data" || loss === null || !NONE.test(no) || NONE.test(yes)) continue;
    for (const each of new Set(condition.split("&&"))) {
      const key = keyOf(scope, each.trim());
      found.set(key, found.get(key) ?? []);
      found.get(key)?.push({ name, loss });
    }
  }
  return found;
}

function halves(text: string, sign: string): readonly [string, string] {
  const place = text.indexOf(sign);
  return place === -1 ? [text.trim(), ""] : [text.slice(0, place).trim(), text.slice(place + 1).trim()];
}

const switchOf = (to: string, condition = "var.on ? 1 : 0", from = "true") => {
  const text = (value: string) =>
    `variable "on" {\n  default = ${value}\n}\nresource "aws_instance" "web" {\n  count = ${condition}\n}\n`;
  return changed("a.tf", text(from), text(to));
};

export const COUNT_ZERO: Rule = {
  id: "terraform/count-zero",
  kind: "destructive",
  asks: "block",
  when: "`count` becomes 0 or `for_each` empty on a block that was there, or the switch goes off on which it hangs",
  parts: {
    of: WITH_VALUES,
    *find(part, all) {
      yield* switchedOff(part, all);
      const { before, after, name, file } = part;
      if (before === undefined || after === undefined || (part.type !== "module" && !isResource(part)))
        return;
      for (const { key, value, line } of entriesOf(after)) {
        if (!COUNT.has(key) || !isEmpty(value) || isEmpty(at(before, key))) continue;
        const why = `sets \`${key}\` of ${shown(name)} to nothing: all of it is destroyed on apply`;
        yield { what: shown(name), file, line, side: "after", why };
      }
    },
  },
  lines: [
    {
      side: "after",
      pattern: /^\s*(?:count\s*=\s*0|for_each\s*=\s*(?:\{\s*\}|\[\s*\]|toset\(\[\s*\]\)))\s*(?:$|#)/,
      why: () => "sets `count` or `for_each` to nothing: all of it is destroyed on apply",
    },
  ],
  reports: [
    [
      "switches `variable.on` off, on which `aws_instance.web` hangs: it is destroyed on apply",
      switchOf("false"),
    ],
    [
      "switches `variable.on` on, without which `aws_instance.web` is there: it is destroyed on apply",
      switchOf("true", "!var.on && var.other ? 2 : 0", "false"),
    ],
    [
      "switches `create_replica` of `module.db` off: what it makes is destroyed on apply",
      changed(
        "a.tf",
        'module "db" {\n  create_replica = true\n}\n',
        'module "db" {\n  create_replica = false\n}\n',
      ),
    ],
    [
      "switches `on` off, on which `aws_instance.web` hangs: it is destroyed on apply",
      changed("infra/a.tfvars", "on = true\n", "on = false\n"),
      changed(
        "infra/a.tf",
        'variable "on" {\n}\nresource "aws_instance" "web" {\n  count = var.on ? 1 : 0\n}\n',
        'variable "on" {\n}\nresource "aws_instance" "web" {\n  count = var.on ? 1 : 0\n  ami = 1\n}\n',
      ),
    ],
    [
      "switches `create_vpc` of `prod.tfvars` off: what it makes is destroyed on apply",
      changed("prod.tfvars", "create_vpc = true\n", "create_vpc = false\n"),
    ],
    [
      "sets `count` of `aws_instance.web` to nothing: all of it is destroyed on apply",
      changed(
        "a.tf",
        'resource "aws_instance" "web" {\n  count = 3\n}\n',
        'resource "aws_instance" "web" {\n  count = 0\n}\n',
      ),
    ],
    [
      "sets `for_each` of `module.site` to nothing: all of it is destroyed on apply",
      changed(
        "a.tf",
        'module "site" {\n  for_each = var.sites\n}\n',
        'module "site" {\n  for_each = toset([])\n}\n',
      ),
    ],
  ],
  ignores: [
    ["it goes on", switchOf("true", "var.on ? 1 : 0", "false")],
    ["its default in a module is there to be set", { ...switchOf("false"), path: "modules/db/a.tf" }],
    [
      "something else hangs on it",
      changed(
        "a.tf",
        'variable "on" {\n  default = true\n}\nresource "aws_instance" "web" {\n  monitoring = var.on\n}\n',
        'variable "on" {\n  default = false\n}\nresource "aws_instance" "web" {\n  monitoring = var.on\n}\n',
      ),
    ],
    [
      "it hangs on a condition",
      changed(
        "a.tf",
        'resource "aws_instance" "web" {\n  count = 3\n}\n',
        'resource "aws_instance" "web" {\n  count = var.on ? 3 : 0\n}\n',
      ),
    ],
    [
      "what is known elsewhere is laid together",
      changed(
        "a.tf",
        'resource "aws_instance" "web" {\n  for_each = local.web\n}\n',
        'resource "aws_instance" "web" {\n  for_each = merge(local.web, local.more)\n}\n',
      ),
    ],
    ["it was never there", added("a.tf", 'resource "aws_instance" "web" {\n  count = 0\n}\n')],
  ],
};
