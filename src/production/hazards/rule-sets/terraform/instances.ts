import type { Finding } from "../../hazard.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, fingerprint, literalOf, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isResource, WITH_VALUES } from "./blocks.ts";
import { lossOf } from "./losses.ts";
import { makesInstances, type NamedValue, saysHowMany, valuesOf } from "./named-values.ts";

/** The keys of a list of names or of a mapping; `null` where they cannot be told. */
function keysOf(tree: Tree | undefined): ReadonlySet<string> | null {
  if (tree?.kind === "map") return new Set(tree.entries.map(({ key }) => key));
  if (tree?.kind !== "list") return null;
  const names = tree.items.map(
    (item) => literalOf(item) ?? literalOf(at(item, "name")) ?? literalOf(at(item, "id")),
  );
  return names.every((name) => name !== undefined && name !== null) ? new Set(names.map(String)) : null;
}

/** The number of an account of Amazon names somebody who has a right, and nothing that is made. */
const ACCOUNT = /^\d{12}$/;

/** What the list or mapping had and has no more, if both can be told. */
export function lostKeys(before: Tree | undefined, after: Tree | undefined): readonly string[] {
  const [was, is] = [keysOf(before), keysOf(after)];
  if (was === null || is === null) return before === undefined ? [] : lostOfOthers(before, after);
  if (is.size === 0) return [];
  const lost = [...was].filter((key) => !is.has(key));
  return lost.every((key) => ACCOUNT.test(key)) ? [] : lost;
}

/** Of things without a name, and of what an expression makes of the words in it. */
function lostOfOthers(before: Tree, after: Tree | undefined): readonly string[] {
  if (before.kind === "list" && after?.kind === "list") {
    if (after.items.length === 0 || after.items.length >= before.items.length) return [];
    const kept = new Set(after.items.map(fingerprint));
    const lost = before.items.filter((item) => !kept.has(fingerprint(item)));
    return lost.map((item) => scalarsIn(item).map(textOf)[0] ?? "one");
  }
  if (before.kind !== "scalar" || after?.kind !== "scalar") return [];
  const [was, is] = [textOf(before), textOf(after)];
  if (withoutWords(was) !== withoutWords(is)) return [];
  const kept = new Set(wordsIn(is));
  return wordsIn(was).filter((word) => !kept.has(word));
}

const LISTED = /\[\s*"[^"\]]*"(?:\s*,\s*"[^"\]]*")*\s*,?\s*\]/g;
const withoutWords = (text: string) => text.replaceAll(LISTED, "[]").replaceAll(/\s+/g, "");
const wordsIn = (text: string) =>
  (text.match(LISTED) ?? []).flatMap((list) => [...list.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word));

/** The instances that `moved` and `removed` blocks speak of, as they write them: from where, or to where. */
function spokenOf({ declared }: Parts, scope: string, end: "from" | "to"): ReadonlySet<string> {
  return new Set(
    declared
      .filter((part) => part.scope === scope && (part.type === "moved" || part.type === "removed"))
      .map(({ tree }) => textOf(at(tree, end)).replaceAll(/\s/g, "")),
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
  const spoken = spokenOf(all, part.scope, "from");
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
  const isSpokenOf = [...spoken, ...spokenOf(all, part.scope, "to")].some(
    (each) => each === name || each.startsWith(`${name}[`),
  );
  if ((isKeyed || isUnkeyed) && !isSpokenOf) {
    const why = `makes ${shown(name)} known under other keys without a \`moved\` block: what is there is destroyed and created again`;
    yield { what: shown(name), file: part.file, line: (key ?? after).line, side: "after", why };
  }
}

/** A value by its name: an argument of a module, a local, a variable's default, a line of a file of values. */
function* fewerIn(part: ChangedPart, all: Parts): Generator<Finding> {
  for (const { name, before, after, line, isUsed } of valuesOf(part, all)) {
    if (isUsed || saysHowMany(name)) yield* lowered(part, { name, before, after, line });
    if (!isUsed && !makesInstances(name, before)) continue;
    const what = isUsed
      ? "what is made for each of them is destroyed on apply"
      : "what is made for them is destroyed";
    yield* lossFinding(part, { lost: lostKeys(before, after), line, name, what });
  }
}

function* lowered(
  part: ChangedPart,
  { name, before, after, line }: Omit<NamedValue, "isUsed">,
): Generator<Finding> {
  const [was, is] = [literalOf(before), literalOf(after)];
  if (typeof was !== "number" || typeof is !== "number" || is >= was) return;
  const why = `lowers ${shown(name)} of ${shown(part.name)} from ${was} to ${is}: ${was - is} of them are destroyed`;
  yield { what: shown(part.name), file: part.file, line, side: "after", why };
}

/** Whether the same values are read as `for_each` of a block that changes by them, and are shown there. */
function isShownThere({ type }: ChangedPart): boolean {
  return (
    type !== "module" && type !== "variable" && type !== "locals" && type !== "values" && type !== "inputs"
  );
}

const bucket = (each: string) =>
  `resource "aws_s3_bucket" "a" {\n  for_each = toset([${each}])\n  bucket = each.key\n}\n`;

const each = (value: string) =>
  `resource "aws_s3_bucket" "a" {\n  for_each = toset(${value})\n  bucket = each.key\n}\n`;

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
      "takes `C` out of `secrets` of `module.a`: what is made for them is destroyed",
      changed(
        "a.tf",
        'module "a" {\n  secrets = { A = "b", C = "d" }\n}\n',
        'module "a" {\n  secrets = { A = "b" }\n}\n',
      ),
    ],
    [
      "takes `ana` out of `users` of `prod.tfvars`: what is made for them is destroyed",
      changed("prod.tfvars", 'users = ["ana", "ben"]\n', 'users = ["ben"]\n'),
    ],
    [
      "takes `batch` out of `repository_names` of `module.ecr`: what is made for them is destroyed",
      changed(
        "a.tf",
        'module "ecr" {\n  repository_names = ["api", "batch"]\n}\n',
        'module "ecr" {\n  repository_names = ["api"]\n}\n',
      ),
    ],
    [
      "takes `paid` out of `for_each` of `aws_s3_bucket.a`: the storage and what is in it are destroyed on apply",
      changed("a.tf", each('[for s in ["new", "paid"] : upper(s)]'), each('[for s in ["new"] : upper(s)]')),
    ],
    [
      "takes `data` out of `for_each` of `aws_s3_bucket.a`: the storage and what is in it are destroyed on apply",
      changed("a.tf", each('["web", "data"]'), each('setsubtract(["web", "data"], ["data"])')),
    ],
    [
      "takes `eu-1b` out of `replicas` of `locals`: what is made for each of them is destroyed on apply",
      changed(
        "a.tf",
        'locals {\n  replicas = [{ az = "eu-1a" }, { az = "eu-1b" }]\n}\nresource "aws_db_instance" "a" {\n  count = length(local.replicas)\n}\n',
        'locals {\n  replicas = [{ az = "eu-1a" }]\n}\nresource "aws_db_instance" "a" {\n  count = length(local.replicas)\n}\n',
      ),
    ],
    [
      "lowers `broker_count` of `prod.tfvars` from 5 to 3: 2 of them are destroyed",
      changed("prod.tfvars", "broker_count = 5\n", "broker_count = 3\n"),
    ],
    [
      "lowers `n` of `variable.n` from 5 to 3: 2 of them are destroyed",
      changed(
        "a.tf",
        'variable "n" {\n  default = 5\n}\nresource "aws_instance" "a" {\n  count = var.n\n}\n',
        'variable "n" {\n  default = 3\n}\nresource "aws_instance" "a" {\n  count = var.n\n}\n',
      ),
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
      "lowers `count` of `aws_instance.a` from 3 to 2: 1 of them are destroyed on apply",
      changed(
        "a.tf",
        'resource "aws_instance" "a" {\n  count = 2 + 1\n}\n',
        'resource "aws_instance" "a" {\n  count = 3 - 1 * 1\n}\n',
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
    [
      "as many by a sum",
      changed(
        "a.tf",
        'resource "aws_instance" "a" {\n  count = 3\n}\n',
        'resource "aws_instance" "a" {\n  count = 2 + 1\n}\n',
      ),
    ],
    [
      "an expression says it in another way",
      changed("a.tf", each('[for s in ["a"] : s]'), each("[for s in local.a : s]")),
    ],
    [
      "accounts of others",
      changed("prod.tfvars", 'event_accounts = ["111122223333", "1"]\n', 'event_accounts = ["1"]\n'),
    ],
    ["a number of something else", changed("prod.tfvars", "retry_count = 5\n", "retry_count = 3\n")],
    ["there are more", changed("prod.tfvars", "node_count = 3\n", "node_count = 5\n")],
    ["one comes", changed("a.tf", bucket('"logs"'), bucket('"logs", "orders"'))],
    [
      "several become instances of one",
      changed(
        "a.tf",
        'resource "aws_sqs_queue" "a_1" {\n  code = "1"\n}\nresource "aws_sqs_queue" "a_2" {\n  code = "2"\n}\n',
        'resource "aws_sqs_queue" "a" {\n  for_each = toset(local.codes)\n  code = each.value\n}\nmoved {\n  from = aws_sqs_queue.a_1\n  to = aws_sqs_queue.a["1"]\n}\nmoved {\n  from = aws_sqs_queue.a_2\n  to = aws_sqs_queue.a["2"]\n}\n',
      ),
    ],
    ["they change their order", changed("a.tf", bucket('"logs", "orders"'), bucket('"orders", "logs"'))],
    [
      "a `moved` block says where it went",
      changed(
        "a.tf",
        bucket('"orders", "logs"'),
        `${bucket('"sales", "logs"')}moved {\n  from = aws_s3_bucket.a["orders"]\n  to = aws_s3_bucket.a["sales"]\n}\n`,
      ),
    ],
    ...["task_secrets", "container_secrets", "ssh_keys", "copy_role"].map(
      (name): Example => [
        "words for what one thing is given",
        changed(
          "a.tf",
          `module "a" {\n  ${name} = { A = "b", C = "d" }\n}\n`,
          `module "a" {\n  ${name} = { A = "b" }\n}\n`,
        ),
      ],
    ),
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
