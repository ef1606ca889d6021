import type { Finding } from "../../hazard.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, literalOf, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isResource, WITH_VALUES } from "./blocks.ts";
import { lossOf } from "./losses.ts";

/** The keys of a list of names or of a mapping; `null` where they cannot be told. */
function keysOf(tree: Tree | undefined): ReadonlySet<string> | null {
  if (tree?.kind === "map") return new Set(tree.entries.map(({ key }) => key));
  if (tree?.kind !== "list") return null;
  const names = tree.items.map(
    (item) => literalOf(item) ?? literalOf(at(item, "name")) ?? literalOf(at(item, "id")),
  );
  return names.every((name) => name !== undefined && name !== null) ? new Set(names.map(String)) : null;
}

/** What the list or mapping had and has no more, if both can be told. */
function lostKeys(before: Tree | undefined, after: Tree | undefined): readonly string[] {
  const [was, is] = [keysOf(before), keysOf(after)];
  if (was === null || is === null || is.size === 0) return [];
  return [...was].filter((key) => !is.has(key));
}

/** The instances that `moved` and `removed` blocks speak of, as they write them. */
function spokenOf({ declared }: Parts, scope: string): ReadonlySet<string> {
  return new Set(
    declared
      .filter((part) => part.scope === scope && (part.type === "moved" || part.type === "removed"))
      .map(({ tree }) => textOf(at(tree, "from")).replaceAll(/\s/g, "")),
  );
}

interface Loss {
  readonly lost: readonly string[];
  readonly line: number;
  /** The setting that lost them. */
  readonly name: string;
  readonly what: string;
}

function* lossFinding(part: ChangedPart, { lost, line, name, what }: Loss): Generator<Finding> {
  if (lost.length === 0) return;
  const which = shown(lost.join(", "));
  const why = `takes ${which} out of ${shown(name)} of ${shown(part.name)}: ${what}`;
  yield { what: shown(part.name), file: part.file, line, side: "after", why };
}

/** What `for_each` or `count` of a resource or module no longer makes. */
function* fewerOf(part: ChangedPart, all: Parts): Generator<Finding> {
  const { before, after, name } = part;
  const loss = part.type === "module" ? "everything in them is destroyed on apply" : lossOf(part.type);
  if (before === undefined || after === undefined || loss === null) return;
  const [each, count] = [at(after, "for_each"), at(after, "count")];
  const spoken = spokenOf(all, part.scope);
  const isMoved = (key: string) => spoken.has(`${name}["${key}"]`) || spoken.has(name);
  if (each !== undefined) {
    const lost = lostKeys(at(before, "for_each"), each).filter((key) => !isMoved(key));
    yield* lossFinding(part, { lost, line: each.line, name: "for_each", what: loss });
  }
  const [was, is] = [literalOf(at(before, "count")), literalOf(count)];
  if (count !== undefined && typeof was === "number" && typeof is === "number" && is > 0 && is < was) {
    const why = `lowers \`count\` of ${shown(name)} from ${was} to ${is}: ${was - is} of them are destroyed on apply`;
    yield { what: shown(name), file: part.file, line: count.line, side: "after", why };
  }
  const key = each === undefined ? count : each;
  const isKeyed = each !== undefined && at(before, "for_each") === undefined;
  const isUnkeyed = each === undefined && at(before, "for_each") !== undefined;
  const isSpokenOf = [...spoken].some((each) => each === name || each.startsWith(`${name}[`));
  if ((isKeyed || isUnkeyed) && !isSpokenOf) {
    const why = `makes ${shown(name)} known under other keys without a \`moved\` block: what is there is destroyed and created again`;
    yield { what: shown(name), file: part.file, line: (key ?? after).line, side: "after", why };
  }
}

const INSTANCES =
  /(?:^|[_-])(?:(?:bucket|queue|topic|table|user|member|group|role|database|db|instance|node|pool|cluster|namespace|project|account|zone|record|subnet|network|vpc|secret|key|volume|disk|service|app|application|site|function|environment|team|server|host|vm|machine|endpoint|certificate|monitor|alarm|job|repo|stream|stack|workspace|tenant|customer|region|domain)s?|repositor(?:y|ies)|databases|replicas)$/i;
/** Their entries are words for a thing, and make none. */
const NO_INSTANCES =
  /tag|label|annotation|setting|config|option|param|env(?:ironment)?(?:_var|$)|variable|rule|statement|permission|polic|action|cidr|ips?$|allow|deny|block|ingress|egress|security_group|subnet_ids?|_ids?$|_arns?$|scope|claim|port|type|version|feature|default|metadata|principal|email|contact|address|header|origin|method|path|protocol|availability|exclude|ignore|depend/i;

function isMapOfMaps(tree: Tree | undefined): boolean {
  return entriesOf(tree).length > 0 && entriesOf(tree).every(({ value }) => value.kind === "map");
}

/** Whether a list or mapping of that name most often makes one thing for each of its entries. */
function makesInstances(name: string, value: Tree | undefined): boolean {
  if (NO_INSTANCES.test(name)) return false;
  return INSTANCES.test(name) || isMapOfMaps(value);
}

/** A value by its name: an argument of a module, a local, a variable's default, a line of a file of values. */
function* fewerIn(part: ChangedPart, all: Parts): Generator<Finding> {
  for (const { name, before, after, line, isUsed } of valuesOf(part, all)) {
    if (!isUsed && !makesInstances(name, before)) continue;
    const what = isUsed
      ? "what is made for each of them is destroyed on apply"
      : "what is made for them is destroyed";
    yield* lossFinding(part, { lost: lostKeys(before, after), line, name, what });
  }
}

interface NamedValue {
  readonly name: string;
  readonly before: Tree | undefined;
  readonly after: Tree;
  readonly line: number;
  /** A block of the changed files makes one thing for each of its entries. */
  readonly isUsed: boolean;
}

const OWN = new Set(["source", "version", "providers", "depends_on", "for_each", "count", "tags"]);

function* valuesOf({ type, name, scope, before, after }: ChangedPart, all: Parts): Generator<NamedValue> {
  if (before === undefined || after === undefined) return;
  if (type === "variable") {
    const [was, is] = [at(before, "default"), at(after, "default")];
    const own = name.slice("variable.".length);
    const use = useOf(`var.${own}`, scope, all);
    if (is !== undefined && use !== "whole")
      yield { name: own, before: was, after: is, line: is.line, isUsed: use === "part" };
    return;
  }
  for (const { key, value, line } of entriesOf(after)) {
    if (OWN.has(key)) continue;
    const was = at(before, key);
    const use = type === "locals" ? useOf(`local.${key}`, scope, all) : "none";
    if (use !== "whole") yield { name: key, before: was, after: value, line, isUsed: use === "part" };
  }
}

type Use = "whole" | "part" | "none";

/** How `for_each` or `count` of a block of the folder reads a value; where it is read as a whole, that block is what loses an entry. */
function useOf(reference: string, scope: string, { declared }: Parts): Use {
  const keys = declared
    .filter((part) => part.scope === scope)
    .map(({ tree }) => at(tree, "for_each") ?? at(tree, "count"))
    .filter((key) => key?.kind === "scalar" && !key.literal)
    .map(textOf);
  if (keys.includes(reference)) return "whole";
  return keys.some((key) => mentions(key, reference)) ? "part" : "none";
}

/** Names of values may hold any letter, so that no pattern is made of them. */
function mentions(text: string, reference: string): boolean {
  for (let from = text.indexOf(reference); from !== -1; from = text.indexOf(reference, from + 1)) {
    const around = text.charAt(from - 1) + text.charAt(from + reference.length);
    if (!/[\w-]/.test(around)) return true;
  }
  return false;
}

/** Whether the same values are read as `for_each` of a block that changes by them, and are shown there. */
function isShownThere({ type }: ChangedPart): boolean {
  return (
    type !== "module" && type !== "variable" && type !== "locals" && type !== "values" && type !== "inputs"
  );
}

const bucket = (each: string) =>
  `resource "aws_s3_bucket" "a" {\n  for_each = toset([${each}])\n  bucket = each.key\n}\n`;

export const INSTANCE_REMOVED: Rule = {
  id: "terraform/instance-removed",
  kind: "destructive",
  asks: "block",
  when: "an entry leaves what `for_each` reads, or `count` is lowered: by a literal, a local, a default, a file of values, or an argument of a module",
  parts: {
    of: WITH_VALUES,
    *find(part, all) {
      if (part.type === "module" || isResource(part)) yield* fewerOf(part, all);
      if (!isShownThere(part)) yield* fewerIn(part, all);
    },
  },
  reports: [
    [
      "takes `orders` out of `for_each` of `aws_s3_bucket.a`: the storage and what is in it are destroyed on apply",
      changed("a.tf", bucket('"orders", "logs"'), bucket('"logs"')),
    ],
    [
      "takes `orders` out of `for_each` of `aws_s3_bucket.a`: the storage and what is in it are destroyed on apply",
      changed(
        "a.tf",
        'variable "these" {\n  default = ["orders", "logs"]\n}\nresource "aws_s3_bucket" "a" {\n  for_each = var.these\n}\n',
        'variable "these" {\n  default = ["logs"]\n}\nresource "aws_s3_bucket" "a" {\n  for_each = var.these\n}\n',
      ),
    ],
    [
      "takes `orders` out of `these` of `locals`: what is made for each of them is destroyed on apply",
      changed(
        "a.tf",
        'locals {\n  these = ["orders", "logs"]\n}\nresource "aws_s3_bucket" "a" {\n  count = length(local.these)\n}\n',
        'locals {\n  these = ["logs"]\n}\nresource "aws_s3_bucket" "a" {\n  count = length(local.these)\n}\n',
      ),
    ],
    [
      "takes `big` out of `node_pools` of `module.cluster`: what is made for them is destroyed",
      changed(
        "a.tf",
        'module "cluster" {\n  node_pools = {\n    big = { size = 3 }\n    small = { size = 1 }\n  }\n}\n',
        'module "cluster" {\n  node_pools = {\n    small = { size = 1 }\n  }\n}\n',
      ),
    ],
    [
      "takes `ana` out of `users` of `prod.tfvars`: what is made for them is destroyed",
      changed("prod.tfvars", 'users = ["ana", "ben"]\n', 'users = ["ben"]\n'),
    ],
    [
      "lowers `count` of `aws_instance.a` from 5 to 2: 3 of them are destroyed on apply",
      changed(
        "a.tf",
        'resource "aws_instance" "a" {\n  count = 5\n}\n',
        'resource "aws_instance" "a" {\n  count = 2\n}\n',
      ),
    ],
    [
      "makes `aws_db_instance.a` known under other keys without a `moved` block: what is there is destroyed and created again",
      changed(
        "a.tf",
        'resource "aws_db_instance" "a" {\n  count = 2\n}\n',
        'resource "aws_db_instance" "a" {\n  for_each = toset(["a", "b"])\n}\n',
      ),
    ],
  ],
  ignores: [
    ["one comes", changed("a.tf", bucket('"logs"'), bucket('"logs", "orders"'))],
    ["they change their order", changed("a.tf", bucket('"logs", "orders"'), bucket('"orders", "logs"'))],
    [
      "a `moved` block says where it went",
      changed(
        "a.tf",
        bucket('"orders", "logs"'),
        `${bucket('"sales", "logs"')}moved {\n  from = aws_s3_bucket.a["orders"]\n  to = aws_s3_bucket.a["sales"]\n}\n`,
      ),
    ],
    [
      "a list of addresses",
      changed(
        "prod.tfvars",
        'allowed_cidrs = ["10.0.0.0/8", "10.1.0.0/16"]\n',
        'allowed_cidrs = ["10.0.0.0/8"]\n',
      ),
    ],
    [
      "nothing real is lost",
      changed(
        "a.tf",
        'resource "null_resource" "a" {\n  count = 2\n}\n',
        'resource "null_resource" "a" {\n  count = 1\n}\n',
      ),
    ],
  ],
};
