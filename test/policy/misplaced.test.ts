import { expect, test } from "@jest/globals";
import { MISPLACED_PATHS, misplacedConfig } from "../../src/policy/misplaced.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";

test.each([
  { path: ".github/countersign.yaml", severity: "error" },
  { path: ".github/.Countersign.yml", severity: "error" },
  { path: "countersign.yml", severity: "warning" },
  { path: "docs/countersign.toml", severity: "warning" },
  { path: ".countersign/countersign.json", severity: "warning" },
])("C18 $path looks like the config and is not read", ({ path, severity }) => {
  expect(misplacedConfig(path)).toEqual({
    code: "config/misplaced",
    severity,
    file: path,
    message: "This file is not read: the config is .github/countersign.yml.",
    remedy: "Rename it to .github/countersign.yml if it is the config; otherwise give it another name.",
  });
});

test.each([CONFIG_PATH, "src/countersign.yml", "countersign.ts", "my-countersign.yml", "countersign.yml.md"])(
  "%s is the config or nothing of the kind",
  (path) => {
    expect(misplacedConfig(path)).toBeNull();
  },
);

test("each place that is asked for is one of those", () => {
  expect(MISPLACED_PATHS.filter((path) => misplacedConfig(path) === null)).toEqual([]);
});
