import { traitRule } from "../builders.ts";
import type { Notation } from "../reading/part.ts";
import { scalarsIn, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const OF: readonly Notation[] = ["terraform", "terraform-values", "cloudformation"];

const PUBLIC =
  /^(?:public-read(?:-write)?|authenticated-read|Public[A-Z]\w+|allUsers|allAuthenticatedUsers)$/;

const block = (type: string, line: string) => `resource "${type}" "a" {\n  ${line}\n}\n`;

const PUBLIC_STORE: Rule = traitRule({
  id: "storage/public",
  kind: "widening",
  asks: "block",
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

const ACCESS_BLOCK_REMOVED: Rule = {
  id: "storage/public-access-block-removed",
  kind: "widening",
  asks: "block",
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

export const STORAGE: RuleSet = {
  name: "storage",
  title: "Buckets, databases and machines",
  reads: ({ path, isLive }) =>
    isLive && (/\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template)$/.test(path) || path.endsWith(".rules")),
  rules: [PUBLIC_STORE, ACCESS_BLOCK_REMOVED],
};
