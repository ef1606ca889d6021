import * as z from "zod";
import { type FloorRule, repositoryIfSet, strictest } from "../layers/floor.ts";
import { duration, readDuration } from "./duration.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";
import { workingHours } from "./working-hours.ts";

/** A bound that nobody has to set; `null` for none. */
const lowest: FloorRule<number | null> = {
  says: "the lower number",
  silence: "repository",
  merge: (organization, repository) => Math.min(organization ?? Infinity, repository ?? Infinity),
  weakens: (organization, repository) => (repository ?? Infinity) > (organization ?? Infinity),
};

const longest: FloorRule<number> = {
  says: "the longer time",
  silence: "repository",
  merge: Math.max,
  weakens: (organization, repository) => repository < organization,
};

const bound = (about: { readonly most: number; readonly description: string; readonly example: number }) =>
  key({
    schema: z.int().min(1).max(about.most),
    description: about.description,
    default: { text: "no limit", value: null },
    examples: [about.example],
    floor: lowest,
    read: (count): number | null => count,
  });

/** How long a hazard of a kind has to stand in the open. */
const waitOf = (what: string, example: string) =>
  key({
    schema: duration,
    description: `How long a change that ${what} stays in the open before it can merge, signed or not: from the first verdict that named the hazard.`,
    default: { text: "no wait", value: 0 },
    examples: [example],
    floor: longest,
    read: readDuration,
  });

export const time = group(
  {
    "max-reviews-per-person": bound({
      most: 1000,
      description:
        "Nobody is asked to review who has this many waiting, as long as somebody else can sign. Requests that GitHub makes by itself, for code owners, are counted and cannot be stopped.",
      example: 5,
    }),
    "max-open-changes": bound({
      most: 1000,
      description:
        "About how many AI-authored changes an area's people are asked at once. The next ones wait in line; whoever signs one takes it out.",
      example: 10,
    }),
    "max-lines": bound({
      most: 1_000_000,
      description:
        "How many lines of production areas an AI-authored change may change before `over-limit` holds. Generated files and lock files are not counted.",
      example: 400,
    }),
    "over-limit": key({
      schema: z.enum(["extra-approval", "split"]),
      description:
        "What a change beyond `max-lines` needs: one countersignature more, or to be split into smaller changes.",
      default: { written: "extra-approval" },
      examples: ["split"],
      floor: strictest(["extra-approval", "split"]),
      read: (need) => need,
    }),
    "fast-approvals": key({
      schema: z.enum(["off", "show", "ask"]),
      description:
        "What becomes of an approval that came faster than its lines can be read: nothing, a remark in the check, or that the same person has to approve again.",
      default: { written: "off" },
      examples: ["show"],
      floor: strictest(["off", "show", "ask"]),
      read: (meaning) => meaning,
    }),
    wait: group(
      { destructive: waitOf("destroys something", "30m"), widening: waitOf("lets somebody in", "10m") },
      {
        description: "How long hazards stay in the open before a change can merge. Drafts do not count.",
        unset: "nothing has to wait",
      },
    ),
    "respond-within": key({
      schema: duration,
      description:
        "How long somebody who was asked has time to answer, in working time, before the next owner is asked. No answer never counts as yes.",
      default: { text: "as long as it takes", value: null },
      examples: ["4h"],
      floor: repositoryIfSet<number | null>(),
      read: (text): number | null => readDuration(text),
    }),
    "working-hours": workingHours,
  },
  {
    description: "How much people are asked at once, and how much time they have; see [time](time.md).",
    unset: "nobody is kept from being asked, and nothing waits",
  },
);
