import type { Finding } from "../hazard.ts";
import { withoutComments } from "../reading/comments.ts";
import { gained } from "../reading/compare.ts";
import type { ChangedLine } from "../reading/lines.ts";
import { piecesOf } from "../reading/pieces.ts";
import { added, changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

/** Commands by which something is opened, each with one that does so and one that is near. */
interface Command {
  readonly pattern: RegExp;
  readonly why: string;
  readonly says: string;
  readonly near: string;
}

const ANYONE = "anyone can call it without signing in";
const READS = "everybody can read it";

const COMMANDS: readonly Command[] = [
  {
    pattern: /(?<!no)-{2}allow-unauthenticated\b/,
    why: ANYONE,
    says: "gcloud run deploy a --allow-unauthenticated",
    near: "gcloud run deploy a --no-allow-unauthenticated",
  },
  {
    pattern:
      /\b(?:gh|glab)\s+(?:repo|api)\b.{0,200}(?:--visibility[= ]"?public\b|visibility=public\b|--public\b|private=false\b)/,
    why: READS,
    says: "gh repo edit a/b --visibility public",
    near: "gh repo edit a/b --visibility private",
  },
  {
    pattern: /\ballUsers\b|\ballAuthenticatedUsers\b/,
    why: "everybody is let in",
    says: "gsutil iam ch allUsers:objectViewer gs://a",
    near: "gsutil iam ch user:a@b.example:objectViewer gs://a",
  },
  {
    pattern:
      /\baws\s+s3(?:api)?\b.{0,200}(?:--acl[= ]"?public-read|delete-public-access-block|Block\w+=false)/,
    why: READS,
    says: "aws s3api put-bucket-acl --bucket a --acl public-read",
    near: "aws s3api put-bucket-acl --bucket a --acl private",
  },
  {
    pattern:
      /\baz\s.{0,200}(?:--public-access[= ]"?(?:blob|container)|--public-network-access[= ]"?Enabled|--allow-blob-public-access[= ]"?true|--default-action[= ]"?Allow)/i,
    why: READS,
    says: "az storage container set-permission -n a --public-access blob",
    near: "az storage container set-permission -n a --public-access off",
  },
  {
    pattern:
      /\bmodify-(?:snapshot|image|db-snapshot|db-cluster-snapshot)-attribute\b.{0,200}(?:--group-names[= ]"?all\b|Group=all\b|--values-to-add[= ]"?all\b)/,
    why: READS,
    says: "aws ec2 modify-snapshot-attribute --snapshot-id a --operation-type add --group-names all",
    near: "aws ec2 modify-snapshot-attribute --snapshot-id a --operation-type add --user-ids 111122223333",
  },
  {
    pattern:
      /\bcreate-function-url-config\b.{0,200}--auth-type[= ]"?NONE|\badd-permission\b.{0,200}--principal[= ]["']?\*/,
    why: ANYONE,
    says: "aws lambda create-function-url-config --function-name a --auth-type NONE",
    near: "aws lambda create-function-url-config --function-name a --auth-type AWS_IAM",
  },
  {
    pattern: /\bkubectl\s.{0,100}\bclusterrolebinding\b.{0,200}--clusterrole[= ]"?cluster-admin\b/,
    why: "whoever is bound may do everything in the cluster",
    says: "kubectl create clusterrolebinding a --clusterrole=cluster-admin --user=b",
    near: "kubectl create clusterrolebinding a --clusterrole=view --user=b",
  },
  {
    pattern:
      /\b(?:add-iam-policy-binding|set-iam-policy)\b.{0,300}roles\/(?:owner|editor)\b|\battach-(?:role|user|group)-policy\b.{0,300}\/AdministratorAccess\b|\baz\s+role\s+assignment\s+create\b.{0,300}--role[= ]"?Owner\b/,
    why: "whoever gets it may do everything",
    says: "gcloud projects add-iam-policy-binding a --member=user:b --role=roles/owner",
    near: "gcloud projects add-iam-policy-binding a --member=user:b --role=roles/viewer",
  },
  {
    pattern:
      /(?<![\w-])--source-ranges[= ]"?(?:0\.0\.0\.0\/0|::\/0)|--source-address-prefix(?:es)?[= ]["']?(?:\*|Internet|0\.0\.0\.0\/0)/,
    why: "the whole internet is let in",
    says: "  --source-ranges 0.0.0.0/0",
    near: "  --source-ranges 10.0.0.0/8",
  },
  {
    pattern:
      /--(?:master-)?authorized-networks[= ]["']?0\.0\.0\.0\/0|\bfirewall-rule\s+create\b.{0,300}--start-ip-address[= ]["']?0\.0\.0\.0\b|\bufw\s+(?:allow|default\s+allow)\s+(?:from\s+any|incoming)\b|\bendpointPublicAccess=true\b|--(?:no-)?publicly-accessible\b(?<!no-publicly-accessible)/,
    why: "the whole internet can reach it",
    says: "gcloud sql instances patch a --authorized-networks=0.0.0.0/0",
    near: "aws rds modify-db-instance --no-publicly-accessible",
  },
  {
    pattern: /\bmc\s+(?:anonymous|policy)\s+set\s+(?:public|download|upload)\b/,
    why: READS,
    says: "mc anonymous set public a/b",
    near: "mc anonymous set none a/b",
  },
];

const SCRIPT =
  /\.(?:sh|bash|zsh|ps1|bat|mk|ya?ml|toml|groovy|py|rb)$|(?:^|\/)(?:Makefile|Jenkinsfile|justfile|Taskfile)[^/]*$/;

function foundIn(pattern: RegExp, text: string): string | undefined {
  return piecesOf(text)
    .map((piece) => pattern.exec(piece)?.[0])
    .find((found) => found !== undefined);
}

/** The lines that say it. Each says the same as another that differs in its options alone. */
function sayingIt(pattern: RegExp, lines: readonly ChangedLine[]) {
  return lines.flatMap(({ text, line }) => {
    const found = foundIn(pattern, text);
    if (found === undefined) return [];
    const words = text.trim().split(/\s+/);
    const key = JSON.stringify([found, ...words.filter((word) => !word.startsWith("-"))]);
    return [{ found, line, key }];
  });
}

const OPENED_BY_COMMAND: Rule = {
  id: "access/opened-by-command",
  kind: "widening",
  asks: "block",
  when: "a command in a script or a pipeline makes something public, or gives everything to somebody",
  *file(file): Generator<Finding> {
    const fresh = withoutComments(file, "after");
    if (fresh.length === 0 || !SCRIPT.test(file.path)) return;
    const gone = withoutComments(file, "before");
    for (const { pattern, why } of COMMANDS) {
      const said = sayingIt(pattern, fresh);
      if (said.length === 0) continue;
      for (const { found, line } of gained(sayingIt(pattern, gone), said))
        yield {
          what: shown(found),
          file: file.path,
          line,
          side: "after",
          why: `runs ${shown(found)}: ${why}`,
          by: "diff",
        };
    }
  },
  reports: [
    ...COMMANDS.map(
      ({ pattern, why, says }): Example => [
        `runs ${shown(pattern.exec(says)?.[0] ?? "")}: ${why}`,
        added("scripts/a.sh", `${says}\n`),
      ],
    ),
    ...["gsutil iam ch allUsers:a b\ngsutil iam ch -r allUsers:a b\n", "gsutil iam ch allUsers:a c\n"].map(
      (after): Example => [
        "runs `allUsers`: everybody is let in",
        changed("scripts/a.sh", "gsutil -m iam ch allUsers:a b\n", after),
      ],
    ),
  ],
  ignores: [
    ...COMMANDS.map(({ near }): Example => ["it opens nothing", added("scripts/a.sh", `${near}\n`)]),
    [
      "it was run before",
      changed("scripts/a.sh", "gsutil iam ch allUsers:a b\n", "gsutil -m iam ch allUsers:a b\n"),
    ],
  ],
};

export const COMMANDS_SET: RuleSet = {
  name: "commands",
  title: "Commands that open something",
  reads: ({ path, isLive }) => isLive && SCRIPT.test(path),
  rules: [OPENED_BY_COMMAND],
};
