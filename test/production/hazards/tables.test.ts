import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { added, changed } from "../../../src/production/hazards/rule.ts";
import { HARMLESS } from "../../../src/production/hazards/tables/check.ts";
import { FAMILIES } from "../../../src/production/hazards/tables/families.ts";
import { sampleOf } from "../../../src/production/hazards/tables/sample.ts";
import { TABLES } from "../../../src/production/hazards/tables/tables.ts";

/** Each type under each name of the setting. */
const ROWS = FAMILIES.flatMap((family) =>
  TABLES.flatMap(({ of, rows }) =>
    (rows[family.id] ?? []).flatMap(([types, paths, check, absence]) =>
      types.split(" ").flatMap((type) => {
        const [holder, names] = paths.includes("?.") ? paths.split("?.") : [undefined, paths];
        return (names ?? "").split(" ").map((name) => {
          const path = holder === undefined ? name : `${holder}?.${name}`;
          return { family, type, path, check, absence, sample: sampleOf({ of, type, path }) };
        });
      }),
    ),
  ),
).filter(({ check }) => check !== HARMLESS);

/** The whole block is a setting of its own. */
const isWithin = ({ type, path, family }: TestRow) =>
  ROWS.some((row) => row.type === type && row.family.id === family.id && path.startsWith(`${row.path}.`));

type TestRow = (typeof ROWS)[number];
const idsIn = ({ sample }: TestRow, from: string | undefined, to: string | undefined) =>
  findHazards([changed(sample.file, sample.text(from), sample.text(to))]).map(({ id }) => id);
const idsOfNew = ({ sample }: TestRow, value: string | undefined) =>
  findHazards([added(sample.file, sample.text(value))]).map(({ id }) => id);

test("every row belongs to a family", () => {
  const known = FAMILIES.map(({ id }): string => id);
  expect(TABLES.flatMap(({ rows }) => Object.keys(rows)).filter((id) => !known.includes(id))).toEqual([]);
});

interface Question {
  readonly why: string;
  readonly holds: (row: TestRow) => boolean;
}

const createdOf = ({ family }: TestRow): string | undefined =>
  ({ created: undefined, ...family }).created?.id;

const QUESTIONS: readonly Question[] = [
  {
    why: "a safe value that becomes unsafe asks",
    holds: (row) => idsIn(row, row.check.safe, row.check.unsafe).includes(row.family.id),
  },
  {
    why: "what becomes safe raises nothing",
    holds: (row) => !idsIn(row, row.check.unsafe, row.check.safe).includes(row.family.id),
  },
  {
    why: "what was unsafe before raises nothing",
    holds: ({ sample: { file, text }, check }) =>
      findHazards([changed(file, text(check.unsafe), `${text(check.unsafe)}\n# more\n`)]).length === 0,
  },
  {
    why: "a safe line that goes asks where its absence is unsafe",
    holds: (row) =>
      isWithin(row) ||
      idsIn(row, row.check.safe, undefined).includes(row.family.id) === (row.absence !== "safe"),
  },
  {
    why: "a safe new thing asks for nothing",
    holds: (row) => !idsOfNew(row, row.check.safe).includes(row.family.id),
  },
  {
    why: "what a new thing leaves out asks for nothing",
    holds: (row) => !idsOfNew(row, undefined).includes(row.family.id),
  },
  {
    why: "what a new thing leaves out is shown where its absence is unsafe",
    holds: (row) => {
      const created = createdOf(row);
      const isShown = row.absence === "unsafe" && row.type !== "*" && created !== undefined;
      return !isShown || idsOfNew(row, undefined).includes(created);
    },
  },
  {
    why: "an unsafe value of a new thing is shown, or asks where it opens something",
    holds: (row) => {
      const id = row.family.onNew === "block" ? row.family.id : createdOf(row);
      return id === undefined || idsOfNew(row, row.check.unsafe).includes(id);
    },
  },
];

describe.each(QUESTIONS)("$why", ({ holds }) => {
  test.each(FAMILIES)("$id", ({ id }) => {
    const rows = ROWS.filter(({ family }) => family.id === id);
    expect(rows.filter((row) => !holds(row)).map(({ type, path }) => `${type} ${path}`)).toEqual([]);
  });
});

const cluster = (endpoint: boolean) =>
  `resource "aws_eks_cluster" "a" {\n  vpc_config {\n    endpoint_public_access = ${endpoint}\n    public_access_cidrs = ["0.0.0.0/0"]\n  }\n}\n`;
const gke = (isPrivate: boolean) =>
  `resource "google_container_cluster" "a" {\n  private_cluster_config {\n    enable_private_nodes = true\n    enable_private_endpoint = ${isPrivate}\n  }\n  master_authorized_networks_config {\n    cidr_blocks {\n      cidr_block = "0.0.0.0/0"\n    }\n  }\n}\n`;
const stack = (endpoint: boolean) =>
  `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  C:\n    Type: AWS::EKS::Cluster\n    Properties:\n      ResourcesVpcConfig:\n        EndpointPublicAccess: ${endpoint}\n        PublicAccessCidrs: ["0.0.0.0/0"]\n`;

describe("a list of addresses is of no account where no way leads in", () => {
  test.each([
    ["eks.tf", cluster(false), cluster(true)],
    ["gke.tf", gke(true), gke(false)],
    ["eks.yaml", stack(false), stack(true)],
  ])("in %s", (file, closed, open) => {
    const asks = (input: Parameters<typeof findHazards>[0]) =>
      findHazards(input).filter(({ asks: how }) => how === "block");
    expect(asks([added(file, closed)])).toEqual([]);
    expect(asks([added(file, open)])).not.toEqual([]);
    expect(asks([changed(file, closed, open)])).not.toEqual([]);
  });
});
