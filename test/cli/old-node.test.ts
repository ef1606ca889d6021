import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";

const ENTRY = new URL("../../src/cli/countersign.cts", import.meta.url);

/** What the installed command says and ends with on that Node. */
function runOn(node: string) {
  const written: string[] = [];
  const process = {
    versions: { node },
    exitCode: 0,
    stderr: { write: (text: string) => written.push(text) },
  };
  const require = () => JSON.parse(readFileSync("package.json", "utf8"));
  runInNewContext(stripTypeScriptTypes(readFileSync(ENTRY, "utf8").replace(/^#!.*/, "")), {
    process,
    require,
  });
  return { code: process.exitCode, stderr: written.join("") };
}

test.each(["12.22.12", "18.19.0", "23.11.1"])(
  "the installed command on Node %s says what it needs",
  (node) => {
    expect(runOn(node)).toEqual({
      code: 2,
      stderr: `countersign: Node 24 or newer is required; this is Node ${node}\n`,
    });
  },
);

test("is what package.json installs", () => {
  const { bin } = JSON.parse(readFileSync("package.json", "utf8"));

  expect(bin).toEqual({ countersign: "dist/cli/countersign.cjs" });
});
