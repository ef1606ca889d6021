import { namesWho } from "../../reading/conditions.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { formerly } from "../../reading/parts.ts";
import { denialsIn, type Statement, statementsIn } from "../../reading/statements.ts";
import { type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isTakenBack } from "./denied.ts";
import { OF } from "./each-statement.ts";
import { type Grant, grantsOf, newGrants } from "./grants.ts";
import { isMoved } from "./moved.ts";
import { hasSource, PERMISSION, principalIn } from "./permissions.ts";
import { document, json, oidc } from "./samples.ts";
import { isForAnySubject } from "./subjects.ts";

/** What is open to whom, with the sentence for it. */
const HOW = {
  issuer: (name: string) => `lets anyone in by ${name}, whom the issuer knows`,
  but: (name: string) => `lets everybody but some in by ${name}, from any account`,
  anyone: (name: string) => `lets anyone in by ${name}, from any account`,
} as const;

interface OpenGrant {
  readonly how: keyof typeof HOW;
  readonly line: number;
  readonly grants: readonly Grant[];
  readonly statement?: Statement;
}

function openGrantsIn(tree: Tree, part: ChangedPart): readonly OpenGrant[] {
  const denials = denialsIn(tree);
  const open = statementsIn(tree).flatMap((statement): readonly OpenGrant[] => {
    const how = openTo(statement);
    if (how === null || isTakenBack(statement, denials)) return [];
    return [{ how, line: statement.line, grants: grantsOf(statement), statement }];
  });
  return [...open, ...ofPermission(tree, part)];
}

function openTo(statement: Statement): OpenGrant["how"] | null {
  if (isForAnySubject(statement)) return "issuer";
  if (statement.conditions.some(namesWho)) return null;
  if (statement.isAllBut) return "but";
  const isOpen = statement.principals.some((each) => /^(?:\*|arn:aws[\w-]*:iam::\*:.*)$/.test(each));
  return isOpen ? "anyone" : null;
}

/** A permission that is a resource of its own, with one principal. */
function ofPermission(tree: Tree, { type }: ChangedPart): readonly OpenGrant[] {
  if (!PERMISSION.test(type)) return [];
  const principal = principalIn(tree);
  if (textOf(principal) !== "*" || hasSource(tree)) return [];
  return [{ how: "anyone", line: principal?.line ?? tree.line, grants: [{ action: "*", resource: "" }] }];
}

const IN_BY_POLICY = "lets anyone in by `policy.json`, from any account";
const READ_PUBLIC = { Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };

const withDenial = (denial: object) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "arn:aws:execute-api:eu-west-1:1:api/*",
      },
      { Effect: "Deny", Principal: "*", Action: "execute-api:*", Resource: "*", ...denial },
    ],
  });

const queuePolicy = (name: string) =>
  `resource "aws_sqs_queue_policy" "${name}" {\n  queue_url = "${name}"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*" }] })\n}\n`;

export const PUBLIC_PRINCIPAL: Rule = {
  id: "iam/public-principal",
  kind: "widening",
  asks: "block",
  when: "a policy lets anyone in: `*`, everybody but some, any account of an issuer, or a condition that keeps nobody out",
  parts: {
    of: OF,
    *find(part, all) {
      if (part.after === undefined) return;
      const former = formerly(part, all);
      const had = former === undefined ? [] : openGrantsIn(former, part);
      for (const open of openGrantsIn(part.after, part)) {
        const held = had.filter(({ how }) => how === open.how).flatMap(({ grants }) => grants);
        if (newGrants(held, open.grants).length === 0) continue;
        if (open.statement !== undefined && isMoved(open.statement, part, all)) continue;
        const why = `${HOW[open.how](shown(part.name))}`;
        yield { what: shown(part.name), file: part.file, line: open.line, side: "after", why };
      }
    },
  },
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
    [
      "lets anyone in by `bucket-policy.json`, from any account",
      added(
        "bucket-policy.json",
        json({
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
    ],
    [
      "lets anyone in by `bucket-policy.json`, from any account",
      added(
        "bucket-policy.json",
        json({
          Principal: { AWS: "*" },
          Action: "s3:GetObject",
          Resource: "arn",
          Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
        }),
      ),
    ],
    [
      "lets everybody but some in by `policy.json`, from any account",
      added("policy.json", json({ NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Action: "sns:Publish" })),
    ],
    [
      "lets anyone in by `aws_lambda_permission.a`, from any account",
      added("l.tf", 'resource "aws_lambda_permission" "a" {\n  principal = "*"\n}\n'),
    ],
    [
      "lets anyone in by `data.aws_iam_policy_document.app`, whom the issuer knows",
      added(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRoleWithWebIdentity"]\n    principals {\n      type = "Federated"\n      identifiers = ["arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"]\n    }',
        ),
      ),
    ],
    ...(
      [
        { Action: "execute-api:ManageConnections" },
        { Resource: "arn:aws:execute-api:eu-west-1:1:other/*" },
        { NotAction: "execute-api:Invoke", Action: undefined },
        { NotResource: "arn:aws:execute-api:eu-west-1:1:other/*", Resource: undefined },
        { Principal: { AWS: "arn:aws:iam::1:root" } },
        { NotPrincipal: "*", Principal: undefined },
        { Condition: { Bool: { "aws:SecureTransport": "false" } } },
        { Condition: { StringNotEquals: { "aws:PrincipalTag/team": "a" } } },
        { Condition: { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } } },
        { Condition: { NotIpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
        {
          Condition: {
            StringNotEquals: { "aws:SourceVpce": "vpce-1" },
            Bool: { "aws:SecureTransport": "false" },
          },
        },
      ] as const
    ).map((denial): Example => [IN_BY_POLICY, added("policy.json", withDenial(denial))]),
    [IN_BY_POLICY, changed("policy.json", json(READ_PUBLIC), json({ ...READ_PUBLIC, Action: "s3:*" }))],
    [
      IN_BY_POLICY,
      changed("policy.json", json(READ_PUBLIC), json({ ...READ_PUBLIC, Resource: "arn:aws:s3:::b/*" })),
    ],
    ...(
      [
        { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } },
        { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app" } },
        { StringLike: { "aws:PrincipalOrgID": "o-*" } },
        { StringEquals: { "aws:PrincipalTag/team": "a" } },
        { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
      ] as const
    ).map((Condition): Example => [IN_BY_POLICY, added("policy.json", json({ ...READ_PUBLIC, Condition }))]),
    [IN_BY_POLICY, added("policy.json", json({ ...READ_PUBLIC, Principal: { Service: "*" } }))],
    [
      "lets anyone in by `aws_lambda_permission.a`, from any account",
      added(
        "l.tf",
        'resource "aws_lambda_permission" "a" {\n  principal = "*"\n  source_arn = "arn:aws:s3:::*"\n}\n',
      ),
    ],
    [
      "lets anyone in by `data.aws_iam_policy_document.app`, whom the issuer knows",
      added("iam.tf", oidc("repo:acme*")),
    ],
    [
      "lets anyone in by `aws_sqs_queue_policy.b`, from any account",
      changed("q.tf", queuePolicy("a"), queuePolicy("b")),
    ],
  ],
  ignores: [
    [
      "another statement denies all that no account of the organization asks for",
      added(
        "policy.json",
        withDenial({ NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Principal: undefined }),
      ),
    ],
    [
      "it lets anyone in to less than before",
      changed("policy.json", json({ ...READ_PUBLIC, Action: "s3:*" }), json(READ_PUBLIC)),
    ],
    [
      "the same grant in another notation",
      changed(
        "es.tf",
        'resource "aws_opensearch_domain" "a" {\n  access_policies = jsonencode({\n    Statement = [{\n      Effect = "Allow"\n      Principal = { AWS = ["*"] }\n      Action = ["es:ESHttpGet"]\n      Resource = "arn:x"\n    }]\n  })\n}\n',
        `resource "aws_opensearch_domain" "a" {\n  access_policies = data.aws_iam_policy_document.app.json\n}\n${document(
          '    principals {\n      type = "AWS"\n      identifiers = ["*"]\n    }\n    actions = ["es:ESHttpGet"]\n    resources = ["arn:x"]',
        )}`,
      ),
    ],
    [
      "another statement denies everybody but one network",
      added("policy.json", withDenial({ Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } })),
    ],
    [
      "one branch of one repository may assume it",
      added(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRoleWithWebIdentity"]\n    principals {\n      type = "Federated"\n      identifiers = ["arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"]\n    }\n    condition {\n      test = "StringEquals"\n      variable = "token.actions.githubusercontent.com:sub"\n      values = ["repo:acme/shop:ref:refs/heads/main"]\n    }',
        ),
      ),
    ],
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
};
