import * as z from "zod";
import { ofBoth, strictest } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { login } from "./accounts.ts";
import { group } from "./group.ts";
import { described, key } from "./key.ts";

/** An account that may change a governed branch past the check. */
export interface AllowedBypass {
  /** Its login, lower-cased. */
  readonly account: string;
  readonly reason: string;
}

const allowed = z.strictObject({
  account: described({
    schema: login,
    description: "The login of a person, or of an App with `[bot]` at its end.",
    default: { text: "none (required)", value: null },
    examples: ["renovate[bot]"],
  }),
  reason: described({
    schema: z.string().min(1).max(LIMITS.reasonLength),
    title: `text of 1 to ${LIMITS.reasonLength} characters`,
    description: "Why it may. The ledger keeps it with each change.",
    default: { text: "none (required)", value: null },
    examples: ["Lock files, reviewed weekly."],
  }),
});

export const bypass = group(
  {
    allowed: key({
      schema: z.array(allowed).max(LIMITS.logins),
      description:
        "Accounts that may change governed branches past the check. The ledger still keeps what they change; nobody is alarmed.",
      default: { text: "nobody", value: [] },
      examples: [[{ account: "renovate[bot]", reason: "Lock files, reviewed weekly." }]],
      floor: ofBoth<AllowedBypass>(({ account }) => account),
      read: readAllowed,
    }),
    "follow-up": key({
      schema: z.enum(["none", "issue"]),
      description: "Whether a bypass also opens an issue for the owners who were passed over.",
      default: { written: "none" },
      examples: ["issue"],
      floor: strictest(["none", "issue"]),
      read: (followUp) => followUp,
    }),
  },
  {
    description: "What follows when somebody changes a governed branch past the check.",
    unset: "every bypass is recorded, labelled and commented on, whoever it is by",
  },
);

function readAllowed(entries: readonly AllowedBypass[]): readonly AllowedBypass[] {
  return entries.map(({ account, reason }) => ({ account: account.toLowerCase(), reason: reason.trim() }));
}
