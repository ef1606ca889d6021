export const document = (statement: string) =>
  `data "aws_iam_policy_document" "app" {\n  statement {\n${statement}\n  }\n}\n`;
export const json = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }, null, 2);

/** A role that what one issuer calls so may assume. */
export const oidc = (subject: string) =>
  document(
    `    actions = ["sts:AssumeRoleWithWebIdentity"]\n    principals {\n      type = "Federated"\n      identifiers = ["arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"]\n    }\n    condition {\n      test = "StringLike"\n      variable = "token.actions.githubusercontent.com:sub"\n      values = ["${subject}"]\n    }`,
  );
