import { describe, expect, test } from "@jest/globals";
import type { HazardPolicy, Policy } from "../../../src/policy/policy.ts";
import type { ChangedFile } from "../../../src/signoff/snapshot.ts";
import { fc } from "../../fast-check.ts";
import { dora, file, HAZARDS, kira, nils, olga, review, sven, verdict } from "../build.ts";

const RULE = "terraform/resource-removed";
const DATABASE = 'resource "aws_db_instance" "main" {\n  size = 1\n}\n';

/** `web/` lies in no area; Nils owns it. */
const deleted = (path = "web/db.tf"): ChangedFile =>
  file(path, { status: "removed", contentId: null, before: DATABASE });
const hazards = (more: Partial<HazardPolicy>): Partial<Policy> => ({
  hazards: { destructive: HAZARDS, widening: HAZARDS, rules: new Map(), ...more },
});

describe("whatever is approved, refused or dismissed", () => {
  const people = fc.constantFrom(nils, olga, sven, dora, kira);
  const body: fc.Arbitrary<string> = fc.constantFrom("", `false alarm: ${RULE}: moved`);
  const reviews = fc.array(
    fc.record({ by: people, state: fc.constantFrom("approved", "changes_requested", "commented"), body }),
    { maxLength: 4 },
  );
  const files = fc.subarray([deleted(), deleted("infra/db.tf"), deleted("db/db.tf"), file("web/app.ts")], {
    minLength: 1,
  });
  const count = fc.integer({ min: 1, max: 2 });
  const given = fc.record({ reviews, files, count });
  type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;

  function passes(
    { reviews: all, files: changed, count: countersignatures }: Given,
    more: Partial<HazardPolicy> = {},
  ): boolean {
    const rules = hazards({ destructive: { ...HAZARDS, countersignatures }, ...more });
    const given = all.map(({ by, state, body: text }) => review(by, state, { body: text }));
    return verdict({ files: changed, reviews: given }, rules).conclusion !== "action_required";
  }

  test("a hazard never lets anything pass that would not pass without it", () => {
    const off = new Map([[RULE, { off: "not looked for", origin: "x:1" }]]);
    fc.assert(
      fc.property(given, (each) => {
        if (passes(each)) expect(passes(each, { rules: off })).toBe(true);
      }),
    );
  });

  test("a claim by somebody who cannot countersign changes nothing", () => {
    fc.assert(
      fc.property(given, (each) => {
        const mute = each.reviews.map((one) =>
          one.by === kira || one.by === olga ? { ...one, body: "" } : one,
        );
        // Olga owns none of these files, and Kira asked for the change.
        const web = { ...each, files: each.files.filter(({ path }) => !path.startsWith("infra/")) };
        expect(passes(web)).toBe(passes({ ...web, reviews: mute }));
      }),
    );
  });
});
