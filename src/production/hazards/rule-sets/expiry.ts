import { type Trait, traitRule } from "../builders.ts";
import { isNew, isOfNewThing } from "../reading/new-things.ts";
import type { ChangedPart } from "../reading/part.ts";
import type { Parts } from "../reading/parts.ts";
import { at, entriesOf, literalOf, oneOrMore, placesIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

/** Something that says after how many days things are deleted. */
interface Expiry {
  readonly days: number;
  readonly line: number;
}

/** Blocks of lifecycle rules in which days mean deletion: of Amazon, of Google and of Azure. */
const EXPIRES =
  /(?:^|\.)(?:expiration|noncurrent_version_expiration|Expiration|NoncurrentVersionExpiration|delete_after_days_since\w*|expire_after|default_table_expiration_ms|default_partition_expiration_ms)(?:\.(?:days|noncurrent_days|Days|NoncurrentDays))?$|(?:^|\.)(?:ExpirationInDays|NoncurrentVersionExpirationInDays)$/;

function* expiriesIn(tree: Tree): Generator<Expiry> {
  for (const { path, value, line, key, within } of placesIn(tree)) {
    const days = literalOf(value);
    if (
      value.kind === "scalar" &&
      typeof days === "number" &&
      EXPIRES.test(path.join(".")) &&
      isOn(tree, within)
    )
      yield { days: key.endsWith("_ms") ? days / 86_400_000 : days, line };
    if (key === "lifecycle_rule" || key === "lifecycle_rules") yield* googleExpiry(value);
    if (key === "policy" && value.kind === "map") yield* imageExpiry(value);
  }
}

/** A rule that is switched off deletes nothing. */
function isOn(tree: Tree, within: Tree): boolean {
  const rules = [...placesIn(tree)].filter(({ value }) =>
    [...entriesOf(value)].some((entry) => entry.value === within),
  );
  return rules.every(
    ({ value }) =>
      !/^(?:disabled|false)$/i.test(
        textOf(at(value, "status") ?? at(value, "enabled") ?? at(value, "Status")),
      ),
  );
}

function* googleExpiry(rule: Tree): Generator<Expiry> {
  for (const each of oneOrMore(rule)) {
    if (textOf(at(each, "action", "type")) !== "Delete") continue;
    const age = at(each, "condition", "age");
    const days = literalOf(age);
    if (typeof days === "number") yield { days, line: age?.line ?? each.line };
  }
}

/** Images of a registry. */
function* imageExpiry(policy: Tree): Generator<Expiry> {
  for (const rule of oneOrMore(at(policy, "rules"))) {
    const count = at(rule, "selection", "countNumber");
    const days = literalOf(count);
    if (textOf(at(rule, "selection", "countType")) === "sinceImagePushed" && typeof days === "number")
      yield { days, line: count?.line ?? rule.line };
  }
}

/** Those that say themselves what expires in them. */
const STORE =
  /^(?:aws_s3_bucket|google_storage_bucket|google_bigquery_dataset|google_artifact_registry_repository|aws_dynamodb_table|digitalocean_spaces_bucket)$/;

/** What is made by this change holds nothing yet. */
function isOfNewStore(tree: Tree, part: ChangedPart, all: Parts): boolean {
  if (STORE.test(part.type)) return isNew(part, all);
  const store = ["bucket", "repository"].map((key) => textOf(at(tree, key))).find((text) => text !== "");
  return part.before === undefined && store !== undefined && isOfNewThing(store, part, all);
}

const TYPES =
  /^(?:aws_s3_bucket(?:_lifecycle_configuration)?|google_storage_bucket|azurerm_storage_management_policy|aws_ecr_lifecycle_policy|google_bigquery_dataset|google_artifact_registry_repository|AWS::S3::Bucket|AWS::ECR::Repository|digitalocean_spaces_bucket|aws_dynamodb_table)$/;

const lifecycle = (days: number) =>
  `resource "aws_s3_bucket_lifecycle_configuration" "a" {\n  rule {\n    id = "x"\n    status = "Enabled"\n    expiration {\n      days = ${days}\n    }\n  }\n}\n`;

const ofBucket = (name: string) => lifecycle(1).replace("{\n", `{\n  bucket = aws_s3_bucket.${name}.id\n`);

function soonestIn(trees: readonly Tree[]): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const tree of trees) for (const { days } of expiriesIn(tree)) soonest = Math.min(soonest, days);
  return soonest;
}

const known = new WeakMap<Parts, number>();

/** In which blocks of their own said it before. */
function soonestOfBuckets(all: Parts): number {
  const found = known.get(all);
  if (found !== undefined) return found;
  const buckets = all.changed.filter(({ type }) => type === "aws_s3_bucket");
  const soonest = soonestIn(buckets.flatMap(({ before }) => before ?? []));
  known.set(all, soonest);
  return soonest;
}

const DATA_EXPIRES: Rule = traitRule({
  id: "storage/data-expires",
  kind: "destructive",
  asks: "block",
  when: "objects, versions, images or tables are deleted by their age from now on, or sooner than before",
  of: ["terraform", "cloudformation"],
  traits: (tree, part, all): readonly Trait[] => {
    const { type, name, before, after } = part;
    if (!TYPES.test(type) || isOfNewStore(tree, part, all)) return [];
    const soonest = before === undefined ? soonestOfBuckets(all) : soonestIn([before]);
    return [...expiriesIn(tree)]
      .filter(({ days }) => tree !== after || days < soonest)
      .map(({ days, line }) => ({
        key: String(days),
        line,
        what: shown(name),
        why: `deletes what ${shown(name)} speaks of after ${days} day${days === 1 ? "" : "s"}`,
      }));
  },
  reports: [
    [
      "deletes what `aws_s3_bucket_lifecycle_configuration.a` speaks of after 1 day",
      added("s3.tf", lifecycle(1)),
    ],
    [
      "deletes what `aws_s3_bucket_lifecycle_configuration.a` speaks of after 3 days",
      changed("s3.tf", lifecycle(3650), lifecycle(3)),
    ],
    [
      "deletes what `aws_s3_bucket_lifecycle_configuration.a` speaks of after 1 day",
      changed(
        "s3.tf",
        'resource "aws_s3_bucket" "a" {\n}\n',
        `resource "aws_s3_bucket" "a" {\n}\nresource "aws_s3_bucket" "b" {\n}\n${ofBucket("a")}`,
      ),
    ],
    [
      "deletes what `aws_s3_bucket_lifecycle_configuration.a` speaks of after 1 day",
      added(
        "s3.tf",
        `import {\n  to = aws_s3_bucket.a\n  id = "a"\n}\nresource "aws_s3_bucket" "a" {\n}\n${ofBucket("a")}`,
      ),
    ],
    [
      "deletes what `google_storage_bucket.a` speaks of after 1 day",
      changed(
        "gcs.tf",
        'resource "google_storage_bucket" "a" {\n}\n',
        'resource "google_storage_bucket" "a" {\n  lifecycle_rule {\n    condition {\n      age = 1\n    }\n    action {\n      type = "Delete"\n    }\n  }\n}\n',
      ),
    ],
  ],
  ignores: [
    ["of a bucket that is new", added("s3.tf", `resource "aws_s3_bucket" "a" {\n}\n${ofBucket("a")}`)],
    [
      "it comes with what is in it",
      added(
        "s3.tf",
        'resource "aws_s3_bucket" "a" {\n  lifecycle_rule {\n    enabled = true\n    expiration {\n      days = 1\n    }\n  }\n}\n',
      ),
    ],
    ["later than before", changed("s3.tf", lifecycle(3), lifecycle(30))],
    [
      "it is only moved to a cheaper store",
      added(
        "gcs.tf",
        'resource "google_storage_bucket" "a" {\n  lifecycle_rule {\n    condition {\n      age = 1\n    }\n    action {\n      type = "SetStorageClass"\n    }\n  }\n}\n',
      ),
    ],
  ],
});

export const EXPIRY: RuleSet = {
  name: "expiry",
  title: "Data that expires",
  reads: ({ isLive }) => isLive,
  rules: [DATA_EXPIRES],
};
