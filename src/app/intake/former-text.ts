import { createPolicyDetector } from "../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Account } from "../../provenance/identity.ts";
import type { Tool } from "../../provenance/tool/tool.ts";
import type { News } from "../../store/jobs.ts";
import type { Hint } from "./hint.ts";
import { isInsider } from "./insiders.ts";

const catalogued = createPolicyDetector(DEFAULT_POLICY.detect);

const FORMER: ReadonlySet<string | undefined> = new Set(["edited", "closed", "unlabeled"]);

/** Whether an event may tell of a pull request what GitHub shows no more. */
export function mayHoldFormerMarks(event: string, action: string | null | undefined): boolean {
  return event === "pull_request" && FORMER.has(action ?? undefined);
}

/**
 * What a pull request told of tools until its text was edited, a label was taken off or it was merged: nobody may have
 * read it before. An outsider's text is kept as theirs. `signals` are those that the repository's config adds.
 */
export function formerMarks(
  event: string,
  { action, changes, label, pull_request: pull }: Hint,
  signals: readonly Tool[] = [],
): Required<News>["evidence"] {
  if (!pull || !mayHoldFormerMarks(event, action)) return [];
  const texts = [changes?.body?.from, pull.merged === true ? pull.body : undefined].filter(
    (body) => body != null,
  );
  const labels = action === "unlabeled" && label !== undefined ? [label.name] : [];
  if (texts.length + labels.length === 0) return [];
  const detector = signals.length === 0 ? catalogued : withSignals(signals);
  const { number, user } = pull;
  const author = user?.id === undefined ? null : { id: user.id, login: user.login };
  const isPerson = author !== null && user?.type === "User" && !isMachine({ ...author, type: "User" });
  const isOutsiders = isPerson && !isInsider(pull);
  const told = { author: null, headRef: "", body: "", labels: [] };
  return [
    ...texts.flatMap((body) =>
      detector.pullRequest({ ...told, body }).map((evidence) => ({
        ...evidence,
        ...(isOutsiders && { writtenBy: { ...author, outsider: true } }),
      })),
    ),
    // Who may label is let in.
    ...detector.pullRequest({ ...told, labels }),
  ].map((evidence) => ({ pull: number, evidence }));
}

function withSignals(signals: readonly Tool[]): Detector {
  return createPolicyDetector({ ...DEFAULT_POLICY.detect, signals });
}

function isMachine(account: Account): boolean {
  return catalogued.machine(account) !== null;
}
