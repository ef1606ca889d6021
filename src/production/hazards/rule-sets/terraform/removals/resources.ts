import { changedBy } from "../../../reading/lookup.ts";
import type { ChangedPart } from "../../../reading/part.ts";
import type { Parts } from "../../../reading/parts.ts";
import { added, changed, type Example, type Rule, removed } from "../../../rule.ts";
import { shown } from "../../../words.ts";
import { gone, isElsewhere, isGone, isResource, OF } from "../blocks.ts";
import { isAlarm, isBackup, lossOf } from "../losses.ts";

/** A policy, or what attaches one: who works by it may work by another one that comes in the same file. */
const POLICY = /^aws_iam_(?:(?:role|user|group)_)?policy(?:_attachment)?$/;
const comeIn = changedBy(({ type, file, before }) =>
  before === undefined && POLICY.test(type) ? file : undefined,
);

function hasSuccessor({ type, file }: ChangedPart, all: Parts): boolean {
  return POLICY.test(type) && comeIn(all, file).length > 0;
}

export const RESOURCE_REMOVED: Rule = {
  id: "terraform/resource-removed",
  kind: "destructive",
  asks: "block",
  when: "a `resource` block goes without a `moved` block or a `removed` block with `destroy = false`",
  parts: {
    of: OF,
    *find(part, all) {
      const loss = lossOf(part.type);
      if (!isResource(part) || !isGone(part, all) || loss === null) return;
      if (isAlarm(part.type) || isBackup(part.type) || part.type === "aws_s3_bucket_public_access_block")
        return;
      if (all.addedParts.sameContent(part) !== undefined || isElsewhere(part, all)) return;
      yield* gone(part, hasSuccessor(part, all) ? "it is destroyed on apply" : loss);
    },
  },
  lines: [
    {
      side: "before",
      pattern: /^\s*resource\s+"(?!null_resource|random_|time_|local_|terraform_data)([\w-]+)"\s+"([\w-]+)"/,
      what: ([, type, name]) => shown(`${type}.${name}`),
      why: ([, type = "", name]) =>
        `removes ${shown(`${type}.${name}`)}: ${lossOf(type) ?? "it is destroyed on apply"}`,
    },
  ],
  reports: [
    [
      "removes `aws_db_instance.main`: the database and its data are destroyed on apply",
      removed("infra/database.tf", 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n'),
    ],
    [
      "removes `aws_db_instance.main`: the database and its data are destroyed on apply",
      removed("prod/database.tf", 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n'),
      added("sandbox/database.tf", 'resource "aws_db_instance" "main" {\n  engine = "mysql"\n}\n'),
    ],
    [
      "removes `aws_db_instance.main`: the database and its data are destroyed on apply",
      changed("prod/main.tf", 'resource "aws_db_instance" "main" {\n  engine = "a"\n}\n', "locals {}\n"),
      added("prod/test/main.tf", 'resource "aws_db_instance" "main" {\n  engine = "b"\n}\n'),
    ],
    ...(["aws_iam_role_policy_attachment", "aws_iam_role"] as const).map(
      (type): Example => [
        type === "aws_iam_role"
          ? "removes `aws_iam_policy.ship`: it is destroyed on apply, and who works by it loses access"
          : "removes `aws_iam_policy.ship`: it is destroyed on apply",
        changed(
          "iam.tf",
          'resource "aws_iam_policy" "ship" {\n  policy = local.a\n}\n',
          `resource "${type}" "deploy" {\n  policy_arn = local.b\n}\n`,
        ),
      ],
    ),
    [
      "removes `aws_vpc.a`: it is destroyed on apply, and what is reached through it is cut off",
      removed("a.tf", 'resource "aws_vpc" "a" {\n  count = var.live ? 1 : 0\n}\n'),
    ],
    [
      "removes `aws_vpc.a`: it is destroyed on apply, and what is reached through it is cut off",
      removed("a.tf", 'resource "aws_vpc" "a" {\n  count = var.live ? 1 : var.trial ? 0 : 0\n}\n'),
    ],
    [
      "removes `aws_vpc.a`: it is destroyed on apply, and what is reached through it is cut off",
      removed("a.tf", 'variable "n" {\n  default = 0\n}\nresource "aws_vpc" "a" {\n  count = var.n\n}\n'),
    ],
    [
      "removes `aws_vpc.shop`: it is destroyed on apply, and what is reached through it is cut off",
      changed("network.tf", 'resource "aws_vpc" "shop" {\n}\n\nlocals {}\n', "locals {}\n"),
    ],
    [
      "removes `aws_s3_bucket.logs`: the storage and what is in it are destroyed on apply",
      changed("s3.tf", 'resource "aws_s3_bucket" "logs" {}\n', '# resource "aws_s3_bucket" "logs" {}\n'),
    ],
    [
      "removes `aws_sns_topic_subscription.orders`: it is destroyed on apply",
      removed("queue.tf", 'resource "aws_sns_topic_subscription" "orders" {\n  protocol = "sqs"\n}\n'),
    ],
    [
      "removes `aws_sqs_queue.orders`: it is destroyed on apply, with the messages it still holds",
      removed("queue.tf.json", '{"resource": {"aws_sqs_queue": {"orders": {"name": "orders"}}}}'),
    ],
  ],
  ignores: [
    [
      "a `moved` block says where it went",
      changed(
        "infra/database.tf",
        'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
        'moved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.orders\n}\nresource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
      ),
    ],
    [
      "a `removed` block lets it live on",
      changed(
        "infra/database.tf",
        'resource "aws_db_instance" "main" {}\n',
        "removed {\n  from = aws_db_instance.main\n  lifecycle {\n    destroy = false\n  }\n}\n",
      ),
    ],
    [
      "it went to another file of the folder",
      changed("infra/main.tf", 'resource "aws_db_instance" "main" {}\n', ""),
      added("infra/database.tf", 'resource "aws_db_instance" "main" {}\n'),
    ],
    [
      "instances move from one block to another, and both stay",
      changed(
        "a.tf",
        'resource "aws_vpc" "a" {\n  count = 2\n}\nresource "aws_vpc" "b" {\n  count = 0\n}\n',
        'resource "aws_vpc" "a" {\n  count = 1\n}\nresource "aws_vpc" "b" {\n  count = 1\n}\nmoved {\n  from = aws_vpc.a[1]\n  to = aws_vpc.b[0]\n}\n',
      ),
    ],
    [
      "it moved to a file of the same folder, whatever that is called",
      changed("main.tf", 'module "bastion" {\n  source = "./a"\n}\n', "locals {}\n"),
      added("bastion-test.tf", 'module "bastion" {\n  source = "./a"\n  size   = 2\n}\n'),
    ],
    ["there was none", removed("a.tf", 'resource "aws_vpc" "a" {\n  count = var.live ? 0 : 0\n}\n')],
    ["a test fixture", removed("test/fixtures/main.tf", 'resource "aws_db_instance" "main" {}\n')],
    ["it was a comment", changed("main.tf", '# resource "aws_vpc" "old" {}\n', "")],
    ["no resource", changed("main.tf", 'statement {\n  actions = ["a"]\n}\n', "locals {}\n")],
    ["nothing real is lost", removed("main.tf", 'resource "null_resource" "wait" {}\n')],
  ],
};
