import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { login } from "./schema-accounts.ts";

/** Each row of `detect.signals` has exactly one of these. */
export const MATCHERS = ["trailer", "email", "co-author", "line", "branch", "label", "account"] as const;

const text = z.string().min(1).max(LIMITS.signalLength);

export const signal = z
  .strictObject({
    tool: text.meta({
      description: "The name under which people know the tool.",
      $comment: "none, it must be said",
      examples: ["In-house"],
    }),
    trailer: z
      .string()
      .max(LIMITS.trailerLength)
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
      .meta({
        title: "the key of a trailer (letters, digits and hyphens)",
        description: "A commit trailer by its key, as in `X-Model: acme-7b`.",
        $comment: "not looked for",
        examples: ["X-Model"],
      })
      .exactOptional(),
    value: text
      .meta({
        description: "With `trailer`: a regular expression that the trailer's value must match.",
        $comment: "any value",
        examples: ["^acme-"],
      })
      .exactOptional(),
    email: text
      .regex(/^[^\s@<>]+@[^\s@<>]+$/)
      .meta({
        title: "an e-mail address",
        description: "The exact address of an author, a committer or a co-author.",
        $comment: "not looked for",
        examples: ["agent@acme.example"],
      })
      .exactOptional(),
    "co-author": text
      .meta({
        description: "The whole display name of a co-author.",
        $comment: "not looked for",
        examples: ["Acme Agent"],
      })
      .exactOptional(),
    line: text
      .meta({
        description: "A regular expression for one line of a commit message or of the pull request's text.",
        $comment: "not looked for",
        examples: ["^Made with Acme Agent$"],
      })
      .exactOptional(),
    branch: text
      .meta({
        description: "A regular expression for the name of the head branch.",
        $comment: "not looked for",
        examples: ["^acme-agent/"],
      })
      .exactOptional(),
    label: text
      .max(LIMITS.labelLength)
      .meta({
        description: "A label on the pull request.",
        $comment: "not looked for",
        examples: ["acme-agent"],
      })
      .exactOptional(),
    account: z
      .strictObject({
        id: z
          .int()
          .min(1)
          .meta({
            description: "The numeric id, which decides (`gh api users/LOGIN --jq .id`).",
            $comment: "not known, which only an App's login ending in `[bot]` may do",
            examples: [12345678],
          })
          .exactOptional(),
        login: login.meta({
          description: "The login, which is shown; ends in `[bot]` for an App.",
          $comment: "none, it must be said",
          examples: ["acme-agent[bot]"],
        }),
      })
      .meta({
        if: { properties: { login: { pattern: "\\[bot\\]$" } } },
        else: { required: ["id"] },
        description: "An account as author, committer, co-author or author of the pull request.",
        $comment: "not looked for",
        examples: [{ id: 12345678, login: "acme-agent[bot]" }],
      })
      .exactOptional(),
  })
  .meta({
    dependentRequired: { value: ["trailer"] },
    oneOf: MATCHERS.map((key) => ({ required: [key] })),
  });
