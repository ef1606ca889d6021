import { describe, expect, test } from "@jest/globals";
import { readAlike, relevanceOf } from "../../../src/production/hazards/relevant.ts";

describe("what rules read of a file", () => {
  test.each([
    ["infra/main.tf", "named"],
    ["chart/values.yaml", "named"],
    ["db/migrations/0001_orders.sql", "named"],
    [".github/workflows/ci.yml", "named"],
    [".github/CODEOWNERS", "named"],
    ["Dockerfile", "named"],
    ["src/server.ts", "named"],
    ["AGENTS.md", "named"],
    ["bin/deploy", "named"],
    ["web/index.html", "any"],
    ["data.xyz", "any"],
    ["README.md", "no"],
    ["web/logo.png", "no"],
    ["package-lock.json", "no"],
    ["data/export.csv", "no"],
  ] as const)("%s: %s", (path, relevance) => {
    expect(relevanceOf({ path })).toBe(relevance);
  });

  test("is at both ends of a move what it is at the end that says more", () => {
    expect(relevanceOf({ path: "README.md", previousPath: "infra/main.tf" })).toBe("named");
    expect(relevanceOf({ path: "infra/main.tf", previousPath: "README.md" })).toBe("named");
    expect(relevanceOf({ path: "README.md", previousPath: "data.xyz" })).toBe("any");
    expect(relevanceOf({ path: "README.md", previousPath: "a.png" })).toBe("no");
  });
});

test.each([
  ["another folder", "infra/a.tf", "live/b.tf", true],
  ["another ending", "infra/a.tf", "infra/a.tf.txt", false],
  ["an example", "infra/a.tf", "examples/a.tf", false],
  ["out of the migrations", "db/migrations/1_a.rb", "lib/a.rb", false],
])("the same rules read a file after a move to %s, or others", (_, one, other, alike) => {
  expect(readAlike(one, other)).toBe(alike);
});
