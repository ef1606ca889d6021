/** What GitHub accepts in the output of one check run. */

/**
 * Characters, for the summary and for the text each (REST schema of "Create a check run"). We count bytes, of which
 * there are never fewer, so either reading of the limit is kept.
 */
export const CHECK_BODY_BYTES = 65_535;

/** Characters of a comment (answered with 422 beyond it, seen 2026-11); bytes for the same reason. */
export const COMMENT_BYTES = 65_536;

/** Annotations that one request may carry (the same schema); a second request would append, so we send one. */
export const CHECK_ANNOTATIONS = 50;

/** Not documented. Longer titles are cut off in every view; 255 is the width of the names around it. */
export const CHECK_TITLE_CHARACTERS = 255;

/** People and teams to have asked for review at once: GitHub takes 15 users in one request. */
export const ASKED_AT_ONCE = 15;
