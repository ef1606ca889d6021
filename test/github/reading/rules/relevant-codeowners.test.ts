import { expect, test } from "@jest/globals";
import { GitHubProblem } from "../../../../src/github/client/errors.ts";
import { relevantCodeowners } from "../../../../src/github/reading/rules/relevant-codeowners.ts";
import { file } from "../../../signoff/build.ts";

test("keeps the deciding lines of a large file, each in its place, for both ends of a rename", async () => {
  const filler = Array.from({ length: 20_000 }, (_, n) => `/generated/${n}/ @acme/bots`);
  const text = ["* @wes", "/infra/ @olga", ...filler, "/db/ @dana"].join("\n");
  const renamed = file("db/a.sql", { status: "renamed", previousPath: "infra/a.sql" });

  const kept = await relevantCodeowners({ path: "CODEOWNERS", text }, [renamed]);

  const lines = (kept?.text ?? "").split("\n");
  expect(lines[1]).toBe("/infra/ @olga");
  expect(lines[20_002]).toBe("/db/ @dana");
  expect(lines.filter((line) => line !== "")).toHaveLength(2);
});

test("C13 refuses a file that costs too much, and lets others run meanwhile", async () => {
  const text = Array.from({ length: 142_000 }, (_, n) => `*a*${n.toString(36)}*b @x`).join("\n");
  const files = Array.from({ length: 230 }, (_, n) => file(`${"a".repeat(120)}/${"ab".repeat(60)}${n}`));
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 1);

  const refused = await relevantCodeowners({ path: "CODEOWNERS", text }, files).catch(
    (error: unknown) => error,
  );
  clearInterval(others);

  expect(refused).toBeInstanceOf(GitHubProblem);
  expect(refused).toMatchObject({ problem: { code: "codeowners/too-costly", file: "CODEOWNERS" } });
  expect(turns).toBeGreaterThan(3);
});

test("leaves a repository without the file as it is", async () => {
  expect(await relevantCodeowners(null, [file("a")])).toBeNull();
});
