import { describe, expect, test } from "@jest/globals";
import { UnknownFields } from "../../../src/github/client/unknown-fields.ts";
import type { LearntOfServer } from "../../../src/store/server.ts";

const FIELD = "PullRequest.stack";
const [V1, V2] = ["enterprise-server@3.17.2", "enterprise-server@3.18.0"];
const NOW = new Date("2026-11-30T12:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

function fields(before: LearntOfServer | null = null) {
  const recorded: LearntOfServer[] = [];
  const unknown = new UnknownFields();
  unknown.goOn(before, (learnt) => recorded.push(learnt));
  return { unknown, recorded };
}

describe("a field that GitHub does not know", () => {
  test("is asked for again after a day where answers name no version", () => {
    const { unknown, recorded } = fields();
    expect(unknown.has(FIELD, NOW)).toBe(false);
    unknown.learn(FIELD, NOW);
    expect(unknown.has(FIELD, later(23))).toBe(true);
    expect(unknown.has(FIELD, later(24))).toBe(false);
    expect(recorded).toEqual([]);
  });

  test("is unknown for as long as answers name the same version, and that is recorded", () => {
    const { unknown, recorded } = fields();
    unknown.answeredBy(V1);
    unknown.learn(FIELD, NOW);
    unknown.answeredBy(V1);
    expect(unknown.has(FIELD, later(1000))).toBe(true);
    expect(recorded.at(-1)).toEqual({ version: V1, unknownFields: [FIELD] });
  });

  test("is unknown from the start where that was recorded", () => {
    const { unknown, recorded } = fields({ version: V1, unknownFields: [FIELD] });
    expect(unknown.has(FIELD, NOW)).toBe(true);
    unknown.answeredBy(V1);
    expect(unknown.has(FIELD, NOW)).toBe(true);
    expect(recorded).toEqual([]);
  });

  test.each<readonly [string, (unknown: UnknownFields) => void]>([
    ["was recorded of another version", () => {}],
    ["was learnt of another version", (unknown) => unknown.learn(FIELD, NOW)],
  ])("is asked for again where it %s, and that is forgotten", (_, learn) => {
    const { unknown, recorded } = fields({ version: V1, unknownFields: [FIELD] });
    learn(unknown);
    unknown.answeredBy(V2);
    expect(unknown.has(FIELD, NOW)).toBe(false);
    expect(recorded.at(-1)).toEqual({ version: V2, unknownFields: [] });
  });

  test("is asked for again where it was learnt before an answer named a version", () => {
    const { unknown } = fields();
    unknown.learn(FIELD, NOW);
    unknown.answeredBy(V1);
    expect(unknown.has(FIELD, NOW)).toBe(false);
  });
});
