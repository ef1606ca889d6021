import type { Context } from "hono";
import type { Visitor } from "../../pages/layout.ts";
import { type Said, saidPage } from "../../pages/plain-pages.ts";

/** What is said in place of a page. */
const SAYINGS = {
  nothing: {
    status: 404,
    title: "Nothing to see here",
    text: "There is no such page, or you may not read this repository on GitHub, or GitHub could not be asked just now. If you may read it, try again in a minute.",
  },
  "too-often": { status: 429, title: "Too many requests", text: "Wait a minute, and try again." },
  "foreign-form": {
    status: 403,
    title: "Not done",
    text: "This did not come from a page of ours that you have open. Go back, reload the page, and try again.",
  },
  "not-logged-in": {
    status: 400,
    title: "You are not logged in",
    text: "The login took too long, was used before, or was begun in another browser. Go to the first page, and log in again.",
  },
  "not-told": {
    status: 400,
    title: "You are not logged in",
    text: "GitHub did not say who you are. Go to the first page, and try again in a minute.",
  },
  failed: {
    status: 500,
    title: "This did not work",
    text: "Something failed on our side. Try again in a minute.",
  },
} as const satisfies Readonly<Record<string, Said & { readonly status: number }>>;

/** Answers with one of the sayings. */
export type Say = (
  context: Context,
  what: keyof typeof SAYINGS,
  visitor?: Visitor,
) => Response | Promise<Response>;

export function sayings(docs: string): Say {
  return (context, what, visitor) => {
    const { status, ...said } = SAYINGS[what];
    return context.html(saidPage(said, docs, visitor), status);
  };
}
