import { settingRule, traitRule } from "../builders.ts";
import type { Notation } from "../reading/part.ts";
import { isFalse, isTrue, literalOf, scalarsIn, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const OF: readonly Notation[] = ["terraform", "terraform-values", "cloudformation"];

const PUBLIC =
  /^(?:public-read(?:-write)?|authenticated-read|Public[A-Z]\w+|allUsers|allAuthenticatedUsers)$/;

const block = (type: string, line: string) => `resource "${type}" "a" {\n  ${line}\n}\n`;

const PUBLIC_STORE: Rule = traitRule({
  id: "storage/public",
  kind: "widening",
  when: "a bucket, container or object store is opened to everybody",
  of: OF,
  traits: (tree, { name }) =>
    [...scalarsIn(tree)]
      .filter((scalar) => PUBLIC.test(textOf(scalar)))
      .map((scalar) => ({
        key: textOf(scalar),
        line: scalar.line,
        what: shown(name),
        why: `makes ${shown(name)} open to everybody (${shown(textOf(scalar))})`,
      })),
  reports: [
    [
      "makes `aws_s3_bucket.a` open to everybody (`public-read`)",
      changed(
        "s3.tf",
        block("aws_s3_bucket", 'acl = "private"'),
        block("aws_s3_bucket", 'acl = "public-read"'),
      ),
    ],
    [
      "makes `google_storage_bucket_iam_member.a` open to everybody (`allUsers`)",
      added("s.tf", block("google_storage_bucket_iam_member", 'member = "allUsers"')),
    ],
    [
      "makes `Site` open to everybody (`PublicRead`)",
      added(
        "s.yaml",
        "AWSTemplateFormatVersion: 1\nResources:\n  Site:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n",
      ),
    ],
  ],
  ignores: [["private", added("s3.tf", block("aws_s3_bucket", 'acl = "private"'))]],
});

const ACCESS_BLOCK = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
  "BlockPublicAcls",
  "BlockPublicPolicy",
  "IgnorePublicAcls",
  "RestrictPublicBuckets",
];

const ACCESS_BLOCK_OFF: Rule = settingRule({
  id: "storage/public-access-allowed",
  kind: "widening",
  when: "the block of public access to a bucket is switched off",
  of: OF,
  names: ACCESS_BLOCK,
  became: ({ before, after }) => isFalse(after) || (isTrue(before) && after === undefined),
  why: () => "the bucket may be opened to everybody",
  reports: [
    [
      "sets `block_public_acls` of `aws_s3_bucket_public_access_block.a` to `false`: the bucket may be opened to everybody",
      changed(
        "s3.tf",
        block("aws_s3_bucket_public_access_block", "block_public_acls = true"),
        block("aws_s3_bucket_public_access_block", "block_public_acls = false"),
      ),
    ],
  ],
  ignores: [
    [
      "it is switched on",
      added("s3.tf", block("aws_s3_bucket_public_access_block", "block_public_acls = true")),
    ],
  ],
});

const ACCESS_BLOCK_REMOVED: Rule = {
  id: "storage/public-access-block-removed",
  kind: "widening",
  when: "the block of public access to a bucket that stays is removed",
  parts: {
    of: ["terraform"],
    *find({ type, name, before, after, file }, { changed }) {
      if (type !== "aws_s3_bucket_public_access_block" || before === undefined || after !== undefined) return;
      const isWithBucket = changed.some(
        (other) => other.type === "aws_s3_bucket" && other.after === undefined,
      );
      if (isWithBucket || changed.some((other) => other.type === type && other.before === undefined)) return;
      const why = `removes ${shown(name)}: the bucket may be opened to everybody`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  reports: [
    [
      "removes `aws_s3_bucket_public_access_block.a`: the bucket may be opened to everybody",
      removed("s3.tf", block("aws_s3_bucket_public_access_block", "block_public_acls = true")),
    ],
  ],
  ignores: [
    [
      "its bucket goes too",
      removed("s3.tf", `${block("aws_s3_bucket", "")}${block("aws_s3_bucket_public_access_block", "")}`),
    ],
  ],
};

const PUBLIC_DATABASE: Rule = settingRule({
  id: "storage/public-database",
  kind: "widening",
  when: "a database, cluster or account can be reached from the internet",
  of: OF,
  names: [
    "publicly_accessible",
    "PubliclyAccessible",
    "public_network_access_enabled",
    "ipv4_enabled",
    "endpoint_public_access",
    "allow_blob_public_access",
    "allow_nested_items_to_be_public",
  ],
  became: ({ after }) => isTrue(after) && literalOf(after) !== undefined,
  why: () => "it can be reached from the internet",
  reports: [
    [
      "sets `publicly_accessible` of `aws_db_instance.a` to `true`: it can be reached from the internet",
      changed(
        "db.tf",
        block("aws_db_instance", "publicly_accessible = false"),
        block("aws_db_instance", "publicly_accessible = true"),
      ),
    ],
  ],
  ignores: [["it is closed", added("db.tf", block("aws_db_instance", "publicly_accessible = false"))]],
});

const ENCRYPTION_OFF: Rule = settingRule({
  id: "storage/encryption-off",
  kind: "widening",
  when: "data that was encrypted is so no more",
  of: OF,
  names: [
    "storage_encrypted",
    "encrypted",
    "StorageEncrypted",
    "Encrypted",
    "at_rest_encryption_enabled",
    "transit_encryption_enabled",
    "enable_https_traffic_only",
    "require_ssl",
    "kms_encrypted",
  ],
  became: ({ before, after }) => isTrue(before) && isFalse(after),
  why: () => "who gets at it can read it",
  reports: [
    [
      "sets `storage_encrypted` of `aws_db_instance.a` to `false`: who gets at it can read it",
      changed(
        "db.tf",
        block("aws_db_instance", "storage_encrypted = true"),
        block("aws_db_instance", "storage_encrypted = false"),
      ),
    ],
  ],
  ignores: [
    [
      "it becomes a variable",
      changed(
        "db.tf",
        block("aws_db_instance", "encrypted = true"),
        block("aws_db_instance", "encrypted = var.on"),
      ),
    ],
  ],
});

const METADATA_OPEN: Rule = settingRule({
  id: "storage/instance-metadata-open",
  kind: "widening",
  when: "an instance gives its credentials out without a token again (IMDSv1)",
  of: OF,
  names: ["http_tokens", "HttpTokens"],
  became: ({ before, after }) =>
    textOf(after) === "optional" || (textOf(before) === "required" && after === undefined),
  why: () => "a request forged through it can read the machine's credentials",
  reports: [
    [
      "sets `http_tokens` of `aws_instance.a` to `optional`: a request forged through it can read the machine's credentials",
      changed(
        "i.tf",
        block("aws_instance", 'http_tokens = "required"'),
        block("aws_instance", 'http_tokens = "optional"'),
      ),
    ],
  ],
  ignores: [["a token is asked for", added("i.tf", block("aws_instance", 'http_tokens = "required"'))]],
});

export const STORAGE: RuleSet = {
  name: "storage",
  title: "Buckets, databases and machines",
  reads: ({ path, isLive }) =>
    isLive && (/\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template)$/.test(path) || path.endsWith(".rules")),
  rules: [
    PUBLIC_STORE,
    ACCESS_BLOCK_OFF,
    ACCESS_BLOCK_REMOVED,
    PUBLIC_DATABASE,
    ENCRYPTION_OFF,
    METADATA_OPEN,
  ],
};
