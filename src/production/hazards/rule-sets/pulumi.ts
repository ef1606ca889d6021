import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { CODE } from "./cdk.ts";

const PULUMI_PROTECT: Rule = {
  id: "pulumi/protection-dropped",
  kind: "destructive",
  asks: "block",
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
  reports: [
    [
      "drops `protect`: nothing keeps the resource from being deleted any more",
      changed(
        "index.ts",
        'import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("a", {}, { protect: true });\n',
        'import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("a", {}, {});\n',
      ),
    ],
  ],
  ignores: [["no Pulumi program", changed("index.ts", "guard({ protect: true });\n", "guard({});\n")]],
};

const PULUMI_FORCE: Rule = {
  id: "pulumi/force-destroy",
  kind: "destructive",
  asks: "block",
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
  reports: [
    ["sets `forceDestroy`: what is in it is lost with it", added("index.ts", "{ forceDestroy: true }\n")],
  ],
  ignores: [["it is off", added("index.ts", "{ forceDestroy: false }\n")]],
};

export const PULUMI: RuleSet = {
  name: "pulumi",
  title: "Pulumi",
  reads: ({ path, isLive }) => (CODE.test(path) || /(?:^|\/)Pulumi[^/]*\.ya?ml$/.test(path)) && isLive,
  rules: [PULUMI_PROTECT, PULUMI_FORCE],
};
