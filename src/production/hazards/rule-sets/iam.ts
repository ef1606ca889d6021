import { type Trait, traitRule } from "../builders.ts";
import type { ChangedPart, Notation } from "../reading/part.ts";
import { type Statement, statementsIn } from "../reading/statements.ts";
import { scalarsIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const OF: readonly Notation[] = ["terraform", "cloudformation", "policy"];

function eachStatement(read: (statement: Statement, part: ChangedPart) => readonly Trait[]) {
  return (tree: Tree, part: ChangedPart) => [...statementsIn(tree)].flatMap((each) => read(each, part));
}

const isWild = (action: string) => action === "*" || /^[\w-]+:\*$/.test(action);
const READING = /:(?:Describe|List|Get|Head|BatchGet|Lookup|Search|Query|Scan|Check|View|Simulate|Estimate)/;

const document = (statement: string) =>
  `data "aws_iam_policy_document" "app" {\n  statement {\n${statement}\n  }\n}\n`;
const json = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }, null, 2);

const WILDCARD_ACTION: Rule = traitRule({
  id: "iam/wildcard-action",
  kind: "widening",
  asks: "block",
  when: "a policy statement allows every action, or every action of a service",
  of: OF,
  traits: eachStatement(({ actions, isOfResource, line }, { name }) =>
    actions
      .filter((action) => isWild(action) && !(isOfResource && action === "kms:*"))
      .map((action) => ({
        key: action,
        line,
        what: shown(name),
        why:
          action === "*"
            ? `lets ${shown(name)} allow every action there is`
            : `lets ${shown(name)} allow every action of ${shown(action.slice(0, -2))}`,
      })),
  ),
  reports: [
    [
      "lets `data.aws_iam_policy_document.app` allow every action of `s3`",
      added("iam.tf", document('    actions   = ["s3:*"]\n    resources = ["arn:aws:s3:::shop"]')),
    ],
    [
      "lets `policies/app.json` allow every action there is",
      changed(
        "policies/app.json",
        json({ Action: "s3:GetObject", Resource: "*" }),
        json({ Action: "*", Resource: "*" }),
      ),
    ],
    [
      "lets `aws_iam_policy.app` allow every action of `dynamodb`",
      added(
        "iam.tf",
        'resource "aws_iam_policy" "app" {\n  policy = jsonencode({\n    Statement = [{\n      Effect = "Allow"\n      Action = ["dynamodb:*"]\n      Resource = "arn"\n    }]\n  })\n}\n',
      ),
    ],
    [
      "lets `Role` allow every action of `sqs`",
      added(
        "role.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyDocument:\n            Statement:\n              - Effect: Allow\n                Action: sqs:*\n                Resource: !GetAtt Queue.Arn\n",
      ),
    ],
  ],
  ignores: [
    [
      "a key's own policy, which must let its account in",
      added(
        "kms.tf",
        document(
          '    actions   = ["kms:*"]\n    resources = ["*"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root"]\n    }',
        ),
      ),
    ],
    [
      "it denies",
      added("iam.tf", document('    effect    = "Deny"\n    actions   = ["s3:*"]\n    resources = ["*"]')),
    ],
    [
      "it was there before",
      changed(
        "iam.tf",
        document('    actions   = ["s3:*"]\n    resources = ["a"]'),
        document('    actions   = ["s3:*", "sqs:SendMessage"]\n    resources = ["a"]'),
      ),
    ],
    [
      "only a part of the actions",
      added("iam.tf", document('    actions   = ["s3:Get*"]\n    resources = ["*"]')),
    ],
  ],
});

const WILDCARD_RESOURCE: Rule = traitRule({
  id: "iam/wildcard-resource",
  kind: "widening",
  asks: "block",
  when: "a policy statement allows an action that changes something on every resource",
  of: OF,
  traits: eachStatement(({ actions, resources, isOfResource, conditional, line }, { name }) => {
    const [writing] = actions.filter((action) => /^[\w-]+:\w/.test(action) && !READING.test(action));
    const isOpen = resources.includes("*") && !isOfResource && !conditional;
    if (!isOpen || writing === undefined || actions.some(isWild)) return [];
    const why = `lets ${shown(name)} allow ${shown(writing)} on every resource`;
    return [{ key: "*", line, what: shown(name), why }];
  }),
  reports: [
    [
      "lets `data.aws_iam_policy_document.app` allow `s3:PutObject` on every resource",
      changed(
        "iam.tf",
        document('    actions   = ["s3:PutObject"]\n    resources = [aws_s3_bucket.shop.arn]'),
        document('    actions   = ["s3:PutObject"]\n    resources = ["*"]'),
      ),
    ],
  ],
  ignores: [
    [
      "the actions only read",
      added(
        "iam.tf",
        document('    actions   = ["ec2:DescribeInstances", "s3:ListBuckets"]\n    resources = ["*"]'),
      ),
    ],
    [
      "a key's own policy, where `*` is the key",
      added(
        "kms.tf",
        document(
          '    actions   = ["kms:Decrypt"]\n    resources = ["*"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root"]\n    }',
        ),
      ),
    ],
  ],
});

const PUBLIC_PRINCIPAL: Rule = traitRule({
  id: "iam/public-principal",
  kind: "widening",
  asks: "block",
  when: "a policy statement without a condition lets anyone in, as does a trust policy for `*`",
  of: OF,
  traits: eachStatement(({ principals, conditional, line }, { name }) =>
    principals.includes("*") && !conditional
      ? [{ key: "*", line, what: shown(name), why: `lets anyone in by ${shown(name)}, from any account` }]
      : [],
  ),
  reports: [
    [
      "lets anyone in by `bucket-policy.json`, from any account",
      added("bucket-policy.json", json({ Principal: "*", Action: "s3:GetObject", Resource: "arn" })),
    ],
    [
      "lets anyone in by `aws_iam_role.app`, from any account",
      changed(
        "role.tf",
        'resource "aws_iam_role" "app" {\n  assume_role_policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::1:root"}}]}\nEOF\n}\n',
        'resource "aws_iam_role" "app" {\n  assume_role_policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}\nEOF\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "a condition narrows it",
      added(
        "bucket-policy.json",
        json({
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        }),
      ),
    ],
    [
      "it denies",
      added("bucket-policy.json", json({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn" })),
    ],
  ],
});

const TRUST_WIDENED: Rule = traitRule({
  id: "iam/trust-widened",
  kind: "widening",
  asks: "block",
  when: "a role that was there lets another account or role assume it",
  of: OF,
  traits: eachStatement(({ principals, actions, line }, { name, before }) =>
    before !== undefined && actions.some((action) => action.startsWith("sts:AssumeRole"))
      ? principals
          .filter((principal) => principal !== "*")
          .map((principal) => ({
            key: principal,
            line,
            what: shown(name),
            why: `lets ${shown(principal)} assume ${shown(name)}`,
          }))
      : [],
  ),
  reports: [
    [
      "lets `arn:aws:iam::2:root` assume `data.aws_iam_policy_document.app`",
      changed(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root"]\n    }',
        ),
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root", "arn:aws:iam::2:root"]\n    }',
        ),
      ),
    ],
  ],
  ignores: [
    [
      "a service of the cloud itself",
      changed(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "Service"\n      identifiers = ["ec2.amazonaws.com"]\n    }',
        ),
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "Service"\n      identifiers = ["lambda.amazonaws.com"]\n    }',
        ),
      ),
    ],
  ],
});

const ADMIN =
  /(?:^|[/."])(AdministratorAccess|PowerUserAccess|IAMFullAccess)(?:$|[."])|^(roles\/(?:owner|editor|iam\.(?:securityAdmin|serviceAccountTokenCreator|organizationRoleAdmin)|resourcemanager\.organizationAdmin))$/;
const AZURE_ADMIN = /^(?:Owner|User Access Administrator|Role Based Access Control Administrator)$/;

const ADMIN_ROLE: Rule = traitRule({
  id: "iam/admin-role",
  kind: "widening",
  asks: "block",
  when: "an administrator's policy or role is given to somebody",
  of: OF,
  traits: (tree, { name, type }) =>
    [...scalarsIn(tree)].flatMap((scalar) => {
      const text = textOf(scalar);
      const found = ADMIN.exec(text);
      const isAzure = type === "azurerm_role_assignment" && AZURE_ADMIN.test(text);
      const role = found?.[1] ?? found?.[2] ?? (isAzure ? text : undefined);
      if (role === undefined) return [];
      return [
        { key: role, line: scalar.line, what: shown(name), why: `gives ${shown(role)} by ${shown(name)}` },
      ];
    }),
  reports: [
    [
      "gives `AdministratorAccess` by `aws_iam_role_policy_attachment.ci`",
      added(
        "iam.tf",
        'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
      ),
    ],
    [
      "gives `roles/owner` by `google_project_iam_member.ci`",
      added("iam.tf", 'resource "google_project_iam_member" "ci" {\n  role = "roles/owner"\n}\n'),
    ],
    [
      "gives `Owner` by `azurerm_role_assignment.ci`",
      added("iam.tf", 'resource "azurerm_role_assignment" "ci" {\n  role_definition_name = "Owner"\n}\n'),
    ],
  ],
  ignores: [
    [
      "a narrow role",
      added("iam.tf", 'resource "google_project_iam_member" "ci" {\n  role = "roles/viewer"\n}\n'),
    ],
    ["a tag", added("a.tf", 'resource "aws_instance" "a" {\n  tags = { Role = "Owner" }\n}\n')],
  ],
});

export const IAM: RuleSet = {
  name: "iam",
  title: "Access policies (Terraform, CloudFormation, JSON)",
  reads: ({ isLive }) => isLive,
  rules: [WILDCARD_ACTION, WILDCARD_RESOURCE, PUBLIC_PRINCIPAL, TRUST_WIDENED, ADMIN_ROLE],
};
