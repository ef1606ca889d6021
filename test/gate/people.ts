import type { GithubDouble } from "../github-double/double.ts";

/** The organization of the tests: who is in which team, and which machines are about. */
export function populate({ world }: GithubDouble) {
  const person = (login: string, name: string) => world.user(login, { name, email: `${login}@acme.example` });
  const people = {
    kira: person("kira", "Kira Khan"),
    olga: person("olga", "Olga Ortiz"),
    sam: person("sam", "Sam Stone"),
    dana: person("dana", "Dana Duarte"),
    wes: person("wes", "Wes Wright"),
    mallory: person("mallory", "Mallory Moss"),
  };
  const bots = {
    kiro: world.bot("kiro-agent[bot]", { id: 245459735 }),
    amazonQ: world.bot("amazon-q-developer[bot]", { id: 208079219 }),
    copilot: world.bot("Copilot", { id: 198982749 }),
    coderabbit: world.bot("coderabbitai[bot]", { id: 136622811 }),
    actions: world.bot("github-actions[bot]", { id: 41898282 }),
  };
  const { kira, olga, sam, dana, wes, mallory } = people;
  const org = world.org("acme", { owners: [olga] });
  const teams = {
    sre: world.team(org, "sre", { members: [olga, sam] }),
    data: world.team(org, "data", { members: [dana] }),
    web: world.team(org, "web", { members: [wes] }),
    everyone: world.team(org, "everyone", { members: [kira, mallory] }),
  };
  return { org, people, bots, teams };
}

export const FILES = {
  CODEOWNERS: "* @acme/web\n/infra/ @acme/sre\n/db/ @acme/data\n",
  "README.md": "# Shop\n",
  "app/cart.ts": "export const cart = [];\n",
  "app/steps.md": "none yet\n",
  "infra/production/main.tf": 'resource "aws_db_instance" "main" {\n  allocated_storage = 100\n}\n',
  "infra/production/network.tf": 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n',
  "db/migrations/0001_create_orders.sql": "CREATE TABLE orders (id bigint PRIMARY KEY);\n",
} as const;
