import { type Trait, traitRule } from "../../builders.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { type Condition, deniesOthers, narrows, type Statement } from "../../reading/statements.ts";
import { at, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { eachStatement, OF } from "./each-statement.ts";
import { document, json } from "./samples.ts";

/** Conditions on who the issuer says that it is. */
function isOnSubject({ variable }: Condition): boolean {
  return /:(?:sub|repository\w*|repo|organization\w*|project_path|namespace_path|terraform_\w+|actor|email|amr|job_workflow_ref|environment|oid|tid)$/i.test(
    variable,
  );
}

/** Whether a value that the issuer gives leaves open even whose it is. */
function isAnySubject(value: string): boolean {
  return /^(?:\*+|repo:\*.*|repo:[^/]*\*[^/]*\/.*|project_path:\*.*|organization:\*.*|system:serviceaccount:\*.*)$/.test(
    value,
  );
}

function subjectsOf({ federated, conditions }: Statement): readonly string[] {
  if (federated.length === 0) return [];
  return conditions.filter(isOnSubject).flatMap(({ values }) => values);
}

/** Issuers of which everybody can have an account. */
const PUBLIC_ISSUER =
  /token\.actions\.githubusercontent\.com|gitlab\.com|bitbucket\.org|oidc\.circleci\.com|app\.terraform\.io|accounts\.google\.com|cognito-identity|graph\.facebook\.com|www\.amazon\.com|buildkite|oidc\.eks|vercel|spacelift/i;

function isForAnySubject({ federated, conditions }: Statement): boolean {
  if (!federated.some((issuer) => PUBLIC_ISSUER.test(issuer))) return false;
  const own = conditions.filter((each) => isOnSubject(each) && !/Not|IfExists$/i.test(each.test));
  return own.every(({ values }) => values.some(isAnySubject));
}

const ofStatements = eachStatement((statement, { name }): readonly Trait[] => {
  const { principals, isAllBut, conditions, line } = statement;
  const trait = (why: string) => [{ key: "*", line, what: shown(name), why }];
  if (isForAnySubject(statement)) return trait(`lets anyone in by ${shown(name)}, whom the issuer knows`);
  if (conditions.some(narrows)) return [];
  if (isAllBut) return trait(`lets everybody but some in by ${shown(name)}, from any account`);
  const isOpen = principals.some((each) => /^(?:\*|arn:aws[\w-]*:iam::\*:.*)$/.test(each));
  return isOpen ? trait(`lets anyone in by ${shown(name)}, from any account`) : [];
});

/** A permission that is a resource of its own, with one principal. */
const PERMISSION =
  /^(?:aws_lambda_permission|aws_(?:cloudwatch|event)_event_permission|AWS::(?:Lambda::(?:Layer(?:Version)?)?Permission|Events::EventBusPolicy))$/;

function ofPermission(tree: Tree, { type, name }: ChangedPart): readonly Trait[] {
  if (!PERMISSION.test(type)) return [];
  const properties = at(tree, "Properties") ?? tree;
  const principal = at(properties, "principal") ?? at(properties, "Principal");
  const limits = [
    "source_account",
    "SourceAccount",
    "principal_org_id",
    "PrincipalOrgID",
    "condition",
    "Condition",
    "source_arn",
    "SourceArn",
  ];
  if (textOf(principal) !== "*" || limits.some((key) => at(properties, key) !== undefined)) return [];
  const why = `lets anyone in by ${shown(name)}, from any account`;
  return [{ key: "*", line: principal?.line ?? tree.line, what: shown(name), why }];
}

const oidc = (subject: string) =>
  document(
    `    actions = ["sts:AssumeRoleWithWebIdentity"]\n    principals {\n      type = "Federated"\n      identifiers = ["arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"]\n    }\n    condition {\n      test = "StringLike"\n      variable = "token.actions.githubusercontent.com:sub"\n      values = ["${subject}"]\n    }`,
  );

export const PUBLIC_PRINCIPAL: Rule = traitRule({
  id: "iam/public-principal",
  kind: "widening",
  asks: "block",
  when: "a policy lets anyone in: `*`, everybody but some, any account of an issuer, or a condition that keeps nobody out",
  of: OF,
  traits: (tree, part, all) =>
    deniesOthers(tree) ? [] : [...ofStatements(tree, part, all), ...ofPermission(tree, part)],
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
  ],
  ignores: [
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
      added(
        "policy.json",
        JSON.stringify({
          Statement: [
            { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
            {
              Effect: "Deny",
              Principal: "*",
              Action: "execute-api:Invoke",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
            },
          ],
        }),
      ),
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
});

export const TRUST_WIDENED: Rule = traitRule({
  id: "iam/trust-widened",
  kind: "widening",
  asks: "block",
  when: "a role that was there lets another account, role or identity from outside assume it",
  of: OF,
  traits: eachStatement((statement, { name, before }) =>
    before !== undefined && statement.actions.some((action) => action.startsWith("sts:AssumeRole"))
      ? [...statement.principals, ...subjectsOf(statement)]
          .filter((principal) => principal !== "*")
          .map((principal) => ({
            key: principal,
            line: statement.line,
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
    [
      "lets `repo:acme/*` assume `data.aws_iam_policy_document.app`",
      changed("iam.tf", oidc("repo:acme/shop:ref:refs/heads/main"), oidc("repo:acme/*")),
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
