import type { Account, Comment, Conversation, Review } from "./model.ts";
import type { State } from "./state.ts";

/** What is said on issues, pull requests and lines of a diff. */
export function comments(state: State) {
  return {
    comment(on: Conversation, by: Account, body: string, how: HowWritten = {}): Comment {
      const comment = written(state, by, body, how);
      on.comments.push(comment);
      state.announce({ event: "issue_comment", action: "created", on, comment, sender: by });
      return comment;
    },

    /** `by` is its author or somebody with write access. */
    editComment(
      on: Conversation,
      comment: Comment,
      { body, by }: { readonly body: string; readonly by: Account },
    ): void {
      const from = comment.body;
      comment.body = body;
      comment.editor = by;
      comment.updatedAt = state.now();
      comment.versions.push({ id: state.nextId(), body, by, at: comment.updatedAt });
      state.announce({ event: "issue_comment", action: "edited", on, comment, from, sender: by });
    },

    /** Nothing of it is left but the webhook. */
    deleteComment(on: Conversation, comment: Comment, by: Account): void {
      on.comments.splice(on.comments.indexOf(comment), 1);
      state.announce({ event: "issue_comment", action: "deleted", on, comment, sender: by });
    },

    /** A word on a line of the diff, within a review. */
    reviewComment(review: Review, by: Account, body: string): Comment {
      const comment = written(state, by, body);
      review.comments.push(comment);
      return comment;
    },
  };
}

interface HowWritten {
  /** The app whose user token writes it. */
  readonly performedVia?: number;
  readonly byEmail?: boolean;
}

function written(
  state: State,
  author: Account,
  body: string,
  { performedVia, byEmail = false }: HowWritten = {},
): Comment {
  const at = state.now();
  const versions = [{ id: state.nextId(), body, by: author, at }];
  const times = { createdAt: at, updatedAt: at };
  return {
    id: state.nextId(),
    author,
    body,
    ...times,
    editor: null,
    performedVia: performedVia ?? null,
    byEmail,
    versions,
  };
}
