import type { News } from "../../store/jobs.ts";
import type { Hint } from "./hint.ts";

/** What changes around pull requests, by which what is read later has to be weighed. */
export function surroundingsIn(event: string, { push }: Hint): Pick<News, "rewritten"> {
  return event === "push" && push?.forced && push.after !== null ? { rewritten: [push.branch] } : {};
}
