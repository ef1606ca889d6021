import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { type ProgramLine, programOf } from "./program-lines.ts";

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

/** How many lines around one may say of what it is. */
const NEAR = 8;

/** The lines that say it. One that differs in blanks and commas alone says the same. */
function sayingIt({ says, isOnEverything }: Opening, lines: readonly ProgramLine[], key: "text" | "plain") {
  const nearby = (index: number) => lines.slice(Math.max(0, index - NEAR), index + 1 + NEAR);
  return lines.flatMap(({ [key]: text, line }, index) => {
    const found = says.exec(text)?.[0];
    if (found === undefined) return [];
    if (isOnEverything && !nearby(index).some((each) => ON_EVERYTHING.test(each[key]))) return [];
    return [{ key: text.replaceAll(/[\s,;]/g, ""), found, line, text: text.trim() }];
  });
}

function* granted(file: FileChange): Generator<Finding> {
  const program = programOf(file);
  if (program === null) return;
  for (const opening of GRANTS)
    for (const { found, line, text } of gained(
      sayingIt(opening, program.before, "plain"),
      sayingIt(opening, program.after, "text"),
    )) {
      const what = shown(found);
      yield { what, file: file.path, line, side: "after", why: opening.why(what), after: text };
    }
}

const NARROWS =
  /["'](?:token\.actions\.githubusercontent\.com:sub|aws:(?:SourceArn|SourceAccount|SourceVpce?|SourceIp|PrincipalOrgID|PrincipalArn|PrincipalTag\/[\w-]+|MultiFactorAuthPresent)|sts:ExternalId|iam:PassedToService)["']/;

function narrowingIn(lines: readonly ProgramLine[], key: "text" | "plain") {
  return lines.flatMap(({ [key]: text, line }) => {
    const found = NARROWS.exec(text)?.[0];
    return found === undefined ? [] : [{ key: found, line, text: text.trim() }];
  });
}

/** Conditions that go while the statement that they were about stays. */
function* unbound(file: FileChange): Generator<Finding> {
  const program = programOf(file);
  if (program === null) return;
  const come = narrowingIn(program.after, "plain");
  for (const { key: found, line, text } of gained(come, narrowingIn(program.before, "text"))) {
    const why = `drops the condition on ${shown(found)}: what it kept out gets in`;
    yield { what: shown(found), file: file.path, line, side: "before", why, before: text };
  }
}

const cdk = (line: string) => `import * as ec2 from "aws-cdk-lib/aws-ec2";\n${line}\n`;

export const GRANTED: Rule = {
  id: "programs/granted",
  kind: "widening",
  asks: "block",
  when: "such a program gives full access, every action, or lets anybody in",
  file: granted,
  reports: [
    [
      "gives `AdministratorAccess`",
      changed(
        "lib/a.ts",
        cdk('a.add(from("AdministratorAccess"));'),
        cdk('a.add( from("AdministratorAccess") );\nb.add(from("AdministratorAccess"));'),
      ),
    ],
    [
      'allows `"iam:PassRole"` on everything',
      changed(
        "lib/a.ts",
        cdk('new PolicyStatement({\n  actions: ["iam:PassRole"],\n  resources: [role],\n});'),
        cdk('new PolicyStatement({\n  actions: ["iam:PassRole"],\n  resources: ["*"],\n});'),
      ),
    ],
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
};

export const CONDITION_DROPPED: Rule = {
  id: "programs/condition-dropped",
  kind: "widening",
  asks: "block",
  when: "a condition that narrowed a grant goes from such a program",
  file: unbound,
  reports: [
    ...['a({ "sts:ExternalId": "z" });', 'a({ "sts:ExternalId": "x" });\n// "sts:ExternalId"'].map(
      (after): Example => [
        'drops the condition on `"sts:ExternalId"`: what it kept out gets in',
        changed("lib/a.ts", cdk('a({ "sts:ExternalId": "x" });\nb({ "sts:ExternalId": "y" });'), cdk(after)),
      ],
    ),
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
};
