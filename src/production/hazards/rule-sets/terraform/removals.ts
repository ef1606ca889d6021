import type { ChangedPart } from "../../reading/part.ts";
import { withoutIndex } from "../../reading/parts.ts";
import { at, isFalse, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { gone, isElsewhere, isGone, isResource, OF } from "./blocks.ts";
import { isAlarm, isBackup, lossOf } from "./losses.ts";

const RESOURCE_REMOVED: Rule = {
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
      yield* gone(part, loss);
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

const RESOURCE_RENAMED: Rule = {
  id: "terraform/resource-renamed",
  kind: "destructive",
  asks: "block",
  when: "a `resource` or `module` block gets another name without a `moved` block",
  parts: {
    of: OF,
    *find(part, all) {
      const canMove = part.type === "module" || (isResource(part) && lossOf(part.type) !== null);
      if (!canMove || part.before === undefined || !isGone(part, all)) return;
      if (part.type === "module" && onlyLooksUp(part)) return;
      const to = all.addedParts.sameContent(part);
      if (to?.after === undefined) return;
      const why = `renames ${shown(part.name)} to ${shown(to.name)} without a \`moved\` block: the old one is destroyed and a new one made`;
      yield {
        what: shown(part.name),
        file: to.file,
        line: to.after.line,
        side: "after",
        why,
        before: part.name,
        after: to.name,
      };
    },
  },
  reports: [
    [
      "renames `aws_db_instance.main` to `aws_db_instance.orders` without a `moved` block: the old one is destroyed and a new one made",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it only reads what others made",
      changed(
        "main.tf",
        'module "remote_vpc" {\n  source = "cloudposse/stack-config/yaml//modules/remote-state"\n}\n',
        'module "vpc" {\n  source = "cloudposse/stack-config/yaml//modules/remote-state"\n}\n',
      ),
    ],
    [
      "a `moved` block moves its state",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n',
        'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n}\nmoved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.orders\n}\n',
      ),
    ],
  ],
};

/** Modules that make names, or read what others made. */
const LOOKS_UP =
  /remote-state|(?:null-|-)label\b|\/label(?:\/|$)|naming|shared[-_]data|account-map|iam-roles|\/context|team-assume-role|data-only|lookup/i;

function onlyLooksUp({ before, name }: ChangedPart): boolean {
  return (
    LOOKS_UP.test(textOf(at(before, "source"))) ||
    /(?:^|[._-])(?:label|this_label|iam_roles|remote_state|shared_data)$/.test(name)
  );
}

const MODULE_REMOVED: Rule = {
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

const DESTROYING_REMOVED: Rule = {
  id: "terraform/removed-destroys",
  kind: "destructive",
  asks: "block",
  when: "a `removed` block comes that does not say `destroy = false`",
  parts: {
    of: OF,
    *find({ type, before, after, file }, { changed }) {
      if (type !== "removed" || before !== undefined || after === undefined) return;
      if (isFalse(at(after, "lifecycle", "destroy"))) return;
      const address = textOf(at(after, "from"));
      const name = withoutIndex(address);
      if (changed.some((other) => other.name === name && other.after === undefined)) return;
      const why = `tells Terraform to forget ${shown(address)} without \`destroy = false\`: it is destroyed on apply`;
      yield { what: shown(address), file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      "tells Terraform to forget `aws_s3_bucket.old` without `destroy = false`: it is destroyed on apply",
      added("main.tf", "removed {\n  from = aws_s3_bucket.old\n}\n"),
    ],
  ],
  ignores: [
    [
      "it is only forgotten",
      added("main.tf", "removed {\n  from = aws_s3_bucket.old\n  lifecycle {\n    destroy = false\n  }\n}\n"),
    ],
  ],
};

const ALARM_REMOVED: Rule = {
  id: "terraform/alarm-removed",
  kind: "destructive",
  asks: "block",
  when: "an alarm, monitor or health check goes",
  parts: {
    of: OF,
    *find(part, all) {
      if (
        !isAlarm(part.type) ||
        !isGone(part, all) ||
        all.addedParts.sameContent(part) !== undefined ||
        isElsewhere(part, all)
      )
        return;
      yield* gone(part, "nobody is called any more when it would have rung");
    },
  },
  reports: [
    [
      "removes `aws_cloudwatch_metric_alarm.errors`: nobody is called any more when it would have rung",
      removed("alarms.tf", 'resource "aws_cloudwatch_metric_alarm" "errors" {}\n'),
    ],
  ],
  ignores: [
    [
      "its threshold changes",
      changed(
        "alarms.tf",
        'resource "aws_cloudwatch_metric_alarm" "errors" {\n  threshold = 1\n}\n',
        'resource "aws_cloudwatch_metric_alarm" "errors" {\n  threshold = 2\n}\n',
      ),
    ],
  ],
};

const BACKUP_REMOVED: Rule = {
  id: "terraform/backup-removed",
  kind: "destructive",
  asks: "block",
  when: "a backup plan, vault, schedule, versioning or replication goes",
  parts: {
    of: OF,
    *find(part, all) {
      if (
        !isBackup(part.type) ||
        !isGone(part, all) ||
        all.addedParts.sameContent(part) !== undefined ||
        isElsewhere(part, all)
      )
        return;
      yield* gone(part, "what it backed up cannot be brought back any more");
    },
  },
  reports: [
    [
      "removes `aws_backup_plan.daily`: what it backed up cannot be brought back any more",
      removed("backup.tf", 'resource "aws_backup_plan" "daily" {}\n'),
    ],
  ],
  ignores: [
    [
      "it goes with a `removed` block that lets it live on",
      changed(
        "backup.tf",
        'resource "aws_backup_plan" "daily" {}\n',
        "removed {\n  from = aws_backup_plan.daily\n  lifecycle {\n    destroy = false\n  }\n}\n",
      ),
    ],
  ],
};

export const REMOVALS: readonly Rule[] = [
  RESOURCE_REMOVED,
  RESOURCE_RENAMED,
  MODULE_REMOVED,
  DESTROYING_REMOVED,
  ALARM_REMOVED,
  BACKUP_REMOVED,
];
