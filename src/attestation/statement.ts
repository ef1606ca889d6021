import * as z from "zod";
import { type HumanReview, humanReview, PREDICATE_TYPE } from "./human-review.ts";

const TYPE = "https://in-toto.io/Statement/v1";

/** A commit of a governed branch, and what it holds. */
export interface Subject {
  /** Where people see the repository: `https://github.com/acme/shop`. */
  readonly page: string;
  readonly commit: string;
  readonly tree: string;
}

const uri = z.string().regex(/^git\+https?:\/\//);
const object = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** in-toto Statement v1 about a commit and its tree. */
export const statement = z.strictObject({
  _type: z.literal(TYPE),
  subject: z.tuple([
    z.strictObject({ uri, digest: z.strictObject({ gitCommit: object }) }),
    z.strictObject({ uri, digest: z.strictObject({ gitTree: object }) }),
  ]),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: humanReview,
});

export type Statement = Readonly<z.infer<typeof statement>>;

export function statementOf({ page, commit, tree }: Subject, predicate: HumanReview): Statement {
  const uri = `git+${page}`;
  return {
    _type: TYPE,
    subject: [
      { uri, digest: { gitCommit: commit } },
      { uri, digest: { gitTree: tree } },
    ],
    predicateType: PREDICATE_TYPE,
    predicate,
  };
}
