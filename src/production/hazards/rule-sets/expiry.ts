import { type Trait, traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import { isNew, isOfNewThing } from "../reading/new-things.ts";
import type { ChangedPart } from "../reading/part.ts";
import type { Parts } from "../reading/parts.ts";
import { sidesOf } from "../reading/sides.ts";
import {
  at,
  entriesOf,
  isFalse,
  literalOf,
  oneOrMore,
  placesIn,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { several, shown } from "../words.ts";
import { KEYS_EVICTED, TOPIC_DELETES } from "./expiry/emptied.ts";
import { type Expiry, indexAgesIn, isPolicy, ofAge, ofStates } from "./expiry/index-ages.ts";
import { isMigration } from "./migrations/folder.ts";

/** Blocks of lifecycle rules in which days mean deletion: of Amazon, of Google and of Azure. */
const EXPIRES =
  /(?:^|\.)(?:expiration|noncurrent_version_expiration|Expiration|NoncurrentVersionExpiration|delete_after_days_since\w*|expire_after|default_table_expiration_ms|default_partition_expiration_ms|time_partitioning\.expiration_ms)(?:\.(?:days|noncurrent_days|Days|NoncurrentDays))?$|(?:^|\.)(?:ExpirationInDays|NoncurrentVersionExpirationInDays)$/;

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
    if (key === "min_age" && path.at(-2) === "delete") yield* ofAge(value);
    if (SECONDS.test(key) && typeof days === "number" && days > 0) yield { days: days / 86_400, line };
    if (key === "lifecycle_rule" || key === "lifecycle_rules") yield* googleExpiry(value);
    if (key === "cleanup_policies") yield* cleanup(value);
    if (key === "container_expiration_policy" && !isFalse(at(value, "enabled")))
      yield* ofAge(at(value, "older_than"));
    if (key === "policy" && value.kind === "map") yield* imageExpiry(value);
    if (key === "states") yield* ofStates(value);
  }
}

/** Of documents and rows; without a number they say themselves when. */
const SECONDS = /^(?:default_ttl|analytical_storage_ttl|DefaultTtl)$/;

/** Each thing of a table goes at a time that it says itself. */
const ITS_OWN_TIME: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ["ttl"],
  "AWS::DynamoDB::Table": ["Properties", "TimeToLiveSpecification"],
  "AWS::DynamoDB::GlobalTable": ["Properties", "TimeToLiveSpecification"],
  google_firestore_field: ["ttl_config"],
};

/** Whether things go at a time of their own, and where it says so. */
function ownTimeIn(tree: Tree | undefined, type: string): Tree | undefined {
  const path = ITS_OWN_TIME[type];
  const found = path === undefined ? undefined : at(tree, ...path);
  return isFalse(at(found, "enabled") ?? at(found, "Enabled")) ? undefined : found;
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

/** Of Google's registry, whose ages are seconds: `604800s`. */
function* cleanup(policies: Tree): Generator<Expiry> {
  for (const each of oneOrMore(policies)) {
    const age = at(each, "condition", "older_than");
    const seconds = /^(\d{1,12})s$/.exec(textOf(age))?.[1];
    if (textOf(at(each, "action")) === "DELETE" && seconds !== undefined)
      yield { days: Number(seconds) / 86_400, line: age?.line ?? each.line };
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
  /^(?:aws_s3_bucket|google_storage_bucket|google_bigquery_(?:dataset|table)|google_artifact_registry_repository|aws_dynamodb_table|digitalocean_spaces_bucket|azurerm_cosmosdb_(?:sql|mongo|gremlin)\w+|AWS::DynamoDB::(?:Global)?Table|AWS::S3::Bucket|AWS::ECR::Repository)$/;

/** What is made by this change holds nothing yet. */
function isOfNewStore(tree: Tree, part: ChangedPart, all: Parts): boolean {
  if (STORE.test(part.type)) return isNew(part, all);
  const store = ["bucket", "repository"].map((key) => textOf(at(tree, key))).find((text) => text !== "");
  return part.before === undefined && store !== undefined && isOfNewThing(store, part, all);
}

const TYPES =
  /^(?:aws_s3_bucket(?:_lifecycle_configuration)?|google_storage_bucket|azurerm_storage_management_policy|aws_ecr_lifecycle_policy|google_bigquery_dataset|google_artifact_registry_repository|AWS::S3::Bucket|AWS::ECR::Repository|AWS::DynamoDB::(?:Global)?Table|digitalocean_spaces_bucket|aws_dynamodb_table|google_firestore_field|(?:elasticstack_)?elasticsearch_(?:index_lifecycle|opendistro_ism_policy|opensearch_ism_policy)|opensearch_ism_policy|azurerm_cosmosdb_(?:sql|mongo|gremlin)\w+|google_bigquery_table|gitlab_project)$/;

const lifecycle = (days: number) =>
  `resource "aws_s3_bucket_lifecycle_configuration" "a" {\n  rule {\n    id = "x"\n    status = "Enabled"\n    expiration {\n      days = ${days}\n    }\n  }\n}\n`;

const ofBucket = (name: string) => lifecycle(1).replace("{\n", `{\n  bucket = aws_s3_bucket.${name}.id\n`);

const table = (lines: string) => `resource "aws_dynamodb_table" "a" {\n  hash_key = "id"\n${lines}}\n`;
const policy = (lines: string) =>
  `resource "elasticstack_elasticsearch_index_lifecycle" "a" {\n  name = "a"\n${lines}}\n`;
const container = (ttl: string) =>
  `resource "azurerm_cosmosdb_sql_container" "a" {\n  default_ttl = ${ttl}\n}\n`;

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
    const own = ownTimeIn(tree, type);
    const why = `deletes what ${shown(name)} holds at the time that each of it says`;
    const ofItself =
      own === undefined ? [] : [{ key: "its own time", line: own.line, what: shown(name), why }];
    const soonest = before === undefined ? soonestOfBuckets(all) : soonestIn([before]);
    const byAge = [...expiriesIn(tree)]
      .filter(({ days }) => tree !== after || days < soonest)
      .map(({ days, line }) => ({
        key: String(days),
        line,
        what: shown(name),
        why: `deletes what ${shown(name)} speaks of after ${days} day${days === 1 ? "" : "s"}`,
      }));
    return [...byAge, ...ofItself];
  },
  reports: [
    [
      "deletes what `aws_dynamodb_table.a` holds at the time that each of it says",
      changed("ddb.tf", table(""), table('  ttl {\n    attribute_name = "at"\n    enabled = true\n  }\n')),
    ],
    [
      "deletes what `elasticstack_elasticsearch_index_lifecycle.a` speaks of after 14 days",
      changed("ilm.tf", policy(""), policy('  delete {\n    min_age = "14d"\n  }\n')),
    ],
    [
      "deletes what `azurerm_cosmosdb_sql_container.a` speaks of after 1 day",
      changed("c.tf", container("-1"), container("86400")),
    ],
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
    ["of a table that is new", added("ddb.tf", table("  ttl {\n    enabled = true\n  }\n"))],
    ["it is off", changed("ddb.tf", table(""), table("  ttl {\n    enabled = false\n  }\n"))],
    [
      "of a bucket that a new module makes",
      added(
        "s3.tf",
        `module "a" {\n  source = "./bucket"\n}\n${ofBucket("x").replace("aws_s3_bucket.x.id", "module.a.bucket.id")}`,
      ),
    ],
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

/** A migration changes what is there; a file that is new mostly speaks of what is new too. */
const TTL_INDEX: Rule = {
  id: "storage/documents-expire",
  kind: "destructive",
  asks: "block",
  when: "an index of MongoDB comes by which documents are deleted by their age",
  lines: [
    {
      side: "after",
      pattern: /\bexpireAfterSeconds["']?\s*[:=]\s*["']?(\d[\d_]*)/,
      where: (_, { status, path }) => status !== "added" || isMigration(path),
      why: ([, seconds = ""]) => `deletes documents ${shown(seconds)} seconds after the time that they say`,
    },
  ],
  reports: [
    [
      "deletes documents `86400` seconds after the time that they say",
      added("migrations/20260101-ttl.js", "db.a.createIndex({ at: 1 }, { expireAfterSeconds: 86400 });\n"),
    ],
  ],
  ignores: [
    [
      "of what is new",
      added("src/sessions.js", "db.a.createIndex({ at: 1 }, { expireAfterSeconds: 86400 });\n"),
    ],
  ],
};

const NEVER: Expiry = { days: Number.POSITIVE_INFINITY, line: 1 };

function soonestOfIndexes(tree: Tree | undefined): Expiry {
  const all = tree === undefined ? [] : [...indexAgesIn(tree)];
  return all.reduce((soonest, each) => (each.days < soonest.days ? each : soonest), NEVER);
}

const ism = (age: string, actions = '{"delete": {}}') =>
  `{"policy": {"states": [{"name": "hot", "transitions": [{"state_name": "old", "conditions": {"min_index_age": "${age}"}}]}, {"name": "old", "actions": [${actions}]}]}}\n`;
const ilm = (age: string) =>
  `{"policy": {"phases": {"delete": {"min_age": "${age}", "actions": {"delete": {}}}}}}\n`;

/** Of a policy that is new, the indexes are most often new too. */
const INDEXES_EXPIRE: Rule = {
  id: "storage/indexes-expire",
  kind: "destructive",
  asks: "block",
  when: "a policy of OpenSearch, Elasticsearch or Curator that was there deletes indexes by their age from now on, or sooner than before",
  *file(file): Generator<Finding> {
    if (typeof file.before !== "string" || !isPolicy(file.after)) return;
    const { before, after } = sidesOf(file);
    const [was, is] = [soonestOfIndexes(before), soonestOfIndexes(after)];
    if (is.days >= was.days) return;
    const old = was.days === NEVER.days ? "" : `, and no longer after ${several(was.days, "day")}`;
    const why = `deletes the indexes of ${shown(file.path)} after ${several(is.days, "day")}${old}`;
    yield { what: shown(file.path), file: file.path, line: is.line, side: "after", why };
  },
  reports: [
    [
      "deletes the indexes of `ism/logs.json` after 7 days, and no longer after 90 days",
      changed("ism/logs.json", ism("90d"), ism("7d")),
    ],
    [
      "deletes the indexes of `ism/logs.json` after 30 days",
      changed("ism/logs.json", ism("30d", '{"read_only": {}}'), ism("30d")),
    ],
    [
      "deletes the indexes of `ilm/logs.json` after 3 days, and no longer after 365 days",
      changed("ilm/logs.json", ilm("365d"), ilm("3d")),
    ],
    [
      "deletes the indexes of `curator.yml` after 14 days, and no longer after 60 days",
      changed(
        "curator.yml",
        "actions:\n  1:\n    action: delete_indices\n    filters: [{filtertype: age, unit: days, unit_count: 60}]\n",
        "actions:\n  1:\n    action: delete_indices\n    filters: [{filtertype: age, unit: weeks, unit_count: 2}]\n",
      ),
    ],
  ],
  ignores: [
    ["later", changed("ism/logs.json", ism("7d"), ism("90d"))],
    [
      "they are only made smaller",
      changed("ism/logs.json", ism("90d", '{"force_merge": {}}'), ism("7d", '{"force_merge": {}}')),
    ],
    ["it is new", added("ilm/logs.json", ilm("3d"))],
  ],
};

export const EXPIRY: RuleSet = {
  name: "expiry",
  title: "Data that expires",
  reads: ({ isLive }) => isLive,
  rules: [DATA_EXPIRES, TTL_INDEX, INDEXES_EXPIRE, KEYS_EVICTED, TOPIC_DELETES],
};
