import * as z from "zod";
import type { FloorRule } from "../layers/floor.ts";
import type { Origin } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { described, key, type Written } from "./key.ts";

/** Stands for every area, and for what lies in none. */
export const EVERY_AREA = "all";

const day = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  .meta({ title: "a day, such as 2026-12-20" });

const window = z.strictObject({
  areas: described({
    schema: z.array(z.string().min(1).max(LIMITS.nameLength)).min(1).max(LIMITS.areas),
    description: `The areas that nothing may be changed in, by name. \`${EVERY_AREA}\` stands for all of them and for what lies in none.`,
    default: { text: "none (required)", value: null },
    examples: [["infrastructure"], [EVERY_AREA]],
  }),
  starts: described({
    schema: day,
    description: "The first day, from midnight UTC.",
    default: { text: "none (required)", value: null },
    examples: ["2026-12-20"],
  }),
  ends: described({
    schema: day,
    description: "The last day, until midnight UTC.",
    default: { text: "none (required)", value: null },
    examples: ["2027-01-05"],
  }),
  reason: described({
    schema: z.string().min(1).max(LIMITS.reasonLength),
    description: "Why. The check says so.",
    default: { text: "none (required)", value: null },
    examples: ["Year's end"],
  }),
  "applies-to": described({
    schema: z.enum(["ai", "everyone"]),
    description: "Whose changes it stops: those that an AI took part in (`ai`), or all of them (`everyone`).",
    default: { written: "ai" },
    examples: ["everyone"],
  }).exactOptional(),
});

export type WindowConfig = Written<typeof window>;

/** A time in which nothing is changed in some areas. */
export interface FreezeWindow {
  readonly areas: readonly string[];
  /** ISO 8601, UTC; `ends` is the first moment after it. */
  readonly starts: string;
  readonly ends: string;
  readonly reason: string;
  readonly appliesTo: "ai" | "everyone";
  /** Where it was written, for people. */
  readonly origin: string;
}

/** Each only makes the gate stricter. */
const together: FloorRule<readonly FreezeWindow[] | null> = {
  says: "both lists combined",
  silence: "repository",
  merge: (organization, repository) => [...(organization ?? []), ...(repository ?? [])],
  weakens: () => false,
};

const DAY_MS = 24 * 60 * 60_000;

export const freeze = key({
  schema: z.array(window).max(LIMITS.areas),
  description:
    "Times in which changes to some areas are stopped; see [freeze](override.md#freeze). An empty list has none, and lets people freeze an area by a comment.",
  default: { text: "no freeze, and nobody can freeze anything", value: null },
  examples: [[{ areas: ["infrastructure"], starts: "2026-12-20", ends: "2027-01-05", reason: "Year's end" }]],
  floor: together,
  read: (windows, origin): readonly FreezeWindow[] | null =>
    windows.map((each, index) => readWindow(each, origin, index)),
});

function readWindow(
  { areas, starts, ends, reason, "applies-to": appliesTo = "ai" }: WindowConfig,
  origin: Origin,
  index: number,
): FreezeWindow {
  const last = Date.parse(ends);
  return {
    ...{ areas, reason, appliesTo },
    starts: new Date(Date.parse(starts)).toISOString(),
    ends: new Date(last + DAY_MS).toISOString(),
    origin: origin([index]),
  };
}
