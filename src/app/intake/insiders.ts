import type { Hint } from "./hint.ts";

/** GitHub's word for people who may have been let in. */
const INSIDERS: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

interface Text {
  readonly author_association?: string | undefined;
}

/** Whether the writer of a text may have been let in, by GitHub's word. */
export function isInsider({ author_association: association = "" }: Text): boolean {
  return INSIDERS.has(association);
}

/** Those who wrote what an event tells of, and are in no way part of the repository. */
export function outsidersIn({ comment, review, issue, pull_request: pull }: Hint): ReadonlySet<number> {
  const texts = [comment, review, issue, pull].filter((text) => text != null);
  return new Set(
    texts.flatMap((text) => (text.user?.id === undefined || isInsider(text) ? [] : [text.user.id])),
  );
}
