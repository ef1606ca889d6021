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
const title = "$family.id: $type $path";
const idsIn = ({ sample }: TestRow, from: string | undefined, to: string | undefined) =>
  findHazards([changed(sample.file, sample.text(from), sample.text(to))]).map(({ id }) => id);
const idsOfNew = ({ sample }: TestRow, value: string | undefined) =>
  findHazards([added(sample.file, sample.text(value))]).map(({ id }) => id);

test("every row belongs to a family", () => {
  const known = FAMILIES.map(({ id }): string => id);
  expect(TABLES.flatMap(({ rows }) => Object.keys(rows)).filter((id) => !known.includes(id))).toEqual([]);
});

describe("a safe value that becomes unsafe asks", () => {
  test.each(ROWS)(title, (row) => {
    expect(idsIn(row, row.check.safe, row.check.unsafe)).toContain(row.family.id);
  });
});

describe("what becomes safe, or was unsafe before, raises nothing", () => {
  test.each(ROWS)(title, (row) => {
    expect(idsIn(row, row.check.unsafe, row.check.safe)).not.toContain(row.family.id);
    const { file, text } = row.sample;
    const still = changed(file, text(row.check.unsafe), `${text(row.check.unsafe)}\n# more\n`);
    expect(findHazards([still])).toEqual([]);
  });
});

describe("a safe line that goes asks where its absence is unsafe", () => {
  test.each(ROWS)(title, (row) => {
    const ids = idsIn(row, row.check.safe, undefined);
    if (row.absence === "safe" && !isWithin(row)) expect(ids).not.toContain(row.family.id);
    else if (row.absence !== "safe") expect(ids).toContain(row.family.id);
  });
});

describe("something new never asks for a poor default", () => {
  test.each(ROWS)(title, (row) => {
    expect(idsOfNew(row, row.check.safe)).not.toContain(row.family.id);
    expect(idsOfNew(row, undefined)).not.toContain(row.family.id);
    const { created, onNew } = { created: undefined, ...row.family };
    if (row.absence === "unsafe" && row.type !== "*" && created !== undefined)
      expect(idsOfNew(row, undefined)).toContain(created.id);
    if (onNew === "block") expect(idsOfNew(row, row.check.unsafe)).toContain(row.family.id);
    else if (created !== undefined) expect(idsOfNew(row, row.check.unsafe)).toContain(created.id);
  });
});
