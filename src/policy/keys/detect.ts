import * as z from "zod";
import type { Tool } from "../../provenance/tool/tool.ts";
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
        "Who counts as the author of a change without any signal. With `ai`, people can declare that no AI took part, either with the ticked box `- [x] This change was written without AI` in the pull request or with the trailer `AI-assisted: no` in every commit. The box speaks for the commits that were there when the text was last written, and for those that its writer pushes.",
      default: { written: "human" },
      examples: ["ai"],
      floor: strictest(["human", "ai"]),
      read: (writer) => writer,
    }),
    "weak-pairs": key({
      schema: z.boolean(),
      description:
        "Whether two weak signals of different kinds, such as a branch name and a label, together count as proof of AI authorship.",
      default: { written: false },
      examples: [true],
      floor: strictest([false, true]),
      read: (decides) => decides,
    }),
    agents: key({
      schema: z.array(login).max(LIMITS.logins),
      description:
        "Accounts of type User that an AI agent uses. Their changes count as AI-written, and they can never countersign.",
      default: { written: [] },
      examples: [["acme-build"]],
      floor: union<string>(),
      read: readLogins,
    }),
    "not-ai": key({
      schema: z.array(login).max(LIMITS.logins),
      description: "Automation accounts that are not AI, in addition to the built-in list.",
      default: { written: [] },
      examples: [["acme-sync[bot]"]],
      floor: organizationOrDefault<readonly string[]>(),
      read: readLogins,
    }),
    signals: key({
      schema: z.array(signal).max(LIMITS.signals),
      description:
        "Signals of tools that the built-in catalogue does not contain. Each entry names a tool and exactly one signal, and a single match makes a change AI-written.",
      default: { written: [] },
      examples: [[{ tool: "In-house", trailer: "X-Model" }]],
      floor: union<Tool>(),
      read: readSignals,
    }),
  },
  {
    description: "How Countersign determines who wrote a change.",
    unset: "the built-in catalogue of tools",
  },
);
