import { describe, expect, test } from "@jest/globals";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { CONTROL_FILES } from "../../src/production/control-files.ts";
import { areaMatchers, indexAreas, touchedAreas } from "../../src/production/touched.ts";

const place = BUILT_IN_AREAS.findIndex(({ name }) => name === CONTROL_FILES);
const matcher = areaMatchers(BUILT_IN_AREAS)[place];

describe("control files", () => {
  test.each<{ path: string; is: boolean }>([
    { path: ".Claude/settings.json", is: true },
    { path: "services/shop/Claude.md", is: true },
    { path: "agents.md", is: true },
    { path: ".MCP.json", is: true },
    { path: ".GitHub/Workflows/ship.yml", is: true },
    { path: ".github/Countersign.yml", is: true },
    { path: "tools/ship/action.yml", is: true },
    { path: "action.yaml", is: true },
    { path: ".gitmodules", is: true },
    { path: ".\u212airo/steering.md", is: true },
    { path: ".clau\u200cde/settings.json", is: true },
    { path: "lib/.gitmodules", is: false },
    { path: "tools/ship/action.yml.md", is: false },
    { path: "src/transaction.yml", is: false },
    { path: ".claudette/settings.json", is: false },
  ])("$path: $is", ({ path, is }) => {
    expect(indexAreas(BUILT_IN_AREAS).of(path).includes(place)).toBe(is);
    expect(touchedAreas(BUILT_IN_AREAS, [{ path }]).some(({ name }) => name === CONTROL_FILES)).toBe(is);
    expect(matcher?.holds(path)).toBe(is);
  });

  test("are the only files whose letters count in either case", () => {
    expect(touchedAreas(BUILT_IN_AREAS, [{ path: "INFRA/MAIN.TF" }])).toEqual([]);
  });
});
