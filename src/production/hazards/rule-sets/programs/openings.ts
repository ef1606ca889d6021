import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { withoutComments } from "../../reading/comments.ts";
import { gained } from "../../reading/compare.ts";
import type { ChangedLine } from "../../reading/lines.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { makesThings } from "./constructs.ts";

/** What a line lets in. */
interface Opening {
  readonly says: RegExp;
  readonly why: (what: string) => string;
  /** As long as the statement is about every resource. */
  readonly isOnEverything?: true;
}

const GRANTS: readonly Opening[] = [
  {
    says: /\b(?:AnyPrincipal|StarPrincipal)\s*\(|\.grantPublicAccess\s*\(|\.grant_public_access\s*\(/,
    why: (what) => `lets anybody in by ${what}`,
  },
  {
    says: /["'](?:allUsers|allAuthenticatedUsers)["']/,
    why: (what) => `lets everybody in by ${what}`,
  },
  {
    // The roles of Azure's owner, contributor and access administrator.
    says: /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/,
    why: (what) => `gives the role ${what}, which may do everything there`,
  },
  {
    says: /\b(?:AdministratorAccess|PowerUserAccess|IAMFullAccess|AmazonEKSClusterAdminPolicy)\b|["'/]\w{1,60}FullAccess(?:_v2)?["']/,
    why: (what) => `gives ${what}`,
  },
  {
    says: /["']roles\/(?:owner|editor|[\w.]{1,60}\.admin|iam\.serviceAccount(?:TokenCreator|User|KeyAdmin))["']/,
    why: (what) => `gives ${what}`,
  },
  {
    says: /(?:actions?|Action)["']?\s{0,5}[:=]\s{0,5}\[?\s{0,5}["'](?:[\w-]{1,40}:)?\*["']/,
    why: (what) => `allows every action by ${what}`,
  },
  {
    says: /["'](?:iam:(?:PassRole|Create\w{1,40}|Attach\w{1,40}|Put\w{1,40}|Update\w{1,40})|sts:AssumeRole|kms:Decrypt|secretsmanager:GetSecretValue|ssm:SendCommand|lambda:UpdateFunctionCode)["']/,
    why: (what) => `allows ${what} on everything`,
    isOnEverything: true,
  },
];
const ON_EVERYTHING = /resources?["']?\s{0,5}[:=]\s{0,5}\[?\s{0,5}["']\*["']/i;

const EVERYBODY =
  /\b(?:anyIpv[46]|any_ipv[46]|AnyIpv[46]|allowFromAnyIpv4|allow_from_any_ipv4|AllowFromAnyIpv4)\s*\(|(?<![\w.:])(?:0\.0\.0\.0\/0|::\/0)(?![\w.])/;
const OUTWARDS = /egress|outbound|destination|route|deny|allowTo|allow_to/i;
const INWARDS = /ingress|inbound|allowFrom|allow_from|rules?:/i;
/** Of Azure's own templates; a rule that denies, or is about what goes out, opens nothing. */
const FROM_ANYWHERE = /sourceAddressPrefix["']?\s{0,5}:\s{0,5}["'](?:\*|Internet|Any|0\.0\.0\.0\/0)["']/;
const DENIES_OR_OUT = /["'](?:Deny|Outbound)["']/;
const STARTS_ANYWHERE = /start_?ip(?:_?address)?["']?\s{0,5}[:=]\s{0,5}["']0\.0\.0\.0["']/i;
const ENDS_ANYWHERE =
  /end_?ip(?:_?address)?["']?\s{0,5}[:=]\s{0,5}["'](?:255\.255\.255\.255|0\.0\.0\.0)["']/i;

/** How many lines before one may say which way it leads. */
const NEAR = 8;

function leadsOut(lines: readonly string[], { text, line }: ChangedLine): boolean {
  if (OUTWARDS.test(text)) return true;
  const before = lines.slice(Math.max(0, line - 1 - NEAR), line - 1);
  const nearest = before.findLast((each) => OUTWARDS.test(each) || INWARDS.test(each));
  return nearest !== undefined && OUTWARDS.test(nearest);
}

function isNear(lines: readonly string[], line: number, pattern: RegExp): boolean {
  return lines.slice(Math.max(0, line - 1 - NEAR), line + NEAR).some((each) => pattern.test(each));
}

/** What a line says, apart from blanks and commas. */
const sameness = (text: string) => text.replaceAll(/[\s,;]/g, "");

/** Lines that came and do not only stand elsewhere. */
function freshLines(file: FileChange): readonly ChangedLine[] {
  const gone = new Set(withoutComments(file, "before").map(({ text }) => sameness(text)));
  return withoutComments(file, "after").filter(({ text }) => !gone.has(sameness(text)));
}

function* opened(file: FileChange): Generator<Finding> {
  if (file.after == null || !makesThings(file)) return;
  const lines = file.after.split("\n");
  for (const line of freshLines(file)) {
    const { text } = line;
    const isRange = STARTS_ANYWHERE.test(text) && isNear(lines, line.line, ENDS_ANYWHERE);
    const isFrom = FROM_ANYWHERE.test(text) && !isNear(lines, line.line, DENIES_OR_OUT);
    if (!isRange && !isFrom && (!EVERYBODY.test(text) || leadsOut(lines, line))) continue;
    const what = shown((isRange ? "0.0.0.0" : (EVERYBODY.exec(text) ?? FROM_ANYWHERE.exec(text))?.[0]) ?? "");
    const why = `opens it to the whole internet (${what})`;
    yield { what, file: file.path, line: line.line, side: "after", why, after: text.trim() };
  }
}

/** The lines that say it, each the same as another that says it of the same things. */
function sayingIt(says: RegExp, lines: readonly ChangedLine[]) {
  return lines.flatMap(({ text, line }) => {
    const found = says.exec(text)?.[0];
    return found === undefined ? [] : [{ found, key: found, text: text.trim(), line }];
  });
}

function* granted(file: FileChange): Generator<Finding> {
  if (file.after == null || !makesThings(file)) return;
  const lines = file.after.split("\n");
  const gone = withoutComments(file, "before");
  const fresh = freshLines(file);
  for (const opening of GRANTS) {
    const had = new Set(gone.map(({ text }) => opening.says.exec(text)?.[0]));
    for (const { text, line } of fresh) {
      const found = opening.says.exec(text)?.[0];
      if (found === undefined || had.has(found)) continue;
      if (opening.isOnEverything && !isNear(lines, line, ON_EVERYTHING)) continue;
      const what = shown(found);
      yield { what, file: file.path, line, side: "after", why: opening.why(what), after: text.trim() };
    }
  }
}

const NARROWS =
  /["'](?:token\.actions\.githubusercontent\.com:sub|aws:(?:SourceArn|SourceAccount|SourceVpce?|SourceIp|PrincipalOrgID|PrincipalArn|PrincipalTag\/[\w-]+|MultiFactorAuthPresent)|sts:ExternalId|iam:PassedToService)["']/;

/** Conditions that go while the statement that they were about stays. */
function* unbound(file: FileChange): Generator<Finding> {
  if (typeof file.before !== "string" || typeof file.after !== "string" || !makesThings(file)) return;
  const come = new Set(withoutComments(file, "after").map(({ text }) => NARROWS.exec(text)?.[0]));
  for (const { text, line } of withoutComments(file, "before")) {
    const found = NARROWS.exec(text)?.[0];
    if (found === undefined || come.has(found)) continue;
    const why = `drops the condition on ${shown(found)}: what it kept out gets in`;
    yield { what: shown(found), file: file.path, line, side: "before", why, before: text.trim() };
  }
}

const cdk = (line: string) => `import * as ec2 from "aws-cdk-lib/aws-ec2";\n${line}\n`;

export const OPENINGS: readonly Rule[] = [
  {
    id: "programs/open-to-all",
    kind: "widening",
    asks: "block",
    when: "a program or template of CDK, Pulumi, Azure or Ansible lets the whole internet in",
    file: opened,
    reports: [
      [
        "opens it to the whole internet (`anyIpv4(`)",
        changed(
          "lib/net.ts",
          cdk('sg.addIngressRule(ec2.Peer.ipv4("10.0.0.0/8"), ec2.Port.tcp(22));'),
          cdk("sg.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(22));"),
        ),
      ],
      [
        "opens it to the whole internet (`0.0.0.0/0`)",
        changed(
          "roles/net/main.yml",
          "- amazon.aws.ec2_security_group:\n    rules:\n      - ports: [22]\n        cidr_ip: 10.0.0.0/8\n",
          "- amazon.aws.ec2_security_group:\n    rules:\n      - ports: [22]\n        cidr_ip: 0.0.0.0/0\n",
        ),
      ],
      [
        "opens it to the whole internet (`0.0.0.0`)",
        added(
          "db.bicep",
          "resource all 'Microsoft.Sql/servers/firewallRules@2021-11-01' = {\n  properties: {\n    startIpAddress: '0.0.0.0'\n    endIpAddress: '255.255.255.255'\n  }\n}\n",
        ),
      ],
    ],
    ignores: [
      [
        "the way out",
        added(
          "net.py",
          'import pulumi_aws as aws\naws.ec2.SecurityGroup("a",\n  egress=[{\n    "cidr_blocks": ["0.0.0.0/0"],\n  }])\n',
        ),
      ],
      [
        "it was open before",
        changed("lib/net.ts", cdk("a.add(Peer.anyIpv4(), 22);"), cdk("a.add( Peer.anyIpv4(), 22 );")),
      ],
      ["no such program", added("src/net.ts", 'listen("0.0.0.0/0");\n')],
    ],
  },
  {
    id: "programs/granted",
    kind: "widening",
    asks: "block",
    when: "such a program gives full access, every action, or lets anybody in",
    file: granted,
    reports: [
      [
        'gives `"AmazonS3FullAccess"`',
        changed(
          "lib/a.ts",
          cdk('r.add(iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonS3ReadOnlyAccess"));'),
          cdk('r.add(iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonS3FullAccess"));'),
        ),
      ],
      [
        'allows `"iam:PassRole"` on everything',
        changed(
          "lib/a.ts",
          cdk('new PolicyStatement({\n  actions: ["ecs:UpdateService"],\n  resources: ["*"],\n});'),
          cdk(
            'new PolicyStatement({\n  actions: ["ecs:UpdateService", "iam:PassRole"],\n  resources: ["*"],\n});',
          ),
        ),
      ],
      [
        'lets everybody in by `"allUsers"`',
        added(
          "a.ts",
          'import * as gcp from "@pulumi/gcp";\nnew gcp.storage.BucketIAMMember("a", {\n  member: "allUsers",\n});\n',
        ),
      ],
      [
        "gives the role `8e3af657-a8ff-443c-a75c-2fe8c4bcb635`, which may do everything there",
        added("a.bicep", "  roleDefinitionId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'\n"),
      ],
      ["lets anybody in by `AnyPrincipal(`", added("lib/a.ts", cdk("b.grantRead(new iam.AnyPrincipal());"))],
      [
        'allows every action by `actions: ["s3:*"`',
        added("lib/a.ts", cdk('new P({ actions: ["s3:*"], resources: [a] });')),
      ],
    ],
    ignores: [
      [
        "on one role",
        added(
          "lib/a.ts",
          cdk('new PolicyStatement({\n  actions: ["iam:PassRole"],\n  resources: [role.roleArn],\n});'),
        ),
      ],
      ["it may only read", added("lib/a.ts", cdk('from("AmazonS3ReadOnlyAccess");'))],
    ],
  },
  {
    id: "programs/condition-dropped",
    kind: "widening",
    asks: "block",
    when: "a condition that narrowed a grant goes from such a program",
    file: unbound,
    reports: [
      [
        'drops the condition on `"sts:ExternalId"`: what it kept out gets in',
        changed(
          "lib/a.ts",
          cdk('new AccountPrincipal("1").withConditions({ StringEquals: { "sts:ExternalId": "x" } });'),
          cdk('new AccountPrincipal("1");'),
        ),
      ],
    ],
    ignores: [
      [
        "another value",
        changed("lib/a.ts", cdk('a({ "sts:ExternalId": "x" });'), cdk('a({ "sts:ExternalId": "y" });')),
      ],
    ],
  },
];
