import { settingRule } from "../builders.ts";
import { changedBy, keyOf } from "../reading/lookup.ts";
import type { ChangedPart } from "../reading/part.ts";
import type { Parts } from "../reading/parts.ts";
import { at, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const OF = ["cloudformation"] as const;

const DATA =
  /^AWS::(?:RDS|DynamoDB|S3::Bucket$|EFS|DocDB|Neptune|Redshift|ElastiCache|OpenSearchService|Elasticsearch|KMS::Key|Cognito::UserPool$|SecretsManager|Kinesis|SQS|ECR|Backup|Logs::LogGroup|EC2::Volume)/;

const template = (resource: string) =>
  `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n${resource}`;

const table = (lines: string) => template(`  Orders:\n    Type: AWS::DynamoDB::Table\n${lines}`);

function isKept({ before }: ChangedPart): boolean {
  return /^(?:Retain|RetainExceptOnCreate)$/.test(textOf(at(before, "DeletionPolicy")));
}

const nameOf = (file: string) => file.replace(/\.(?:ya?ml|json|template)$/i, "");

/** Whether the same template is written in another notation, with the same resource in it. */
function isRewritten(part: ChangedPart, all: Parts): boolean {
  const other = all.addedParts.sameName(part);
  return other !== undefined && other.file !== part.file && nameOf(other.file) === nameOf(part.file);
}

const RESOURCE_REMOVED: Rule = {
  id: "cloudformation/resource-removed",
  kind: "destructive",
  asks: "block",
  when: "a resource goes from a template and its `DeletionPolicy` did not retain it",
  parts: {
    of: OF,
    *find(part, all) {
      const { name, type, before, after, file } = part;
      if (before === undefined || after !== undefined || isKept(part) || isRewritten(part, all)) return;
      const loss = DATA.test(type)
        ? "it is deleted with its data when the stack is updated"
        : "it is deleted when the stack is updated";
      const why = `removes ${shown(name)} (${shown(type)}): ${loss}`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  reports: [
    [
      "removes `Orders` (`AWS::DynamoDB::Table`): it is deleted with its data when the stack is updated",
      changed("stack.yaml", table(""), template("")),
      added("other.yaml", "Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n"),
    ],
    [
      "removes `Orders` (`AWS::DynamoDB::Table`): it is deleted with its data when the stack is updated",
      changed("stack.yaml", table(""), template("")),
    ],
  ],
  ignores: [
    ["it is retained", changed("stack.yaml", table("    DeletionPolicy: Retain\n"), template(""))],
    [
      "the same template in another notation",
      removed("stack.json", '{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table"}}}'),
      added("stack.yaml", "Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n"),
    ],
    ["an example", removed("examples/stack.yaml", table(""))],
  ],
};

const goneByName = changedBy(({ notation, scope, name, after }) =>
  notation === "cloudformation" && after === undefined ? keyOf(scope, name) : undefined,
);

const TYPE_CHANGED: Rule = {
  id: "cloudformation/type-changed",
  kind: "destructive",
  asks: "block",
  when: "a resource keeps its name and becomes another type",
  parts: {
    of: OF,
    *find(part, all) {
      if (part.before !== undefined || part.after === undefined) return;
      const [old] = goneByName(all, keyOf(part.scope, part.name));
      if (old === undefined) return;
      const why = `makes ${shown(part.name)} ${shown(part.type)} and no longer ${shown(old.type)}: the old one is deleted`;
      yield { what: shown(part.name), file: part.file, line: part.after.line, side: "after", why };
    },
  },
  reports: [
    [
      "makes `Orders` `AWS::SQS::Queue` and no longer `AWS::DynamoDB::Table`: the old one is deleted",
      changed("stack.yaml", table(""), template("  Orders:\n    Type: AWS::SQS::Queue\n")),
    ],
  ],
  ignores: [
    [
      "its properties change",
      changed("stack.yaml", table(""), table("    Properties: {BillingMode: PAY_PER_REQUEST}\n")),
    ],
  ],
};

const STRENGTH: Readonly<Record<string, number>> = {
  Delete: 0,
  "": 0,
  Snapshot: 1,
  RetainExceptOnCreate: 2,
  Retain: 2,
};

const POLICY_WEAKENED: Rule = settingRule({
  id: "cloudformation/deletion-policy-weakened",
  kind: "destructive",
  asks: "block",
  when: "`DeletionPolicy` or `UpdateReplacePolicy` keeps less than before",
  of: OF,
  names: ["DeletionPolicy", "UpdateReplacePolicy"],
  became: ({ before, after }) => (STRENGTH[textOf(after)] ?? 2) < (STRENGTH[textOf(before)] ?? 0),
  why: ({ before }) => `it was ${shown(textOf(before))}, and the data may go with the resource now`,
  reports: [
    [
      "sets `DeletionPolicy` of `Orders` to `Delete`: it was `Retain`, and the data may go with the resource now",
      changed("stack.yaml", table("    DeletionPolicy: Retain\n"), table("    DeletionPolicy: Delete\n")),
    ],
    [
      "drops `DeletionPolicy` from `Orders`: it was `Snapshot`, and the data may go with the resource now",
      changed("stack.yaml", table("    DeletionPolicy: Snapshot\n"), table("")),
    ],
  ],
  ignores: [
    [
      "it keeps more",
      changed("stack.yaml", table("    DeletionPolicy: Delete\n"), table("    DeletionPolicy: Retain\n")),
    ],
  ],
});

export const CLOUDFORMATION: RuleSet = {
  name: "cloudformation",
  title: "CloudFormation, SAM",
  reads: ({ isLive }) => isLive,
  rules: [RESOURCE_REMOVED, TYPE_CHANGED, POLICY_WEAKENED],
};
