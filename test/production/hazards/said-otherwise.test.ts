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

const account = (lines: string) =>
  `resource "azurerm_storage_account" "a" {\n  count = 1\n  min_tls_version = "TLS1_2"\n${lines}}\n`;
const RULES = '  network_rules {\n    default_action = "Deny"\n  }\n';
const rules = (action: string) =>
  `resource "azurerm_storage_account_network_rules" "a" {\n  storage_account_id = azurerm_storage_account.a[0].id\n  default_action = "${action}"\n}\n`;

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
    ["a block of an account that becomes one", account(RULES), `${account("")}${rules("Deny")}`],
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

const UNASKED = "terragrunt apply --terragrunt-non-interactive -auto-approve\n";

describe("commands that ask nobody", () => {
  test.each([
    ["the same, said otherwise", UNASKED, "terragrunt run --non-interactive -- apply -auto-approve\n", []],
    [
      "all stacks instead of one",
      UNASKED,
      "terragrunt run-all apply --terragrunt-non-interactive -auto-approve\n",
      ["scripts/auto-approve"],
    ],
    ["one more", UNASKED, UNASKED.repeat(2), ["scripts/auto-approve"]],
    ["one that asked before", "terragrunt apply\n", UNASKED, ["scripts/auto-approve"]],
  ])("%s", (_, before, after, ids) => {
    const file = { path: "scripts/apply.sh", status: "modified", before, after } as const;
    expect(findHazards([file]).map(({ id }) => id)).toEqual(ids);
  });
});

const REPOSITORY = 'resource "github_repository" "a" {\n  name = "a"\n';
const ALERTS = `${REPOSITORY}  vulnerability_alerts = true\n}\n`;
const ignoring = (name: string) => `${REPOSITORY}  lifecycle {\n    ignore_changes = [${name}]\n  }\n}\n`;

describe("a setting that goes", () => {
  test("and is left as it is", () => {
    expect(idsOf(ALERTS, ignoring("pages, vulnerability_alerts"))).toEqual([]);
  });

  test("and is not", () => {
    expect(idsOf(ALERTS, ignoring("pages"))).toEqual(["guards/weakened"]);
  });
});

test("a setting is called as it is written", () => {
  const module = (line: string) => `module "vpc" {\n  source = "vpc"\n${line}}\n`;
  const [found] = findHazards([
    {
      path: "vpc.tf",
      status: "modified",
      before: module(""),
      after: module("  map_public_ip_on_launch = true\n"),
    },
  ]);
  expect(found?.why).toMatch(/^sets `map_public_ip_on_launch` of `module.vpc` to `true`/);
});

test("of files that are judged together, the one that cannot be read is named", () => {
  const found = findHazards([
    { path: ".gitlab-ci.yml", status: "removed", before: "test:\n  script: [make test]\n", after: null },
    { path: "buildspec-a.yml", status: "added", before: null, after: "a: b: c\n" },
  ]);
  const said = found.filter(({ id }) => id === "files/unreadable").map(({ file, why }) => [file, why]);
  expect(new Map(said.map(([file = "", why = ""]) => [file, why]))).toEqual(
    new Map([
      [
        ".gitlab-ci.yml",
        "changes `.gitlab-ci.yml`, which is judged together with `buildspec-a.yml`, and that cannot be read here, because it is not written as its name says: an owner has to look",
      ],
      [
        "buildspec-a.yml",
        "changes `buildspec-a.yml`, which cannot be read here, because it is not written as its name says: an owner has to look",
      ],
    ]),
  );
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
    [
      "a block that becomes a laxer one",
      account(RULES),
      `${account("")}${rules("Allow")}`,
      "storage/public-database",
    ],
    ["a resource for another bucket", bucket(LOGS), `${bucket("")}${logging("b")}`, "watch/switched-off"],
    [
      "a setting that goes from a block",
      domain(endpoint('tls_security_policy = "Policy-Min-TLS-1-2-2019-07"')),
      domain(endpoint("custom_endpoint_enabled = true")),
      "network/transport-plain",
    ],
  ])("%s", (_, before, after, id) => {
    expect(new Set(idsOf(before, after))).toEqual(new Set([id]));
  });
});
