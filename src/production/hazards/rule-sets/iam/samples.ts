export const document = (statement: string) =>
  `data "aws_iam_policy_document" "app" {\n  statement {\n${statement}\n  }\n}\n`;
export const json = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }, null, 2);
