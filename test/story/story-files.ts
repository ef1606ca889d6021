/** The shop as it stood before the story: an application, its database and the Terraform that keeps it up. */
export const SHOP_FILES: Readonly<Record<string, string>> = {
  ".github/CODEOWNERS": `# Who answers for what. The last line that matches decides.
*        @acme/web
/infra/  @acme/sre
/db/     @acme/data
`,
  ".github/workflows/ci.yml": `name: ci
on: [pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: npm ci && npm test
`,
  "README.md": `# shop

The storefront of Acme: catalogue, basket, checkout.

Production lives in \`infra/production\` and is applied from \`main\`.
`,
  "package.json": `{
  "name": "shop",
  "private": true,
  "type": "module",
  "scripts": { "test": "node --test" }
}
`,
  "app/checkout.ts": `import { connect } from "./database.ts";

const TIMEOUT_MS = 2_000;

/** Takes the money and keeps the order. */
export async function checkout(basket: string, card: string): Promise<string> {
  const database = await connect({ timeout: TIMEOUT_MS });
  const order = await database.reserve(basket);
  await database.charge(order, card);
  return order;
}
`,
  "app/database.ts": `export interface Database {
  reserve(basket: string): Promise<string>;
  charge(order: string, card: string): Promise<void>;
}

export async function connect(options: { timeout: number }): Promise<Database> {
  throw new Error(\`no database within \${options.timeout} ms\`);
}
`,
  "app/catalogue.ts": `export function price(cents: number): string {
  return \`\${(cents / 100).toFixed(2)} EUR\`;
}
`,
  "db/migrations/0001_orders.sql": `CREATE TABLE orders (
  id         uuid PRIMARY KEY,
  basket     uuid NOT NULL,
  total      integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`,
  "db/migrations/0002_payments.sql": `CREATE TABLE payments (
  id       uuid PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES orders (id),
  state    text NOT NULL
);
`,
  "infra/production/main.tf": `terraform {
  backend "s3" {
    bucket = "acme-terraform"
    key    = "shop/production"
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "cluster" {
  source    = "../modules/cluster"
  name      = "shop-production"
  instances = 6
}
`,
  "infra/production/database.tf": `resource "aws_db_instance" "orders" {
  identifier              = "shop-orders"
  engine                  = "postgres"
  instance_class          = "db.r6g.xlarge"
  allocated_storage       = 500
  multi_az                = true
  deletion_protection     = true
  backup_retention_period = 14

  lifecycle {
    prevent_destroy = true
  }
}
`,
  "infra/production/network.tf": `resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_lb" "front" {
  name               = "shop-front"
  load_balancer_type = "application"
  subnets            = aws_vpc.shop[*].id
}
`,
  "infra/production/dns.tf": `resource "aws_route53_record" "shop" {
  zone_id = "Z0SHOP"
  name    = "shop.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.front.dns_name]
}
`,
  "infra/staging/main.tf": `module "cluster" {
  source    = "../modules/cluster"
  name      = "shop-staging"
  instances = 1
}
`,
  "infra/modules/cluster/main.tf": `variable "name" { type = string }
variable "instances" { type = number }

resource "aws_ecs_cluster" "this" {
  name = var.name
}
`,
};

/** The environment Kiro takes away to make its bug go with it. */
export const PRODUCTION_FILES = [
  "infra/production/database.tf",
  "infra/production/dns.tf",
  "infra/production/main.tf",
  "infra/production/network.tf",
] as const;
