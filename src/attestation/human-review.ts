import * as z from "zod";
import { assertion } from "./passkey.ts";

/** A name, not a place to fetch. */
export const PREDICATE_TYPE = "https://countersign.dev/human-review/v1";

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "must be the id of a git object");
const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal");
const time = z.iso.datetime();

const person = z
  .strictObject({
    id: z.int().describe("GitHub's numeric id of the account."),
    login: z.string().describe("The login as it was then; it may be somebody else's by now."),
  })
  .describe("An account of GitHub.");

const change = z
  .strictObject({
    repository: z.strictObject({
      id: z.int().describe("GitHub's numeric id of the repository."),
      name: z.string().describe("`owner/name` as it was then."),
    }),
    branch: z.string().describe("The governed branch that was changed."),
    before: sha.describe("The commit that the branch was at before; zeros where the branch was made by it."),
    after: sha.describe("The commit that the branch came to: the subject of the statement."),
    pull: z.int().nullable().describe("The number of the pull request; `null` where it came without one."),
    head: sha.describe("The commit that was judged: the head of the pull request, or what was pushed."),
    how: z.string().describe("How the branch was moved, in GitHub's words: `pr_merge`, `push`, …"),
    at: time.describe("When, as GitHub tells it."),
    by: person.nullable().describe("Who moved the branch; `null` where GitHub names nobody."),
  })
  .describe("What came into the branch, and how.");

const authorship = z
  .strictObject({
    writer: z.enum(["ai", "human", "automation", "unknown"]).describe("Who wrote it."),
    tools: z.array(z.string()).describe("The AI tools that deciding evidence names."),
    evidence: z
      .array(
        z.strictObject({
          tool: z.string(),
          kind: z.string().describe("The kind of signal: `trailer`, `account`, …"),
          strength: z.enum(["certain", "strong", "weak"]),
          on: z.string().describe("Where it was found: the id of a commit, or `pull-request`."),
        }),
      )
      .describe("What was found; what it said is in the ledger alone."),
  })
  .describe("Who wrote it, by which evidence.");

const area = z
  .strictObject({
    name: z.string().describe("The name of the area in the config."),
    requirement: z.string().describe("What was asked for: the area with the owners asked."),
    count: z.int().describe("How many countersignatures were asked for."),
    status: z.enum(["signed", "waiting", "refused", "impossible"]),
    contentDigest: digest
      .nullable()
      .describe("SHA-256 over paths and contents of the area in the head; `null` where it was not recorded."),
  })
  .describe("A part of production that the change touched, with what was asked for it.");

const passkey = z
  .strictObject({
    ...assertion.shape,
    byCode: z.boolean().describe("The key was registered with a one-time code of the server."),
    vouchedBy: z
      .array(person)
      .describe("Whose word, given with their own keys, said that it is the signer’s."),
  })
  .describe("An assertion by a registered key, and why that counted.");

const signer = z
  .strictObject({
    ...person.shape,
    requirement: z.string().describe("The requirement that was signed for."),
    as: z.string().describe("The owner by whose right it counts: `@acme/sre`, `@olga`."),
    at: time.describe("When the approval was given, as GitHub tells it."),
    review: z.int().describe("GitHub's numeric id of the review."),
    head: sha.describe("The head that it was given for."),
    kept: z.boolean().describe("It was given for an earlier head with the same content of the area."),
    passkey: passkey
      .nullable()
      .describe(
        "The signer’s passkey over what they signed; `null` where none was asked for, or an earlier version wrote the statement.",
      ),
  })
  .describe("A countersignature that counted.");

const policy = z
  .strictObject({
    commit: sha
      .nullable()
      .describe("The commit whose config was in force; `null` where it was not recorded."),
    digest: digest.nullable().describe("SHA-256 of the policy in force; `null` where it was not recorded."),
  })
  .describe("By which rules it was judged.");

const OUTCOMES = ["countersigned", "not-required", "overridden", "withdrawn", "bypassed"] as const;

/** What a statement says of one change of a governed branch. */
export const humanReview = z
  .strictObject({
    change,
    authorship,
    areas: z.array(area),
    signers: z.array(signer),
    policy,
    outcome: z
      .enum(OUTCOMES)
      .describe(
        "`countersigned`: the owners asked had all signed. `not-required`: the policy asked nobody to sign. `overridden`: two people let it in without. `withdrawn`: the check passed at the merge and was taken back afterwards. `bypassed`: no verdict and no two people let it in.",
      ),
    override: z.array(person).optional().describe("Who let it in, where it was overridden."),
  })
  .describe("How a change of a governed branch was reviewed by people, as Countersign recorded it.");

export type HumanReview = Readonly<z.infer<typeof humanReview>>;
