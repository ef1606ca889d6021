import { describe, expect, test } from "@jest/globals";
import { fromRoot } from "../../../../src/cli/local-git/objects/paths.ts";

describe("a path that somebody gives is one of the repository's", () => {
  test.each<{ why: string; asked: string; separator: string; path: string }>([
    { why: "from the current folder", asked: "main.tf", separator: "/", path: "infra/main.tf" },
    { why: "a folder with blanks", asked: "my files/a b.tf", separator: "/", path: "infra/my files/a b.tf" },
    { why: "from the root", asked: "/db/", separator: "/", path: "db" },
    { why: "the root itself", asked: "..", separator: "/", path: "" },
    { why: "with Windows' backslashes", asked: "net\\main.tf", separator: "\\", path: "infra/net/main.tf" },
    { why: "from the root, on Windows", asked: "\\db\\1.sql", separator: "\\", path: "db/1.sql" },
    { why: "as git writes it, on Windows", asked: "../db/1.sql", separator: "\\", path: "db/1.sql" },
    { why: "with a backslash in its name", asked: "a\\b.tf", separator: "/", path: "infra/a\\b.tf" },
  ])("$why", ({ asked, separator, path }) => {
    expect(fromRoot("infra/", asked, separator)).toBe(path);
  });

  test.each([
    { asked: "../../etc", separator: "/" },
    { asked: "..\\..\\etc", separator: "\\" },
  ])("and $asked is none", ({ asked, separator }) => {
    expect(() => fromRoot("infra/", asked, separator)).toThrow(
      `${asked} is outside the repository: name a path inside it`,
    );
  });
});
