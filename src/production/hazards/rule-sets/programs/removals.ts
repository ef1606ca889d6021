import type { Finding, Side } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { CODE } from "../cdk.ts";
import { begunBy, makesThings } from "./constructs.ts";
import { programLines } from "./program-lines.ts";

/** Classes of what holds data, keys or names, by their last word: `aws.rds.Instance "shop"`. */
const HOLDS =
  /(?:^|[.\s])(?:New)?\w*(?:Instance|Database|Cluster|Table|TableV2|Bucket|BucketV2|Queue|Topic|Volume|FileSystem|UserPool|Vault|Key|Secret|Stream|Repository|HostedZone|Zone|Domain|Dataset|Server|StorageAccount|BlobContainer|DatabaseAccount|Disk|Cache|Broker|Ledger)\s+\S/;

/** What one side makes; what may be a comment makes nothing that stays. */
function begunIn(file: FileChange, side: Side) {
  const key = side === "before" ? "text" : "plain";
  const lines = programLines(file, side);
  return lines.flatMap(({ line, [key]: text }, index) => {
    const label = begunBy(text, lines[index + 1]?.[key] ?? "");
    return label !== null && HOLDS.test(label) ? [{ key: label, line, file: file.path }] : [];
  });
}

function* removals(files: readonly FileChange[]): Generator<Finding> {
  const programs = files.filter((file) => CODE.test(file.path) && makesThings(file));
  const left = programs.flatMap((file) => begunIn(file, "after"));
  const had = programs.flatMap((file) => begunIn(file, "before"));
  for (const { key: label, line, file } of gained(left, had)) {
    const why = `removes ${shown(label)}: it is destroyed, or left without anything that manages it`;
    yield { what: shown(label), file, line, side: "before", why };
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
    ...[
      `/*\n${DATABASE}*/\n`,
      DATABASE.replaceAll(/^/gm, "// "),
      "run(); // new aws.rds.Instance('shop', {\n",
    ].map(
      (after): Example => [
        "removes `aws.rds.Instance shop`: it is destroyed, or left without anything that manages it",
        changed("index.ts", program(DATABASE), program(after)),
      ],
    ),
    [
      "removes `aws.rds.Instance shop`: it is destroyed, or left without anything that manages it",
      removed("prod.ts", program(DATABASE)),
      changed("stage.ts", program(DATABASE), program(DATABASE.replace("postgres", "mysql"))),
    ],
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
