import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";

const idsOf = (before: string, after: string) =>
  findHazards([{ path: "infra/prod/main.tf", status: "modified", before, after }]).map(({ id }) => id);

const attachment = (role: string) =>
  `resource "aws_iam_role_policy_attachment" "a" {\n  role = ${role}\n  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"\n}\n`;

const topic = (arn: string) =>
  `data "aws_iam_policy_document" "a" {\n  statement {\n    effect = "Allow"\n    actions = ["sns:Publish"]\n    principals {\n      type = "AWS"\n      identifiers = ["*"]\n    }\n    resources = ["\${${arn}}"]\n  }\n}\n`;

const bucket = (lines: string) => `resource "aws_s3_bucket" "a" {\n  bucket = "a"\n${lines}}\n`;
const LOGS = '  logging {\n    target_bucket = "logs"\n  }\n';
const logging = (of: string) =>
  `resource "aws_s3_bucket_logging" "a" {\n  bucket = aws_s3_bucket.${of}.id\n  target_bucket = "logs"\n}\n`;

const domain = (lines: string) =>
  `resource "aws_elasticsearch_domain" "a" {\n  domain_name = "a"\n${lines}}\n`;
const endpoint = (line: string) => `  domain_endpoint_options {\n    ${line}\n  }\n`;

describe("the same, said otherwise, raises nothing", () => {
  test.each([
    [
      "an expression out of its quotes",
      attachment(`"\${aws_iam_role.a.name}"`),
      attachment("aws_iam_role.a.name"),
    ],
    [
      "the first of a resource that has a count now",
      topic("aws_sns_topic.a.arn"),
      topic("aws_sns_topic.a[0].arn"),
    ],
    ["a block that becomes a resource", bucket(LOGS), `${bucket("")}${logging("a")}`],
    [
      "a block that comes without a setting nobody had set",
      domain(""),
      domain(endpoint("custom_endpoint_enabled = true")),
    ],
  ])("%s", (_, before, after) => {
    expect(idsOf(before, after)).toEqual([]);
  });
});

describe("what is another thing is told", () => {
  test.each([
    [
      "another role",
      attachment(`"\${aws_iam_role.a.name}"`),
      attachment("aws_iam_role.b.name"),
      "iam/full-access",
    ],
    ["another topic", topic("aws_sns_topic.a.arn"), topic("aws_sns_topic.b[0].arn"), "iam/public-principal"],
    [
      "the second of them",
      topic("aws_sns_topic.a.arn"),
      topic("aws_sns_topic.a[1].arn"),
      "iam/public-principal",
    ],
    ["a resource for another bucket", bucket(LOGS), `${bucket("")}${logging("b")}`, "watch/switched-off"],
    [
      "a setting that goes from a block",
      domain(endpoint('tls_security_policy = "Policy-Min-TLS-1-2-2019-07"')),
      domain(endpoint("custom_endpoint_enabled = true")),
      "network/transport-plain",
    ],
  ])("%s", (_, before, after, id) => {
    expect(idsOf(before, after)).toEqual([id]);
  });
});
