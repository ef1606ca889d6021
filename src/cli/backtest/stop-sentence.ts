import { asSentence, forToken } from "../github/failure.ts";
import type { Stop } from "./budget.ts";

/** Why it ended early, and how it goes on. */
export function stopSentence(stop: Stop): string {
  switch (stop.kind) {
    case "requests":
      return `Stopped after ${stop.most} requests (--most). The same command goes on from here.`;
    case "quota":
      return `Stopped with ${stop.remaining} of the token’s ${stop.limit} requests an hour left, which are for others. The same command goes on from here; the hour ends at ${stop.resetAt}.`;
    case "unavailable":
      return `Stopped, as GitHub does not answer: ${asSentence(forToken(stop.message))} The same command goes on from here.`;
    case "interrupted":
      return "Interrupted. The same command goes on from here.";
  }
}
