import { traitRule } from "../../builders.ts";
import { covers } from "../../reading/wildcards.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { eachStatement, OF } from "./each-statement.ts";
import { document, oidc } from "./samples.ts";
import { subjectsOf } from "./subjects.ts";

export const TRUST_WIDENED: Rule = traitRule({
  id: "iam/trust-widened",
  kind: "widening",
  asks: "block",
  when: "a role that was there lets another account, role or identity from outside assume it",
  of: OF,
  traits: eachStatement((statement, { name, before }) =>
    before !== undefined && statement.actions.some((action) => action.startsWith("sts:AssumeRole"))
      ? [
          ...statement.principals.map((principal) => ({ name: principal, isPattern: false })),
          ...subjectsOf(statement),
        ]
          .filter((whom) => whom.name !== "*")
          .map((whom) => ({
            key: whom.name,
            line: statement.line,
            what: shown(name),
            why: `lets ${shown(whom.name)} assume ${shown(name)}`,
            isPattern: whom.isPattern,
          }))
      : [],
  ),
  isWithin: (now, was) => was.isPattern === true && covers(was.key, now.key),
  reports: [
    [
      "lets `arn:aws:iam::2:root` assume `data.aws_iam_policy_document.app`",
      changed(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root"]\n    }',
        ),
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "AWS"\n      identifiers = ["arn:aws:iam::1:root", "arn:aws:iam::2:root"]\n    }',
        ),
      ),
    ],
    [
      "lets `repo:acme/*` assume `data.aws_iam_policy_document.app`",
      changed("iam.tf", oidc("repo:acme/shop:ref:refs/heads/main"), oidc("repo:acme/*")),
    ],
    [
      "lets `repo:acme/shop:ref:refs/heads/main` assume `data.aws_iam_policy_document.app`",
      changed(
        "iam.tf",
        oidc("repo:acme/shop:*").replace("StringLike", "StringEquals"),
        oidc("repo:acme/shop:ref:refs/heads/main"),
      ),
    ],
  ],
  ignores: [
    [
      "fewer of those whom a pattern let in",
      changed("iam.tf", oidc("repo:acme/shop:*"), oidc("repo:acme/shop:ref:refs/heads/main")),
    ],
    [
      "a service of the cloud itself",
      changed(
        "iam.tf",
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "Service"\n      identifiers = ["ec2.amazonaws.com"]\n    }',
        ),
        document(
          '    actions = ["sts:AssumeRole"]\n    principals {\n      type = "Service"\n      identifiers = ["lambda.amazonaws.com"]\n    }',
        ),
      ),
    ],
  ],
});
