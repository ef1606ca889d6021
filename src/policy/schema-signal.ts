import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { login } from "./schema-accounts.ts";

/** Each entry of `detect.signals` has exactly one of these keys. */
export const MARKS = ["trailer", "email", "co-author", "line", "branch", "label", "account"] as const;

const mark = z.string().min(1).max(LIMITS.signalLength);

export const signal = z
  .strictObject({
    tool: mark.meta({
      description: "The tool's name, as the check shows it.",
      $comment: "none (required)",
      examples: ["In-house"],
    }),
    trailer: z
      .string()
      .max(LIMITS.trailerLength)
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
      .meta({
        title: "a trailer key (letters, digits and hyphens)",
        description: "The key of a commit trailer, as in `X-Model: acme-7b`.",
        $comment: "not used",
        examples: ["X-Model"],
      })
      .exactOptional(),
    value: mark
      .meta({
        description: "Only with `trailer`: a regular expression that its value must match.",
        $comment: "any value",
        examples: ["^acme-"],
      })
      .exactOptional(),
    email: mark
      .regex(/^[^\s@<>]+@[^\s@<>]+$/)
      .meta({
        title: "an e-mail address",
        description: "The exact e-mail address of an author, committer or co-author.",
        $comment: "not used",
        examples: ["agent@acme.example"],
      })
      .exactOptional(),
    "co-author": mark
      .meta({
        description: "The exact display name of a co-author.",
        $comment: "not used",
        examples: ["Acme Agent"],
      })
      .exactOptional(),
    line: mark
      .meta({
        description:
          "A regular expression for one line of a commit message or of the pull request's description.",
        $comment: "not used",
        examples: ["^Made with Acme Agent$"],
      })
      .exactOptional(),
    branch: mark
      .meta({
        description: "A regular expression for the name of the head branch.",
        $comment: "not used",
        examples: ["^acme-agent/"],
      })
      .exactOptional(),
    label: mark
      .max(LIMITS.labelLength)
      .meta({
        description: "A label on the pull request.",
        $comment: "not used",
        examples: ["acme-agent"],
      })
      .exactOptional(),
    account: z
      .strictObject({
        id: z
          .int()
          .min(1)
          .meta({
            description:
              "The account's numeric id, which identifies it (`gh api users/LOGIN --jq .id` prints it).",
            $comment: "none; allowed only for the login of an App, which ends in `[bot]`",
            examples: [12345678],
          })
          .exactOptional(),
        login: login.meta({
          description: "The account's login, for display. An App's login ends in `[bot]`.",
          $comment: "none (required)",
          examples: ["acme-agent[bot]"],
        }),
      })
      .meta({
        if: { properties: { login: { pattern: "\\[bot\\]$" } } },
        else: { required: ["id"] },
        description: "A GitHub account that authors, commits, co-authors or opens the pull request.",
        $comment: "not used",
        examples: [{ id: 12345678, login: "acme-agent[bot]" }],
      })
      .exactOptional(),
  })
  .meta({
    dependentRequired: { value: ["trailer"] },
    oneOf: MARKS.map((key) => ({ required: [key] })),
  });
