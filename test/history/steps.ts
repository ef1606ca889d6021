import type { ActName } from "./acts/acts.ts";
import type { Choices } from "./acts/choosing.ts";
import type { Fate } from "./news.ts";
import type { TroubleName } from "./troubles.ts";

/** What befalls the app. */
export const EVENTS = {
  kill: "the app is killed, and started again",
  relief: "an hour passes, and GitHub is itself again",
  arrival: "what is late arrives, the newest first",
  again: "an old delivery is repeated",
  hour: "an hour passes",
  quiet: "everything comes to rest",
} as const;
export type EventName = keyof typeof EVENTS;

export type Step = Choices &
  (
    | {
        readonly act: ActName;
        readonly fate: Fate;
        /** Whether the app has the time to work off what is due before the next step. */
        readonly rest: boolean;
        readonly during: During;
      }
    | { readonly trouble: TroubleName }
    | { readonly event: EventName }
  );

/**
 * When an act happens: between the app's works, or in the middle of one, after so many of its requests or while it
 * waits for an answer about people.
 */
export type During = number | "a question about people" | null;

export interface Plan {
  readonly steps: readonly Step[];
  /** Whether GitHub delivers again what was lost; if not, only the sweep brings it back. */
  readonly redelivers: boolean;
}
