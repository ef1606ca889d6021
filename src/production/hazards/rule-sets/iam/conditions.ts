import type { Steps } from "../../../../notation/steps.ts";
import { restricts } from "../../reading/conditions.ts";
import { likelyFormer } from "../../reading/parts.ts";
import { type Statement, statementsIn } from "../../reading/statements.ts";
import { type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./each-statement.ts";
import { hasSource, principalIn } from "./permissions.ts";
import { byActionOf, comparisons, formerGrants } from "./same-grant.ts";
import { document } from "./samples.ts";

/** What conditions are on, whatever their keys are worked out from. */
const variablesOf = ({ conditions }: Statement) =>
  conditions.filter(restricts).map(({ variable }) => variable.replaceAll(/\$\{[^}]*\}/g, "…"));

/** For each action that was allowed only under conditions: those without which it is allowed now. */
function* lostIn(statement: Statement, byAction: ReadonlyMap<string, readonly Statement[]>, budget: Steps) {
  const kept = new Set(variablesOf(statement));
  for (const action of statement.actions) {
    const old = formerGrants({ action, statement }, byAction, budget);
    const lost = old.map((each) => variablesOf(each).filter((variable) => !kept.has(variable)));
    const [fewest] = lost.toSorted((one, other) => one.length - other.length);
    if (fewest !== undefined && fewest.length > 0) yield fewest;
  }
}

const ofService = (service: string, isNarrow: boolean) =>
  `    actions = ["kms:Decrypt"]\n    resources = ["*"]\n    principals {\n      type = "Service"\n      identifiers = ["${service}.amazonaws.com"]\n    }\n${
    isNarrow
      ? '    condition {\n      test = "ArnEquals"\n      variable = "aws:SourceArn"\n      values = ["x"]\n    }\n'
      : ""
  }`;

export const CONDITION_DROPPED: Rule = {
  id: "iam/condition-dropped",
  kind: "widening",
  asks: "block",
  when: "something that a statement allowed only under a condition is allowed without it",
  parts: {
    of: OF,
    *find(part, all) {
      const before = likelyFormer(part, all);
      if (part.after === undefined || before === undefined) return;
      const byAction = byActionOf(statementsIn(before));
      const budget = comparisons();
      for (const statement of statementsIn(part.after)) {
        const [lost] = lostIn(statement, byAction, budget);
        if (lost === undefined) continue;
        const why = `drops the condition on ${shown(lost.join(", "))} from ${shown(part.name)}: what it kept out gets in`;
        yield { what: shown(part.name), file: part.file, line: statement.line, side: "after", why };
      }
    },
  },
  reports: [
    [
      "drops the condition on `aws:PrincipalArn` from `data.aws_iam_policy_document.app`: what it kept out gets in",
      changed(
        "iam.tf",
        document(
          '    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalArn"\n      values = ["x"]\n    }',
        ),
        document('    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]'),
      ),
    ],
    [
      "drops the condition on `aws:PrincipalArn` from `data.aws_iam_policy_document.app`: what it kept out gets in",
      changed(
        "iam.tf",
        document(
          '    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalArn"\n      values = ["x"]\n    }',
        ),
        document('    actions = ["s3:DeleteObject", "s3:ListBucket"]\n    resources = ["arn:aws:s3:::b/*"]'),
      ),
    ],
    [
      "drops the condition on `aws:SourceArn` from `data.aws_iam_policy_document.app`: what it kept out gets in",
      changed("iam.tf", document(ofService("logs", true)), document(ofService("logs", false))),
    ],
  ],
  ignores: [
    [
      "it kept nobody out",
      changed(
        "iam.tf",
        document(
          '    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    condition {\n      test = "Bool"\n      variable = "aws:SecureTransport"\n      values = ["true"]\n    }',
        ),
        document('    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]'),
      ),
    ],
    [
      "another service is let in",
      changed(
        "iam.tf",
        document(ofService("logs", true)),
        document(`${ofService("logs", true)}  }\n  statement {\n${ofService("ses", false)}`),
      ),
    ],
    [
      "another condition comes",
      changed(
        "iam.tf",
        document('    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]'),
        document(
          '    actions = ["s3:DeleteObject"]\n    resources = ["arn:aws:s3:::b/*"]\n    condition {\n      test = "StringEquals"\n      variable = "aws:PrincipalArn"\n      values = ["x"]\n    }',
        ),
      ),
    ],
  ],
};

/** A service may call the function for whatever account asks the service to. */
function isAnySource(tree: Tree | undefined): boolean {
  return /\.amazonaws\.com$/.test(textOf(principalIn(tree))) && !hasSource(tree);
}

const permission = (more: string) =>
  `resource "aws_lambda_permission" "a" {\n  principal = "s3.amazonaws.com"\n${more}}\n`;

export const SOURCE_DROPPED: Rule = {
  id: "iam/source-dropped",
  kind: "widening",
  asks: "block",
  when: "a function that one source could call can be called for any account",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (!/^(?:aws_lambda_permission|AWS::Lambda::Permission)$/.test(type)) return;
      if (before === undefined || after === undefined || isAnySource(before) || !isAnySource(after)) return;
      const why = `drops the source from ${shown(name)}: the service may call it for any account`;
      yield { what: shown(name), file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      "drops the source from `aws_lambda_permission.a`: the service may call it for any account",
      changed("l.tf", permission("  source_arn = aws_s3_bucket.a.arn\n"), permission("")),
    ],
  ],
  ignores: [
    [
      "another source",
      changed("l.tf", permission('  source_arn = "a"\n'), permission('  source_arn = "b"\n')),
    ],
  ],
};

export const ANY_SOURCE: Rule = {
  id: "iam/created-any-source",
  kind: "widening",
  asks: "show",
  when: "a new function can be called by a service for any account",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (!/^(?:aws_lambda_permission|AWS::Lambda::Permission)$/.test(type)) return;
      if (before !== undefined || after === undefined || !isAnySource(after)) return;
      const why = `creates ${shown(name)} without a source: the service may call it for any account`;
      yield { what: shown(name), file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      "creates `aws_lambda_permission.a` without a source: the service may call it for any account",
      added("l.tf", permission("")),
    ],
  ],
  ignores: [["one bucket", added("l.tf", permission("  source_arn = aws_s3_bucket.a.arn\n"))]],
};
