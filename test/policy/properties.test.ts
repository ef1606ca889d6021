import { describe, expect, test } from "@jest/globals";
import { loadPolicyFile } from "../../src/policy/file/load.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { fc } from "../fast-check.ts";
import { areaOf, policyOf } from "./files.ts";

const FILE = CONFIG_PATH;

describe("C09: no repository's file weakens what the organization's sets", () => {
  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const someOf = (...items: string[]) => fc.subarray(items, { minLength: 1 });
  const owners = someOf("@ada", "@bob", "@acme/sre");
  const area = (name: string) =>
    fc.record(
      {
        name: fc.constant(name),
        paths: someOf("/a", "/b", "*.tf"),
        countersignatures: fc.integer({ min: 1, max: 10 }),
        from: name === "control-files" ? fc.constant("owners") : fc.oneof(fc.constant("owners"), owners),
        senior: owners,
        "applies-to": fc.constantFrom("ai", "everyone"),
        keep: fc.constantFrom("untouched", "never"),
        when: fc.constantFrom("hazards", "always"),
      },
      { requiredKeys: ["name", "paths"] },
    );
  const areas = fc
    .tuple(...["infrastructure", "ci", "billing", "control-files"].map((name) => optional(area(name))))
    .map((each) => each.filter((one) => one !== undefined));
  const config = fc.record(
    {
      mode: fc.constantFrom("enforce", "observe"),
      branches: someOf("main", "develop", "release/*"),
      detect: fc.record(
        {
          undeclared: fc.constantFrom("human", "ai"),
          "weak-pairs": fc.boolean(),
          agents: fc.subarray(["build", "robo"]),
          "not-ai": fc.subarray(["sync[bot]", "kiro[bot]"]),
        },
        { requiredKeys: [] },
      ),
      review: fc.record(
        { block: fc.boolean(), suggestions: fc.constantFrom("contributor", "ignored") },
        { requiredKeys: [] },
      ),
      "built-in": fc.oneof(fc.boolean(), fc.subarray(BUILT_IN_AREAS.map(({ name }) => name))),
      production: areas,
      unowned: fc.subarray(["@ada", "@acme/sre"]),
    },
    { requiredKeys: [] },
  );

  const SCALES = {
    mode: ["observe", "enforce"],
    undeclared: ["human", "ai"],
    appliesTo: ["ai", "everyone"],
    keep: ["untouched", "never"],
    when: ["hazards", "always"],
  };
  const notWeaker = (scale: readonly string[], floor: string, merged: string) =>
    expect(scale.indexOf(merged)).toBeGreaterThanOrEqual(scale.indexOf(floor));

  test("for any two files", () => {
    fc.assert(
      fc.property(config, config, (organization, repository) => {
        const texts = { organization: JSON.stringify(organization), repository: JSON.stringify(repository) };
        const floor = policyOf({ organization: texts.organization }).policy;
        const { policy: merged, problems } = policyOf(texts);

        if (organization.mode !== undefined) notWeaker(SCALES.mode, floor.mode, merged.mode);
        if (organization.branches !== undefined) {
          expect(merged.branches).toEqual(expect.arrayContaining(organization.branches));
        }
        if (organization.detect?.undeclared !== undefined) {
          notWeaker(SCALES.undeclared, floor.detect.undeclared, merged.detect.undeclared);
        }
        expect(merged.detect.agents).toEqual(expect.arrayContaining([...floor.detect.agents]));
        if (organization.detect?.["not-ai"] !== undefined) {
          expect(merged.detect.notAi).toEqual(floor.detect.notAi);
        }
        if (organization.detect?.["weak-pairs"] === true) expect(merged.detect.weakPairs).toBe(true);
        if (organization.review?.block === true) expect(merged.review.block).toBe(true);
        if (organization.review?.suggestions === "contributor") {
          expect(merged.review.suggestions).toBe("contributor");
        }
        if (organization.unowned !== undefined) expect(merged.unowned).toEqual(floor.unowned);

        const named = organization.production?.map(({ name }) => name) ?? [];
        const kept = organization["built-in"] === undefined ? [] : floor.areas.map(({ name }) => name);
        for (const name of new Set([...named, ...kept, "control-files"])) {
          const ours = areaOf(floor, name);
          const both = areaOf(merged, name);
          const said = organization.production?.find((each) => each.name === name);
          const paths = new Set(both.paths);
          expect(ours.paths.filter((path) => !paths.has(path))).toEqual([]);
          expect(both.countersignatures).toBeGreaterThanOrEqual(ours.countersignatures);
          notWeaker(SCALES.appliesTo, ours.appliesTo, both.appliesTo);
          notWeaker(SCALES.keep, ours.keep, both.keep);
          notWeaker(SCALES.when, ours.when, both.when);
          if (said?.from !== undefined) expect(both.from).toEqual(ours.from);
          if (said?.senior !== undefined) expect(both.senior).toEqual(ours.senior);
        }
        expect(merged.areas.at(-1)?.name).toBe("control-files");
        expect(new Set(merged.areas.map(({ name }) => name)).size).toBe(merged.areas.length);
        expect(problems.every(({ severity, file }) => severity === "warning" && file === CONFIG_PATH)).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  test("what the repository says is in force unless a warning says otherwise", () => {
    fc.assert(
      fc.property(config, config, (organization, repository) => {
        const texts = { organization: JSON.stringify(organization), repository: JSON.stringify(repository) };
        const { policy, problems } = policyOf(texts);
        const warned = (key: string) => problems.some(({ message }) => message.startsWith(`${key} is `));
        if (repository.mode !== undefined && !warned("mode")) expect(policy.mode).toBe(repository.mode);
        repository.production?.forEach(({ name, countersignatures }, index) => {
          if (countersignatures === undefined || warned(`production.${index}.countersignatures`)) return;
          expect(areaOf(policy, name).countersignatures).toBe(countersignatures);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("any text at all", () => {
  const yamlish = fc
    .array(
      fc.oneof(
        fc.constantFrom(..."\n :-[]{},&*!|>?%@`'\"#\t", "  ", "- ", ": ", "---\n", "<<: "),
        fc.constantFrom("mode", "production", "name", "paths", "detect", "signals", "from", "~", "1", "true"),
        fc.string({ unit: "binary", maxLength: 4 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(""));

  test("gives a config or a problem with its place, never both and never an exception", () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: "binary" })), (text) => {
        const { config, problems } = loadPolicyFile(text, FILE);
        expect(config === null).toBe(problems.length > 0);
        for (const { file, line, column, message, remedy } of problems) {
          expect(file).toBe(FILE);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(text.split(/\r\n|[\r\n]/).length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message).toMatch(/\.$/);
          expect(remedy).toMatch(/[.?]$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
