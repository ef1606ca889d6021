import { createPolicyDetector } from "../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import type { Account } from "../../provenance/identity.ts";
import type { News } from "../../store/jobs.ts";
import type { Hint } from "./hint.ts";
import { isInsider } from "./insiders.ts";

const detector = createPolicyDetector(DEFAULT_POLICY.detect);

/**
 * What the text of a pull request told of tools until it was edited or merged: nobody may have read it before. An
 * outsider's text is kept as theirs.
 */
export function formerMarks(
  event: string,
  { changes, pull_request: pull }: Hint,
): Required<News>["evidence"] {
  const texts = [changes?.body?.from, pull?.merged === true ? pull.body : undefined];
  if (event !== "pull_request" || !pull) return [];
  const { number, user } = pull;
  const author = user?.id === undefined ? null : { id: user.id, login: user.login };
  const isPerson = author !== null && user?.type === "User" && !isMachine({ ...author, type: "User" });
  const isOutsiders = isPerson && !isInsider(pull);
  const marks = texts.flatMap((body) =>
    body == null ? [] : detector.pullRequest({ author: null, headRef: "", body, labels: [] }),
  );
  return marks.map((evidence) => ({
    pull: number,
    evidence: { ...evidence, ...(isOutsiders && { writtenBy: { ...author, outsider: true } }) },
  }));
}

function isMachine(account: Account): boolean {
  return detector.machine(account) !== null;
}
