import type { Finding, HazardKind } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { makesThings, mayMakeThings } from "./programs/constructs.ts";
import { CONDITION_DROPPED, GRANTED } from "./programs/granted.ts";
import { bare } from "./programs/known.ts";
import { OPEN_TO_ALL } from "./programs/open-to-all.ts";
import { REMOVED } from "./programs/removals.ts";
import { type Made, madeIn, type Said, saidOf } from "./programs/settings.ts";

type Change = "changed" | "dropped" | "created";

interface Weakened {
  readonly change: Change;
  readonly said: Said;
  readonly was: Said | undefined;
}

/** Other rules read these by themselves. */
const READ_ELSEWHERE = new Set([
  "terminationprotection",
  "deletionprotection",
  "forcedestroy",
  "skipfinalsnapshot",
]);

function* weakenedIn(file: FileChange): Generator<Weakened> {
  if (!makesThings(file)) return;
  const [before, after] = [madeIn(file, "before"), madeIn(file, "after")];
  const [gone, come] = [onlyIn(before, after), onlyIn(after, before)];
  for (const [label, said] of after) {
    const had = before.get(label) ?? gone.get(typeOf(label));
    for (const one of new Map(said.map((each) => [bare(each.name), each])).values())
      yield* worseIn(saidOf(said, one.name), had && saidOf(had, one.name));
  }
  yield* droppedIn(before, (label) => after.get(label) ?? come.get(typeOf(label)));
}

/** Whatever it is called: a name within the program may be another one, and mean the same. */
const typeOf = (label: string) => label.split(" ")[0] ?? "";

/** What is said of things that only one side has, by their types. */
function onlyIn(made: Made, other: Made): Made {
  const own = [...made].filter(([label]) => !other.has(label));
  const byType = Map.groupBy(own, ([label]) => typeOf(label));
  return new Map([...byType].map(([type, each]) => [type, each.flatMap(([, said]) => said)]));
}

const known = new WeakMap<FileChange, readonly Weakened[]>();

const NOTHING: readonly Weakened[] = [];

/** Worked out once for all rules. */
function allWeakenedIn(file: FileChange): readonly Weakened[] {
  if (file.after == null) return NOTHING;
  const found = known.get(file) ?? [...weakenedIn(file)];
  known.set(file, found);
  return found;
}

/** More of it is unsafe than before. */
function* worseIn(now: readonly Said[], had: readonly Said[] | undefined): Generator<Weakened> {
  const unsafe = now.filter(({ judgement }) => judgement === "unsafe");
  const before = (had ?? []).filter(({ judgement }) => judgement === "unsafe");
  const [one] = unsafe.slice(before.length);
  if (one === undefined || READ_ELSEWHERE.has(bare(one.name))) return;
  const was = had?.find(({ judgement }) => judgement !== "unsafe");
  if (had === undefined) yield { change: "created", said: one, was };
  else if (was !== undefined || one.meaning.isSafeWhenAbsent) yield { change: "changed", said: one, was };
}

/** What stays no longer says what kept it safe. */
function* droppedIn(
  before: Made,
  sayNow: (label: string) => readonly Said[] | undefined,
): Generator<Weakened> {
  for (const [label, said] of before) {
    const now = sayNow(label);
    if (now === undefined) continue;
    for (const one of said) {
      if (one.judgement !== "safe" || one.meaning.isSafeWhenAbsent) continue;
      if (saidOf(now, one.name).length > 0 || saidOf(said, one.name).length > 1) continue;
      yield { change: "dropped", said: one, was: one };
    }
  }
}

function findingOf({ change, said, was }: Weakened, file: string): Finding {
  const { name, value, text, meaning } = said;
  const why =
    change === "dropped"
      ? `drops ${shown(name)}: without it, ${meaning.why}`
      : `sets ${shown(name)} to ${shown(value)}: ${meaning.why}`;
  return {
    what: shown(name),
    file,
    line: said.line,
    side: change === "dropped" ? "before" : "after",
    why,
    ...(was === undefined ? {} : { before: was.text }),
    ...(change === "dropped" ? {} : { after: text }),
  };
}

function asks({ change, said }: Weakened): boolean {
  return change !== "created" || said.meaning.isBadWhenNew;
}

function find(kind: HazardKind, isBlocking: boolean): NonNullable<Rule["file"]> {
  return function* (file) {
    for (const each of allWeakenedIn(file))
      if (each.said.meaning.kind === kind && asks(each) === isBlocking) yield findingOf(each, file.path);
  };
}

const pulumi = (args: string) =>
  `import * as aws from "@pulumi/aws";\nnew aws.rds.Instance("shop", {\n  engine: "postgres",\n${args}});\n`;
const table = (args: string) =>
  `from aws_cdk import aws_dynamodb as dynamodb\ndynamodb.Table(self, "Orders",\n${args})\n`;
const vault = (access: string) =>
  `resource kv 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  properties: {\n${access}  }\n}\n`;

const WEAKENED: Rule = {
  id: "programs/guard-weakened",
  kind: "widening",
  asks: "block",
  when: "a guard goes or is switched off in a program or template of CDK, Pulumi, Azure, Ansible or Crossplane",
  file: find("widening", true),
  reports: [
    [
      "sets `publiclyAccessible` to `true`: it can be reached from the internet",
      changed("index.ts", pulumi("  publiclyAccessible: false,\n"), pulumi("  publiclyAccessible: true,\n")),
    ],
    [
      "sets `publiclyAccessible` to `true`: it can be reached from the internet",
      changed("index.ts", pulumi(""), pulumi("  publiclyAccessible: true,\n")),
    ],
    [
      "drops `storageEncrypted`: without it, whoever gets at the storage can read what is on it",
      changed("index.ts", pulumi("  storageEncrypted: true,\n"), pulumi("")),
    ],
    ...[
      "/* storageEncrypted: true,\n",
      "/*\n  storageEncrypted: true,\n",
      "x: 1, // storageEncrypted: true,\n",
    ].map(
      (comment): Example => [
        "drops `storageEncrypted`: without it, whoever gets at the storage can read what is on it",
        changed("index.ts", pulumi("  storageEncrypted: true,\n"), pulumi(`  ${comment} /**/\n`)),
      ],
    ),
    ...["/**/ ", "/* a\n */ ", "/* a\n * b */ "].map(
      (comment): Example => [
        "sets `storageEncrypted` to `false`: whoever gets at the storage can read what is on it",
        changed(
          "index.ts",
          pulumi("  storageEncrypted: true,\n"),
          pulumi(`  ${comment}storageEncrypted: false,\n`),
        ),
      ],
    ),
    [
      "drops `publicNetworkAccess`: without it, it can be reached from the internet",
      changed("kv.bicep", vault("    publicNetworkAccess: 'Disabled'\n"), vault("").replace("kv", "store")),
    ],
    [
      "sets `storage_encrypted` to `false`: whoever gets at the storage can read what is on it",
      changed(
        "roles/db/main.yml",
        "- name: shop\n  amazon.aws.rds_instance:\n    storage_encrypted: true\n",
        "- name: shop, again\n  amazon.aws.rds_instance:\n    storage_encrypted: false\n",
      ),
    ],
    [
      "drops `publicNetworkAccess`: without it, it can be reached from the internet",
      changed("kv.bicep", vault("    publicNetworkAccess: 'Disabled'\n"), vault("")),
    ],
    [
      "sets `publicNetworkAccess` to `Enabled`: it can be reached from the internet",
      changed(
        "azuredeploy.json",
        '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n"publicNetworkAccess": "Disabled"}\n',
        '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n"publicNetworkAccess": "Enabled"}\n',
      ),
    ],
    [
      "sets `publicly_accessible` to `true`: it can be reached from the internet",
      changed(
        "roles/db/main.yml",
        "- name: shop\n  amazon.aws.rds_instance:\n    publicly_accessible: false\n",
        "- name: shop\n  amazon.aws.rds_instance:\n    publicly_accessible: yes\n",
      ),
    ],
    [
      "sets `authType` to `NONE`: anyone can call it without signing in",
      changed(
        "lib/a.ts",
        'import * as l from "aws-cdk-lib/aws-lambda";\nfn.addFunctionUrl({ authType: l.FunctionUrlAuthType.AWS_IAM });\n',
        'import * as l from "aws-cdk-lib/aws-lambda";\nfn.addFunctionUrl({ authType: l.FunctionUrlAuthType.NONE });\n',
      ),
    ],
  ],
  ignores: [
    [
      "no such program",
      changed("src/a.ts", "open({ publiclyAccessible: false });\n", "open({ publiclyAccessible: true });\n"),
    ],
    [
      "it goes with what it was said of",
      changed("kv.bicep", vault("    publicNetworkAccess: 'Disabled'\n"), "// none\n"),
    ],
    ["it becomes safe", changed("index.ts", pulumi("  publiclyAccessible: true,\n"), pulumi(""))],
    [
      "a comment",
      changed(
        "index.ts",
        pulumi("  publiclyAccessible: false,\n"),
        pulumi("  publiclyAccessible: false,\n  // publiclyAccessible: true\n"),
      ),
    ],
  ],
};

const AT_RISK: Rule = {
  id: "programs/data-at-risk",
  kind: "destructive",
  asks: "block",
  when: "backups, versions or a protection go or are switched off in such a program or template",
  file: find("destructive", true),
  reports: [
    [
      "drops `point_in_time_recovery`: without it, what is lost from now on cannot be brought back",
      changed("stack.py", table("    point_in_time_recovery=True,\n"), table("")),
    ],
    [
      "sets `backupRetentionPeriod` to `0`: what is lost from now on cannot be brought back",
      changed("index.ts", pulumi("  backupRetentionPeriod: 14,\n"), pulumi("  backupRetentionPeriod: 0,\n")),
    ],
  ],
  ignores: [
    ["a new one does without", added("index.ts", pulumi("  backupRetentionPeriod: 0,\n"))],
    ["it comes", changed("stack.py", table(""), table("    point_in_time_recovery=True,\n"))],
  ],
};

const CREATED: readonly Rule[] = [
  {
    id: "programs/created-unguarded",
    kind: "widening",
    asks: "show",
    when: "something new does without a guard in such a program or template",
    file: find("widening", false),
    reports: [
      [
        "sets `storageEncrypted` to `false`: whoever gets at the storage can read what is on it",
        added("index.ts", pulumi("  storageEncrypted: false,\n")),
      ],
    ],
    ignores: [["it is safe", added("index.ts", pulumi("  storageEncrypted: true,\n"))]],
  },
  {
    id: "programs/created-unprotected",
    kind: "destructive",
    asks: "show",
    when: "something new does without backups or protection in such a program or template",
    file: find("destructive", false),
    reports: [
      [
        "sets `backupRetentionPeriod` to `0`: what is lost from now on cannot be brought back",
        added("index.ts", pulumi("  backupRetentionPeriod: 0,\n")),
      ],
    ],
    ignores: [["it is safe", added("index.ts", pulumi("  backupRetentionPeriod: 7,\n"))]],
  },
];

export const PROGRAMS: RuleSet = {
  name: "programs",
  title: "Programs and templates that make infrastructure (CDK, Pulumi, Bicep, ARM, Ansible, Crossplane)",
  reads: ({ path, isLive }) => isLive && mayMakeThings(path),
  rules: [REMOVED, WEAKENED, AT_RISK, OPEN_TO_ALL, GRANTED, CONDITION_DROPPED, ...CREATED],
};
