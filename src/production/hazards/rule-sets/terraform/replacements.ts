import { settingsOf } from "../../reading/compare.ts";
import { at, literalOf, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF, same } from "./blocks.ts";
import { lossOf, MADE_ANEW } from "./losses.ts";

const ACCOUNTS = new Set([
  "region",
  "project",
  "account_id",
  "allowed_account_ids",
  "subscription_id",
  "tenant_id",
  "profile",
  "role_arn",
  "host",
  "config_context",
  "organization",
]);

const PROVIDER_CHANGED: Rule = {
  id: "terraform/provider-changed",
  kind: "destructive",
  asks: "block",
  when: "a provider points at another account, project, region or cluster",
  parts: {
    of: OF,
    *find(part) {
      const { type, name, file, before, after } = part;
      if (type !== "provider" || before === undefined || after === undefined) return;
      for (const setting of settingsOf(part, ACCOUNTS)) {
        const literals = [setting.before, setting.after].filter((each) => literalOf(each) !== undefined);
        if (setting.before === undefined || setting.after === undefined || literals.length === 0) continue;
        if (same(setting.before, setting.after)) continue;
        const loss = "what the state knows is not found there, and is made anew";
        const why =
          literals.length === 2
            ? `points ${shown(name)} at another \`${setting.name}\`: ${loss}`
            : `says \`${setting.name}\` of ${shown(name)} in another way: if it is another one, ${loss}`;
        yield {
          what: shown(name),
          file,
          line: setting.line,
          side: "after",
          why,
          before: textOf(setting.before),
          after: textOf(setting.after),
        };
      }
    },
  },
  reports: [
    [
      "points `provider.aws` at another `region`: what the state knows is not found there, and is made anew",
      changed(
        "p.tf",
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        'provider "aws" {\n  region = "us-east-1"\n}\n',
      ),
    ],
    [
      "says `region` of `provider.aws` in another way: if it is another one, what the state knows is not found there, and is made anew",
      changed(
        "p.tf",
        'provider "aws" {\n  region = var.region\n}\n',
        'provider "aws" {\n  region = "us-east-1"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "only its tags change",
      changed(
        "p.tf",
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        'provider "aws" {\n  region = "eu-west-1"\n  default_tags {\n    tags = { a = "b" }\n  }\n}\n',
      ),
    ],
  ],
};

const STATE_KEYS = new Set([
  "bucket",
  "key",
  "prefix",
  "organization",
  "hostname",
  "name",
  "path",
  "container_name",
  "storage_account_name",
  "workspace_key_prefix",
  "address",
]);

/** Of Terragrunt, `backend` only names the kind. */
function backendOf(tree: Tree | undefined): Tree | undefined {
  return at(tree, "config") ?? at(tree, "backend") ?? at(tree, "cloud");
}

const BACKEND_CHANGED: Rule = {
  id: "terraform/backend-changed",
  kind: "destructive",
  asks: "block",
  when: "the backend, its bucket or the key of the state changes or goes",
  parts: {
    of: OF,
    *find({ type, file, before, after }) {
      if ((type !== "terraform" && type !== "remote_state") || before === undefined || after === undefined)
        return;
      const was = backendOf(before);
      const is = backendOf(after);
      if (was === undefined) return;
      const found = {
        what: "the state",
        file,
        side: is === undefined ? ("before" as const) : ("after" as const),
      };
      const loss = "Terraform finds no state there, and plans everything anew";
      if (is === undefined) {
        yield { ...found, line: was.line, why: `removes the backend of the state: ${loss}` };
        return;
      }
      for (const { name, line, ...each } of settingsOf({ before: was, after: is }, STATE_KEYS)) {
        if (same(each.before, each.after) || name === "dynamodb_table") continue;
        const values = { before: textOf(each.before), after: textOf(each.after) };
        const why =
          each.before === undefined
            ? `says \`${name}\` of the state's backend, which was given elsewhere: if it was another, ${loss}`
            : `changes \`${name}\` of the state's backend: ${loss}`;
        yield { ...found, line, why, ...values };
      }
    },
  },
  reports: [
    [
      "changes `key` of the state's backend: Terraform finds no state there, and plans everything anew",
      changed(
        "b.tf",
        'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "shop"\n  }\n}\n',
        'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "shop2"\n  }\n}\n',
      ),
    ],
    [
      "changes `bucket` of the state's backend: Terraform finds no state there, and plans everything anew",
      changed(
        "live/root.hcl",
        'remote_state {\n  backend = "s3"\n  config = {\n    bucket = "a"\n  }\n}\n',
        'remote_state {\n  backend = "s3"\n  config = {\n    bucket = "b"\n  }\n}\n',
      ),
    ],
    [
      "says `key` of the state's backend, which was given elsewhere: if it was another, Terraform finds no state there, and plans everything anew",
      changed(
        "b.tf",
        'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n',
        'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "shop"\n  }\n}\n',
      ),
    ],
    [
      "removes the backend of the state: Terraform finds no state there, and plans everything anew",
      changed("b.tf", 'terraform {\n  backend "s3" {\n    key = "shop"\n  }\n}\n', "terraform {\n}\n"),
    ],
  ],
  ignores: [
    [
      "only the lock changes",
      changed(
        "b.tf",
        'terraform {\n  backend "s3" {\n    key = "shop"\n  }\n}\n',
        'terraform {\n  required_version = "1.9"\n  backend "s3" {\n    key = "shop"\n    use_lockfile = true\n  }\n}\n',
      ),
    ],
  ],
};

const DATA_STORE_REPLACED: Rule = {
  id: "terraform/made-anew",
  kind: "destructive",
  asks: "block",
  when: "a setting changes that cannot be changed in place on a store of data, a network or a cluster",
  parts: {
    of: OF,
    *find(part) {
      const names = MADE_ANEW[part.type];
      if (names === undefined || part.before === undefined || part.after === undefined) return;
      for (const name of names) {
        const [before, after] = [at(part.before, name), at(part.after, name)];
        if (literalOf(before) === undefined || literalOf(after) === undefined || same(before, after))
          continue;
        yield {
          what: shown(part.name),
          file: part.file,
          line: after?.line ?? part.after.line,
          side: "after",
          why: `changes \`${name}\` of ${shown(part.name)}, which cannot be done in place: ${lossOf(part.type) ?? ""} and made anew`,
          before: textOf(before),
          after: textOf(after),
        };
      }
    },
  },
  reports: [
    [
      "changes `bucket` of `aws_s3_bucket.logs`, which cannot be done in place: the storage and what is in it are destroyed on apply and made anew",
      changed(
        "s3.tf",
        'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
        'resource "aws_s3_bucket" "logs" {\n  bucket = "logs-2"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it can be changed in place",
      changed(
        "db.tf",
        'resource "aws_db_instance" "main" {\n  instance_class = "db.t3.small"\n}\n',
        'resource "aws_db_instance" "main" {\n  instance_class = "db.t3.large"\n}\n',
      ),
    ],
    [
      "a literal became a variable",
      changed(
        "s3.tf",
        'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
        'resource "aws_s3_bucket" "logs" {\n  bucket = var.logs\n}\n',
      ),
    ],
  ],
};

const STATE_FILE: Rule = {
  id: "terraform/state-removed",
  kind: "destructive",
  asks: "block",
  when: "a state file is deleted",
  *file({ path, status }) {
    if (status !== "removed" || !/\.tfstate$/.test(path)) return;
    const why = `deletes ${shown(path)}: Terraform forgets what it made, and makes it anew`;
    yield { what: shown(path), file: path, line: 1, side: "before", why };
  },
  reports: [
    [
      "deletes `terraform.tfstate`: Terraform forgets what it made, and makes it anew",
      removed("terraform.tfstate", "{}"),
    ],
  ],
  ignores: [["it changes", changed("terraform.tfstate", "{}", '{"serial": 2}')]],
};

export const REPLACEMENTS: readonly Rule[] = [
  PROVIDER_CHANGED,
  BACKEND_CHANGED,
  DATA_STORE_REPLACED,
  STATE_FILE,
];
