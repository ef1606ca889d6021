import { expect, test } from "@jest/globals";
import { linksOf } from "../../../src/signoff/report/links.ts";
import { quote } from "../../../src/signoff/wording/visible.ts";
import { approval, file, JUDGED, nils, verdict } from "../build.ts";

const inside = (path: string) => quote(path).slice(1, -1);
const linked = (...paths: readonly string[]) =>
  linksOf(verdict({ files: paths.map((path) => file(path)), reviews: [approval(nils)] }), JUDGED);

test.each([
  { value: "infra/main.tf", page: "/pull/7/files#diff-" },
  {
    value: ".github/CODEOWNERS:2",
    page: "/blob/cccccccccccccccccccccccccccccccccccccccc/.github/CODEOWNERS#L2",
  },
  { value: "@acme/sre", page: "/orgs/acme/teams/sre" },
  { value: "@olga", page: "/olga" },
  { value: "@nils", page: "/nils" },
])("what the verdict names is linked: $value", ({ value, page }) => {
  expect(linked("infra/main.tf").of(value)).toContain(page);
});

test.each(["infra/other.tf", "infrastructure", "built-in", "@logout", "@evil/team", "https://evil.example"])(
  "what it does not name stays text: %s",
  (value) => {
    expect(linked("infra/main.tf").of(value)).toBeNull();
  },
);

test("paths that look the same when they are printed are not linked", () => {
  const [one, other] = ["infra/a\u202Eb.tf", "infra/a\\u{202e}b.tf"] as const;
  expect(inside(one)).toBe(inside(other));
  expect(linked(one).of(inside(one))).not.toBeNull();
  expect(linked(one, other).of(inside(one))).toBeNull();
});
