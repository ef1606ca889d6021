import * as z from "zod";
import type { Tool } from "../../provenance/tool.ts";
import { organizationOrDefault, strictest, union } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { login, readLogins } from "./accounts.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";
import { readSignals, signal } from "./signal.ts";

/** How Countersign finds out who wrote a change. */
export const detect = group(
  {
    undeclared: key({
      schema: z.enum(["human", "ai"]),
      description:
        "Who wrote a change that carries no sign of its writer. With `ai`, a person can declare in the pull request that no AI took part: by a ticked box `- [x] This change was written without AI`, or by the trailer `AI-assisted: no` in every commit.",
      default: { written: "human" },
      examples: ["ai"],
      floor: strictest(["human", "ai"]),
      read: (writer) => writer,
    }),
    "weak-pairs": key({
      schema: z.boolean(),
      description:
        "Whether two weak marks of different kinds, such as a branch name and a label, decide together.",
      default: { written: false },
      examples: [true],
      floor: strictest([false, true]),
      read: (decides) => decides,
    }),
    agents: key({
      schema: z.array(login).max(LIMITS.logins),
      description:
        "Machine accounts of the type User that act for an AI: they write AI changes and never countersign.",
      default: { written: [] },
      examples: [["acme-build"]],
      floor: union<string>(),
      read: readLogins,
    }),
    "not-ai": key({
      schema: z.array(login).max(LIMITS.logins),
      description: "Automation that is not AI, in addition to the built-in list.",
      default: { written: [] },
      examples: [["acme-sync[bot]"]],
      floor: organizationOrDefault<readonly string[]>(),
      read: readLogins,
    }),
    signals: key({
      schema: z.array(signal).max(LIMITS.signals),
      description:
        "Marks of tools that the built-in catalogue does not know: a tool and exactly one mark each. Each is enough to call a change AI-written.",
      default: { written: [] },
      examples: [[{ tool: "In-house", trailer: "X-Model" }]],
      floor: union<Tool>(),
      read: readSignals,
    }),
  },
  {
    description: "How Countersign finds out who wrote a change.",
    unset: "the built-in catalogue of tools",
  },
);
