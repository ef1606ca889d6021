import { settingRule } from "../builders.ts";
import { isLive } from "../live.ts";
import type { ChangedPart } from "../reading/part.ts";
import { at, isFalse, isTrue, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, removed, type System } from "../rule.ts";
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

const RESOURCE_REMOVED: Rule = {
  id: "cloudformation/resource-removed",
  kind: "destructive",
  when: "a resource goes from a template and its `DeletionPolicy` did not retain it",
  parts: {
    of: OF,
    *find(part) {
      const { name, type, before, after, file } = part;
      if (before === undefined || after !== undefined || isKept(part)) return;
      const loss = DATA.test(type)
        ? "it is deleted with its data when the stack is updated"
        : "it is deleted when the stack is updated";
      const why = `removes ${shown(name)} (${shown(type)}): ${loss}`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  speaks: [
    [
      "removes `Orders` (`AWS::DynamoDB::Table`): it is deleted with its data when the stack is updated",
      changed("stack.yaml", table(""), template("")),
    ],
  ],
  silent: [
    ["it is retained", changed("stack.yaml", table("    DeletionPolicy: Retain\n"), template(""))],
    ["an example", removed("examples/stack.yaml", table(""))],
  ],
};

const TYPE_CHANGED: Rule = {
  id: "cloudformation/type-changed",
  kind: "destructive",
  when: "a resource keeps its name and becomes another type",
  parts: {
    of: OF,
    *find(part, { changed: parts }) {
      if (part.before !== undefined || part.after === undefined) return;
      const old = parts.find(
        ({ notation, name, scope, after }) =>
          notation === "cloudformation" && name === part.name && scope === part.scope && after === undefined,
      );
      if (old === undefined) return;
      const why = `makes ${shown(part.name)} ${shown(part.type)} and no longer ${shown(old.type)}: the old one is deleted`;
      yield { what: shown(part.name), file: part.file, line: part.after.line, side: "after", why };
    },
  },
  speaks: [
    [
      "makes `Orders` `AWS::SQS::Queue` and no longer `AWS::DynamoDB::Table`: the old one is deleted",
      changed("stack.yaml", table(""), template("  Orders:\n    Type: AWS::SQS::Queue\n")),
    ],
  ],
  silent: [
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
  when: "`DeletionPolicy` or `UpdateReplacePolicy` keeps less than before",
  of: OF,
  names: ["DeletionPolicy", "UpdateReplacePolicy"],
  became: ({ before, after }) => (STRENGTH[textOf(after)] ?? 2) < (STRENGTH[textOf(before)] ?? 0),
  why: ({ before }) => `it was ${shown(textOf(before))}, and the data may go with the resource now`,
  speaks: [
    [
      "sets `DeletionPolicy` of `Orders` to `Delete`: it was `Retain`, and the data may go with the resource now",
      changed("stack.yaml", table("    DeletionPolicy: Retain\n"), table("    DeletionPolicy: Delete\n")),
    ],
    [
      "drops `DeletionPolicy` from `Orders`: it was `Snapshot`, and the data may go with the resource now",
      changed("stack.yaml", table("    DeletionPolicy: Snapshot\n"), table("")),
    ],
  ],
  silent: [
    [
      "it keeps more",
      changed("stack.yaml", table("    DeletionPolicy: Delete\n"), table("    DeletionPolicy: Retain\n")),
    ],
  ],
});

const PROTECTION_DROPPED: Rule = settingRule({
  id: "cloudformation/deletion-protection-dropped",
  kind: "destructive",
  when: "a resource's deletion protection goes or is switched off",
  of: OF,
  names: [
    "DeletionProtection",
    "DeletionProtectionEnabled",
    "EnableTerminationProtection",
    "DisableApiTermination",
  ],
  became: ({ before, after }, part) =>
    part.before !== undefined && isTrue(before) && (after === undefined || isFalse(after)),
  why: () => "nothing stops its deletion any more",
  speaks: [
    [
      "sets `DeletionProtectionEnabled` of `Orders` to `false`: nothing stops its deletion any more",
      changed(
        "stack.yaml",
        table("    Properties:\n      DeletionProtectionEnabled: true\n"),
        table("    Properties:\n      DeletionProtectionEnabled: false\n"),
      ),
    ],
  ],
  silent: [
    [
      "it is switched on",
      changed("stack.yaml", table(""), table("    Properties:\n      DeletionProtectionEnabled: true\n")),
    ],
  ],
});

export const CLOUDFORMATION: System = {
  name: "cloudformation",
  title: "CloudFormation, SAM",
  reads: ({ path }) => isLive(path),
  rules: [RESOURCE_REMOVED, TYPE_CHANGED, POLICY_WEAKENED, PROTECTION_DROPPED],
};

const CODE = /\.(?:ts|js|mts|mjs|py|java|kt|go|cs|fs)$/;

const REMOVAL_DESTROY: Rule = {
  id: "cdk/removal-policy-destroy",
  kind: "destructive",
  when: "a CDK construct is told to be destroyed with its stack, or to empty its bucket",
  lines: [
    {
      side: "after",
      pattern: /RemovalPolicy\.DESTROY|RemovalPolicy_DESTROY|applyRemovalPolicy\(\s*['"]destroy/,
      what: () => "`RemovalPolicy.DESTROY`",
      why: () =>
        "lets a resource be destroyed with its data when it leaves the stack (`RemovalPolicy.DESTROY`)",
    },
    {
      side: "after",
      pattern:
        /\b(autoDeleteObjects|auto_delete_objects|AutoDeleteObjects|emptyOnDelete|empty_on_delete)\b\s*[:=(]\s*(?:true|True|jsii\.Bool\(true\))/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `lets the stack empty what it deletes (${shown(name)})`,
    },
  ],
  speaks: [
    [
      "lets a resource be destroyed with its data when it leaves the stack (`RemovalPolicy.DESTROY`)",
      changed(
        "lib/stack.ts",
        "removalPolicy: RemovalPolicy.RETAIN,\n",
        "removalPolicy: RemovalPolicy.DESTROY,\n",
      ),
    ],
    [
      "lets the stack empty what it deletes (`autoDeleteObjects`)",
      added("lib/stack.ts", "  autoDeleteObjects: true,\n"),
    ],
  ],
  silent: [
    ["it is retained", added("lib/stack.ts", "removalPolicy: RemovalPolicy.RETAIN,\n")],
    ["a test", added("test/stack.test.ts", "removalPolicy: RemovalPolicy.DESTROY,\n")],
  ],
};

const CDK_PROTECTION: Rule = {
  id: "cdk/protection-off",
  kind: "destructive",
  when: "a construct's or stack's deletion or termination protection is switched off",
  lines: [
    {
      side: "after",
      pattern:
        /\b(terminationProtection|deletionProtection|termination_protection|deletion_protection)\b\s*[:=]\s*(?:false|False)\b/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `switches off ${shown(name)}: nothing stops the deletion any more`,
    },
  ],
  speaks: [
    [
      "switches off `terminationProtection`: nothing stops the deletion any more",
      changed("bin/app.ts", "  terminationProtection: true,\n", "  terminationProtection: false,\n"),
    ],
  ],
  silent: [["it is switched on", added("bin/app.ts", "  terminationProtection: true,\n")]],
};

export const CDK: System = {
  name: "cdk",
  title: "CDK",
  reads: ({ path }) => CODE.test(path) && isLive(path),
  rules: [REMOVAL_DESTROY, CDK_PROTECTION],
};

const PULUMI_PROTECT: Rule = {
  id: "pulumi/protection-dropped",
  kind: "destructive",
  when: "`protect` or `retainOnDelete` goes or is switched off in a Pulumi program",
  *file(file) {
    const text = file.before ?? file.after ?? "";
    if (!/pulumi/i.test(text) && !/pulumi/i.test(file.path)) return;
    const on = /\b(protect|retainOnDelete|retain_on_delete)\b\s*[:=]\s*(?:true|True)\b/;
    for (const { line, text: gone } of file.after === null ? [] : file.lines.before) {
      const name = on.exec(gone)?.[1];
      if (name === undefined) continue;
      const why = `drops ${shown(name)}: nothing keeps the resource from being deleted any more`;
      yield { what: shown(name), file: file.path, line, side: "before", why, before: gone.trim() };
    }
  },
  speaks: [
    [
      "drops `protect`: nothing keeps the resource from being deleted any more",
      changed(
        "index.ts",
        'import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("a", {}, { protect: true });\n',
        'import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("a", {}, {});\n',
      ),
    ],
  ],
  silent: [["no Pulumi program", changed("index.ts", "guard({ protect: true });\n", "guard({});\n")]],
};

const PULUMI_FORCE: Rule = {
  id: "pulumi/force-destroy",
  kind: "destructive",
  when: "a Pulumi program lets a bucket be destroyed with its content, or skips the last snapshot",
  lines: [
    {
      side: "after",
      pattern:
        /\b(forceDestroy|force_destroy|skipFinalSnapshot|skip_final_snapshot)\b\s*[:=]\s*(?:true|True)\b/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `sets ${shown(name)}: what is in it is lost with it`,
    },
  ],
  speaks: [
    ["sets `forceDestroy`: what is in it is lost with it", added("index.ts", "{ forceDestroy: true }\n")],
  ],
  silent: [["it is off", added("index.ts", "{ forceDestroy: false }\n")]],
};

export const PULUMI: System = {
  name: "pulumi",
  title: "Pulumi",
  reads: ({ path }) => (CODE.test(path) || /(?:^|\/)Pulumi[^/]*\.ya?ml$/.test(path)) && isLive(path),
  rules: [PULUMI_PROTECT, PULUMI_FORCE],
};
