import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { changed, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { CODE } from "../cdk.ts";
import { begunBy, makesThings } from "./constructs.ts";

/** Classes of what holds data, keys or names, by their last word: `aws.rds.Instance "shop"`. */
const HOLDS =
  /(?:^|[.\s])(?:New)?\w*(?:Instance|Database|Cluster|Table|TableV2|Bucket|BucketV2|Queue|Topic|Volume|FileSystem|UserPool|Vault|Key|Secret|Stream|Repository|HostedZone|Zone|Domain|Dataset|Server|StorageAccount|BlobContainer|DatabaseAccount|Disk|Cache|Broker|Ledger)\s+\S/;

function* begunIn(text: string | null | undefined): Generator<{ label: string; line: number }> {
  const lines = (text ?? "").split("\n");
  for (const [index, line] of lines.entries()) {
    const label = begunBy(line, lines[index + 1] ?? "");
    if (label !== null && HOLDS.test(label)) yield { label, line: index + 1 };
  }
}

function* removals(files: readonly FileChange[]): Generator<Finding> {
  const programs = files.filter((file) => CODE.test(file.path) && makesThings(file));
  const left = new Set(programs.flatMap(({ after }) => [...begunIn(after)].map(({ label }) => label)));
  for (const file of programs)
    for (const { label, line } of begunIn(file.before)) {
      if (left.has(label)) continue;
      const why = `removes ${shown(label)}: it is destroyed, or left without anything that manages it`;
      yield { what: shown(label), file: file.path, line, side: "before", why };
    }
}

const program = (lines: string) => `import * as aws from "@pulumi/aws";\n${lines}`;
const DATABASE = 'const db = new aws.rds.Instance("shop", {\n  engine: "postgres",\n});\n';

export const REMOVED: Rule = {
  id: "programs/resource-removed",
  kind: "destructive",
  asks: "block",
  when: "a store of data, a key or a zone goes from a program of CDK or Pulumi, or gets another name",
  files: removals,
  reports: [
    [
      "removes `aws.rds.Instance shop`: it is destroyed, or left without anything that manages it",
      changed("index.ts", program(DATABASE), program("")),
    ],
    [
      "removes `aws.rds.Instance shop`: it is destroyed, or left without anything that manages it",
      changed("index.ts", program(DATABASE), program(DATABASE.replace("shop", "orders"))),
    ],
    [
      "removes `dynamodb.Table Orders`: it is destroyed, or left without anything that manages it",
      removed(
        "stack.py",
        'from aws_cdk import aws_dynamodb as dynamodb\ndynamodb.Table(\n    self, "Orders",\n    billing=1)\n',
      ),
    ],
  ],
  ignores: [
    [
      "it moved to another file",
      removed("a.ts", program(DATABASE)),
      changed("b.ts", program(""), program(DATABASE)),
    ],
    [
      "its settings change",
      changed("index.ts", program(DATABASE), program(DATABASE.replace("postgres", "mysql"))),
    ],
    ["what holds nothing", changed("index.ts", program('new aws.iam.Role("a");\n'), program(""))],
  ],
};
