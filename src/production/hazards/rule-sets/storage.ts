import { traitRule } from "../builders.ts";
import { ownersOf } from "../reading/belongs.ts";
import { changedBy } from "../reading/lookup.ts";
import type { ChangedPart, Notation } from "../reading/part.ts";
import { type Parts, withoutIndex } from "../reading/parts.ts";
import { at, literalOf, scalarsIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const OF: readonly Notation[] = ["terraform", "terraform-values", "cloudformation"];

const PUBLIC =
  /^(?:public-read(?:-write)?|authenticated-read|Public[A-Z]\w+|allUsers|allAuthenticatedUsers)$/;

const block = (type: string, line: string) => `resource "${type}" "a" {\n  ${line}\n}\n`;

const accessBlock = (bucket: string) => block("aws_s3_bucket_public_access_block", `bucket = ${bucket}`);

/** What is opened, and for what: the same words about another thing open another thing. */
const ABOUT = [
  "bucket",
  "dataset_id",
  "topic",
  "service",
  "cloud_function",
  "subscription",
  "repository",
  "secret_id",
  "name",
  "role",
  "project",
];

function openedIn(tree: Tree): string {
  return ABOUT.map((key) => textOf(at(tree, key) ?? at(tree, "Properties", key))).join(" ");
}

const PUBLIC_STORE: Rule = traitRule({
  id: "storage/public",
  kind: "widening",
  asks: "block",
  when: "a bucket, container or object store is opened to everybody",
  of: OF,
  traits: (tree, { name, type }) =>
    [...scalarsIn(tree)]
      .filter((scalar) => PUBLIC.test(textOf(scalar)))
      .map((scalar) => ({
        subject: JSON.stringify([textOf(scalar), ownersOf(tree, { type, name }), textOf(at(tree, "role"))]),
        key: `${textOf(scalar)} ${openedIn(tree)}`,
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
      changed(
        "s.tf",
        block("google_storage_bucket_iam_member", 'bucket = "site"\n  member = "allUsers"'),
        block("google_storage_bucket_iam_member", 'bucket = "orders"\n  member = "allUsers"'),
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

const isGoneBucket = ({ type, after }: ChangedPart) => type === "aws_s3_bucket" && after === undefined;
const goneByAddress = changedBy((part) => (isGoneBucket(part) ? part.name : undefined));
const goneByName = changedBy((part) => {
  const named = literalOf(at(part.before, "bucket"));
  return isGoneBucket(part) && typeof named === "string" ? named : undefined;
});

/** Whether the bucket that an expression or a literal name means goes. */
function goes(bucket: string, all: Parts): boolean {
  const address = withoutIndex(bucket).replace(/\.(?:id|bucket|arn)$/, "");
  return goneByAddress(all, address).length + goneByName(all, bucket).length > 0;
}

const ACCESS_BLOCK = "aws_s3_bucket_public_access_block";
const accessBlocks = changedBy(({ type, before, after }) =>
  type === ACCESS_BLOCK && before === undefined ? textOf(at(after, "bucket")) : undefined,
);

const ACCESS_BLOCK_REMOVED: Rule = {
  id: "storage/public-access-block-removed",
  kind: "widening",
  asks: "block",
  when: "the block of public access to a bucket that stays is removed",
  parts: {
    of: ["terraform"],
    *find({ type, name, before, after, file }, all) {
      if (type !== ACCESS_BLOCK || before === undefined || after !== undefined) return;
      const bucket = textOf(at(before, "bucket"));
      const isMadeAgain = accessBlocks(all, bucket).length > 0;
      if (bucket !== "" && (isMadeAgain || goes(bucket, all))) return;
      const why = `removes ${shown(name)}: the bucket may be opened to everybody`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  reports: [
    [
      "removes `aws_s3_bucket_public_access_block.a`: the bucket may be opened to everybody",
      removed("s3.tf", block("aws_s3_bucket_public_access_block", "block_public_acls = true")),
    ],
    [
      "removes `aws_s3_bucket_public_access_block.a`: the bucket may be opened to everybody",
      removed("s3.tf", `${block("aws_s3_bucket", "")}${accessBlock("aws_s3_bucket.orders.id")}`),
    ],
    [
      "removes `aws_s3_bucket_public_access_block.a`: the bucket may be opened to everybody",
      changed(
        "s3.tf",
        accessBlock("aws_s3_bucket.orders.id"),
        accessBlock("aws_s3_bucket.tmp.id").replace('"a"', '"b"'),
      ),
    ],
  ],
  ignores: [
    [
      "its bucket goes too",
      removed("s3.tf", `${block("aws_s3_bucket", "")}${accessBlock("aws_s3_bucket.a.id")}`),
    ],
  ],
};

export const STORAGE: RuleSet = {
  name: "storage",
  title: "Buckets, databases and machines",
  reads: ({ path, isLive }) =>
    isLive && (/\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template)$/.test(path) || path.endsWith(".rules")),
  rules: [PUBLIC_STORE, ACCESS_BLOCK_REMOVED],
};
