import { type Condition, narrows } from "../../reading/conditions.ts";
import { isOfNewThing } from "../../reading/new-things.ts";
import { formerly } from "../../reading/parts.ts";
import { type Statement, statementsIn } from "../../reading/statements.ts";
import { covers } from "../../reading/wildcards.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./each-statement.ts";
import { type Grant, grantsOf, newGrants } from "./grants.ts";
import { limitsAlone } from "./limits-alone.ts";
import { isMoved } from "./moved.ts";
import { document, json } from "./samples.ts";

const isWild = (action: string) => /^[*?]+$|^[\w*?-]+:[*?]+$/.test(action);

function asksForMfa({ test, variable, values }: Condition): boolean {
  if (/^aws:MultiFactorAuthAge$/i.test(variable)) return /^NumericLessThan(?:Equals)?$/i.test(test);
  return /^aws:MultiFactorAuthPresent$/i.test(variable) && test === "Bool" && values.join() === "true";
}

/** The actions of a statement that are every action of something, or of everything. */
function wildIn({ actions, isOfResource, conditions }: Statement): readonly string[] {
  if (conditions.some(asksForMfa)) return [];
  return actions.filter((action) => isWild(action) && !(isOfResource && action === "kms:*"));
}

function wildGrantsOf(statement: Statement): readonly Grant[] {
  return grantsOf({ actions: wildIn(statement), resources: statement.resources });
}

function isOneMore({ action }: Grant, had: readonly Grant[]): boolean {
  return had.some((each) => each.action === action);
}

const rolePolicy = (role: string) =>
  `resource "aws_iam_role_policy" "${role}" {\n  role = "${role}"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "a" }] })\n}\n`;

const ENDPOINT = (action: string) =>
  `resource "aws_vpc_endpoint_policy" "a" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "${action}", Resource = "*" }] })\n}\n`;

export const WILDCARD_ACTION: Rule = {
  id: "iam/wildcard-action",
  kind: "widening",
  asks: "block",
  when: "a policy statement allows every action, or every action of a service, on more than before",
  parts: {
    of: OF,
    *find(part, all) {
      if (part.after === undefined) return;
      const former = formerly(part, all);
      const had = former === undefined ? [] : statementsIn(former).flatMap(wildGrantsOf);
      if (limitsAlone(part, former)) return;
      for (const statement of statementsIn(part.after)) {
        const fresh = newGrants(had, wildGrantsOf(statement))
          // Who has all of its kind may have all of one more that is new.
          .filter((grant) => !isOneMore(grant, had) || !isOfNewThing(grant.resource, part, all))
          .map(({ action }) => action);
        if (fresh.length === 0 || isMoved(statement, part, all)) continue;
        for (const action of new Set(fresh)) {
          const which = action === "*" ? "there is" : `of ${shown(action.slice(0, -2))}`;
          const why = `lets ${shown(part.name)} allow every action ${which}`;
          yield { what: shown(part.name), file: part.file, line: statement.line, side: "after", why };
        }
      }
    },
  },
  reports: [
    [
      "lets `aws_vpc_endpoint_policy.a` allow every action of `sqs`",
      changed("vpce.tf", ENDPOINT("sqs:SendMessage"), ENDPOINT("sqs:*")),
    ],
    [
      "lets `policy.json` allow every action of `s3`",
      changed(
        "policy.json",
        json({ Action: "s3:*", Resource: "arn:aws:s3:::a/*" }),
        json({ Action: "s3:*", Resource: "*" }),
      ),
    ],
    [
      "lets `data.aws_iam_policy_document.app` allow every action of `sqs`",
      changed(
        "iam.tf",
        `${document('    actions   = ["sqs:*"]\n    resources = [module.a.arn]')}module "b" {\n  source = "queue"\n}\n`,
        `${document('    actions   = ["sqs:*"]\n    resources = [module.a.arn, module.b.arn]')}module "b" {\n  source = "queue"\n}\n`,
      ),
    ],
    [
      "lets `data.aws_iam_policy_document.app` allow every action of `kms`",
      changed(
        "iam.tf",
        document('    actions   = ["sqs:*"]\n    resources = [module.a.arn]'),
        `${document('    actions   = ["sqs:*", "kms:*"]\n    resources = [module.a.arn, module.b.arn]')}module "b" {\n  source = "queue"\n}\n`,
      ),
    ],
    [
      "lets `aws_iam_role_policy.deploy` allow every action of `s3`",
      changed("iam.tf", rolePolicy("reader"), rolePolicy("deploy")),
    ],
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
    ["the first policy of an endpoint, which let everything through", added("vpce.tf", ENDPOINT("sqs:*"))],
    [
      "one more queue, which is new",
      changed(
        "iam.tf",
        document('    actions   = ["sqs:*"]\n    resources = [module.a.arn]'),
        `${document('    actions   = ["sqs:*"]\n    resources = [module.a.arn, module.b.arn]')}module "b" {\n  source = "queue"\n}\n`,
      ),
    ],
    [
      "a second factor guards it",
      added(
        "policy.json",
        json({
          Action: "ec2:*",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        }),
      ),
    ],
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
};

const READING =
  /:(?:Describe|List|Get|Head|BatchGet|Lookup|Search|Query|Scan|Check|View|Simulate|Estimate|Preview|Discover|Test|Verify|Filter|Detect|Translate|Synthesize)/;
/** They read what is kept for few. */
const READS_SECRETS =
  /^(?:secretsmanager:(?:GetSecretValue|BatchGetSecretValue)|ssm:GetParameters?(?:ByPath)?|s3:GetObject|kms:Decrypt|rds:Download\w+|ec2:GetPasswordData|chime:GetVoiceConnector\w+|codecommit:GitPull|cognito-identity:Get(?:Id|OpenIdToken\w*|Credentials\w*)|connect:GetFederationTokens?|ecr:GetDownloadUrlForLayer|lambda:GetFunction|lightsail:Get(?:Instance|Bucket)AccessKeys?\w*|redshift:GetClusterCredentials\w*|sts:GetFederationToken|sts:GetSessionToken|iam:GetAccountAuthorizationDetails)$/;
/** Actions that the provider defines without a resource, so that `*` is the only one there is. */
const KNOWS_NO_RESOURCE =
  /^(?:xray:|cloudwatch:PutMetricData|ecr:GetAuthorizationToken|ecr-public:GetAuthorizationToken|ssmmessages:|ec2messages:|ssm:UpdateInstanceInformation|sts:(?:GetCallerIdentity|GetServiceBearerToken|DecodeAuthorizationMessage)|ec2:(?:(?:Create|Delete|Attach|Detach)NetworkInterface\w*|(?:Una|A)ssign(?:PrivateIp|Ipv6)Addresses|CreateTags|AllocateAddress)$|logs:(?:CreateLogDelivery|UpdateLogDelivery|DeleteLogDelivery|PutResourcePolicy)|textract:|comprehend:|polly:|translate:|rekognition:(?:Detect|Compare|Recognize)|ce:|pricing:|cur:|kms:(?:GenerateRandom|CreateKey)$|acm:RequestCertificate|route53:CreateHostedZone|bedrock:InvokeModel|mobiletargeting:|aws-marketplace:MeterUsage|events:PutEvents$|iot:Connect$|transcribe:Start|autoscaling-plans:|tag:|resource-groups:|elasticfilesystem:ClientMount$)/;
/** By which more rights can be had, data taken or deleted, or traces wiped out. */
const DANGEROUS =
  /^(?:iam:(?:PassRole|Create|Put|Attach|Update|Add|Set|Delete|Detach)|sts:AssumeRole|kms:(?:Decrypt|ScheduleKeyDeletion|PutKeyPolicy|CreateGrant|DisableKey)|secretsmanager:(?:GetSecretValue|PutSecretValue|DeleteSecret|PutResourcePolicy)|ssm:(?:SendCommand|StartSession|GetParameters?|PutParameter)|s3:(?:Delete|PutBucketPolicy|PutBucketAcl|PutObjectAcl|BypassGovernance)|lambda:(?:UpdateFunctionCode|CreateFunction|AddPermission|InvokeFunction)|ec2:(?:Terminate|Delete|Authorize|RunInstances|ModifyInstanceAttribute|CreateSnapshot|ModifySnapshotAttribute)|organizations:|cloudtrail:(?:Stop|Delete|Update)|guardduty:(?:Delete|Stop)|config:(?:Stop|Delete)|cloudformation:(?:CreateStack|UpdateStack|DeleteStack|SetStackPolicy)|glue:(?:Create|Update)\w+|sagemaker:Create\w+|codebuild:(?:Create|Start|Update)\w+|datapipeline:|[\w-]+:(?:Delete|Terminate|Purge|Drop|Deregister|Destroy|Disable)\w*)/;

/** The actions that change something, or read what few may, on whatever there is. */
function onEverything({ actions, resources, isOfResource, conditions }: Statement): readonly string[] {
  const open = resources.filter(isEverything);
  if (open.length === 0 || isOfResource || conditions.some(narrows)) return [];
  return actions.filter(
    (action) =>
      open.some((resource) => isOfService(resource, action)) &&
      !isWild(action) &&
      /^[\w-]+:\w/.test(action) &&
      (!READING.test(action) || READS_SECRETS.test(action)) &&
      !KNOWS_NO_RESOURCE.test(action),
  );
}

/** The patterns of actions that were allowed on whatever there is. */
function wildOnEverything({ actions, resources, isOfResource, conditions }: Statement): readonly string[] {
  const isOpen = resources.some((resource) => /^\*+$/.test(resource)) && !isOfResource;
  return isOpen && !conditions.some(narrows) ? actions.filter(isWild) : [];
}

function isEverything(resource: string): boolean {
  return /^\*+$|^arn:[\w*-]+:[\w*-]+:[\w*-]*:[\d*]*:\*+$/.test(resource);
}

/** `arn:aws:logs:*:*:*` is nothing that `kms:Decrypt` could be used on. */
function isOfService(resource: string, action: string): boolean {
  const service = resource.split(":")[2] ?? "";
  return service === "" || service.includes("*") || action.startsWith(`${service}:`);
}

const DENIED = { Effect: "Deny", Action: "iam:*", Resource: "*" };

export const WILDCARD_RESOURCE: Rule = {
  id: "iam/wildcard-resource",
  kind: "widening",
  asks: "block",
  when: "a policy statement allows an action that changes something, or reads secrets, on every resource; or one more that is dangerous",
  parts: {
    of: OF,
    *find(part, all) {
      if (part.after === undefined) return;
      const former = formerly(part, all);
      const statements = former === undefined ? [] : statementsIn(former);
      const had = new Set(statements.flatMap(onEverything));
      const wild = statements.flatMap(wildOnEverything);
      for (const statement of statementsIn(part.after)) {
        const fresh = onEverything(statement).filter(
          (action) => !had.has(action) && !wild.some((each) => covers(each, action)),
        );
        const told = had.size === 0 ? fresh.slice(0, 1) : fresh.filter((action) => DANGEROUS.test(action));
        if (told.length === 0 || isMoved(statement, part, all)) continue;
        const why = `lets ${shown(part.name)} allow ${shown(told.join(", "))} on every resource`;
        yield { what: shown(part.name), file: part.file, line: statement.line, side: "after", why };
      }
    },
  },
  reports: [
    [
      "lets `data.aws_iam_policy_document.app` allow `s3:PutObject` on every resource",
      changed(
        "iam.tf",
        document('    actions   = ["s3:PutObject"]\n    resources = [aws_s3_bucket.shop.arn]'),
        document('    actions   = ["s3:PutObject"]\n    resources = ["*"]'),
      ),
    ],
    [
      "lets `policy.json` allow `iam:PassRole` on every resource",
      changed(
        "policy.json",
        json({ Action: ["s3:PutObject"], Resource: "*" }),
        json({ Action: ["s3:PutObject", "iam:PassRole"], Resource: "*" }),
      ),
    ],
    [
      "lets `policy.json` allow `iam:PassRole` on every resource",
      changed(
        "policy.json",
        json({ Action: ["s3:*"], Resource: "*" }),
        json({ Action: ["s3:*", "iam:PassRole"], Resource: "*" }),
      ),
    ],
    ...[
      { ...DENIED, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { ...DENIED, Resource: "arn:aws:iam::1:user/a" },
    ].map(
      (denial): Example => [
        "lets `policy.json` allow `iam:CreateUser` on every resource",
        changed(
          "policy.json",
          JSON.stringify({ Statement: [denial] }),
          JSON.stringify({
            Statement: [denial, { Effect: "Allow", Action: "iam:CreateUser", Resource: "*" }],
          }),
        ),
      ],
    ),
    [
      "lets `policy.json` allow `s3:PutObject` on every resource",
      added("policy.json", json({ Action: "s3:PutObject", Resource: "arn:aws:s3:::*" })),
    ],
    [
      "lets `policy.json` allow `logs:PutLogEvents` on every resource",
      added(
        "policy.json",
        json({ Action: ["kms:Decrypt", "logs:PutLogEvents"], Resource: "arn:aws:logs:*:*:*" }),
      ),
    ],
    [
      "lets `policy.json` allow `secretsmanager:GetSecretValue` on every resource",
      added("policy.json", json({ Action: "secretsmanager:GetSecretValue", Resource: "*" })),
    ],
  ],
  ignores: [
    [
      "actions that know no resource",
      added(
        "iam.tf",
        document(
          '    actions   = ["xray:PutTraceSegments", "cloudwatch:PutMetricData"]\n    resources = ["*"]',
        ),
      ),
    ],
    [
      "fewer actions than before",
      changed(
        "policy.json",
        json({ Action: ["ses:*"], Resource: "*" }),
        json({ Action: ["ses:SendEmail", "ses:DeleteConfigurationSet"], Resource: "*" }),
      ),
    ],
    [
      "every resource of another service",
      added("policy.json", json({ Action: "kms:Decrypt", Resource: ["arn:aws:logs:*:*:*", "key"] })),
    ],
    [
      "one more that does little",
      changed(
        "policy.json",
        json({ Action: ["s3:PutObject"], Resource: "*" }),
        json({ Action: ["s3:PutObject", "s3:PutObjectTagging"], Resource: "*" }),
      ),
    ],
    [
      "what the same policy denies",
      changed(
        "policy.json",
        JSON.stringify({ Statement: [DENIED] }),
        JSON.stringify({ Statement: [DENIED, { Effect: "Allow", Action: "iam:CreateUser", Resource: "*" }] }),
      ),
    ],
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
};
