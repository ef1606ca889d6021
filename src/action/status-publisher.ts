import type { HeadCheck } from "../app/work/checks.ts";
import { CHECK_NAME, isPatternCheck } from "../github/client/check-name.ts";
import { LIMITS } from "../github/client/limits.ts";
import type { HeadStatus, OpenHead } from "../github/listing/open-heads.ts";
import { createCaches } from "../github/reading/read-snapshot.ts";
import { countStatuses, setStatus, statusText, write } from "../github/writing/write.ts";
import type { Access } from "./ports.ts";
import { labelsOf, type Publisher, passes } from "./publishing.ts";

/** Of the statuses that a commit may have, those that are kept for taking a pass back. */
const KEPT = 100;

/** An unchanged status is written anew after so long: its time tells when the head was last looked at. */
const REWRITTEN_AFTER_MS = 12 * 60 * 60_000;

const FULL =
  "This commit bears too many statuses to trust one more: push a new commit (an empty one will do)";

/** Shows verdicts as commit statuses, which anybody with write access could set as well. */
export function statusPublisher(access: Access, page: string): Publisher {
  const { client, repository, now } = access;
  const set = (sha: string, context: string, state: "error" | "failure" | "success", description: string) =>
    setStatus(client, repository, { sha, context, state, description, targetUrl: page });
  const isShown = (check: HeadCheck, head: OpenHead | null) => {
    const shown = statusOf(head, check.name);
    if (shown === null || shown.state !== (passes(check) ? "SUCCESS" : "FAILURE")) return false;
    const age = now().getTime() - Date.parse(shown.createdAt);
    return shown.description === statusText(check.explanation.title) && age < REWRITTEN_AFTER_MS;
  };
  return {
    publish: async (judged, { head, onlyStricter }) => {
      const { headSha, checks } = judged;
      const published = [];
      for (const check of checks) {
        if (isShown(check, head) || (onlyStricter && passes(check))) {
          published.push({ check, written: false, passes: passes(check) });
          continue;
        }
        const full = passes(check) && (await isFull(access, headSha));
        const state = passes(check) && !full ? "success" : "failure";
        await set(headSha, check.name, state, full ? FULL : check.explanation.title);
        published.push({ check, written: true, passes: state === "success" });
      }
      const wanted = published.some(({ written }) => written) ? labelsOf(judged) : [];
      if (wanted.length === 0) return { published, notApplied: [] };
      const writing = { repository, headSha, checks: [], labelsAndReviewers: wanted };
      const { notApplied } = await write(client, writing, { caches: createCaches(), now: now() }).catch(
        (error: unknown) => ({
          notApplied: wanted.map(({ pull }) => ({ pull, labels: asError(error), notAsked: [] })),
        }),
      );
      return { published, notApplied };
    },
    takeBack: async ({ headSha, head, names, title, failed }) => {
      const green = (head?.statuses ?? []).filter(
        ({ context, state }) => state === "SUCCESS" && isOurs(context),
      );
      const all = new Set([
        ...(head === null ? [CHECK_NAME] : green.map(({ context }) => context)),
        ...names,
      ]);
      for (const name of all) await set(headSha, name, failed ? "error" : "failure", title);
      return all.size > 0;
    },
    seenAt: (head) => statusOf(head, CHECK_NAME)?.createdAt ?? null,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The names of our statuses on a head. */
export function knownStatuses(head: OpenHead | null): readonly string[] {
  return (head?.statuses ?? []).map(({ context }) => context).filter(isOurs);
}

function isOurs(context: string): boolean {
  return context === CHECK_NAME || isPatternCheck(context);
}

function statusOf(head: OpenHead | null, name: string): HeadStatus | null {
  return head?.statuses.find(({ context }) => context === name) ?? null;
}

async function isFull({ client, repository }: Access, sha: string): Promise<boolean> {
  return (await countStatuses(client, repository, sha)) >= LIMITS.statusesOfHead - KEPT;
}
