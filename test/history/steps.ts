import { fc } from "../fast-check.ts";
import { ACTS, type ActName } from "./acts/acts.ts";
import type { Choices } from "./acts/choosing.ts";
import type { Fate } from "./news.ts";
import { TROUBLES, type TroubleName } from "./troubles.ts";

/** What befalls the app. */
export const EVENTS = {
  kill: "the app is killed, and started again",
  relief: "an hour passes, and GitHub is itself again",
  arrival: "what is late arrives, the newest first",
  again: "an old delivery is repeated",
  hour: "an hour passes",
} as const;
export type EventName = keyof typeof EVENTS;

export type Step = Choices &
  (
    | {
        readonly act: ActName;
        readonly fate: Fate;
        /** Whether the app has the time to work off what is due before the next step. */
        readonly rest: boolean;
        /** Happens while the app works, after so many requests; 0: between its works. */
        readonly during: number;
      }
    | { readonly trouble: TroubleName }
    | { readonly event: EventName }
  );

export interface Plan {
  readonly steps: readonly Step[];
  /** Whether GitHub delivers again what was lost; if not, only the sweep brings it back. */
  readonly redelivers: boolean;
}

const WEIGHTS: Readonly<Record<ActName, number>> = {
  open: 8,
  openFromFork: 3,
  openTwin: 3,
  openCopy: 3,
  close: 2,
  reopen: 3,
  push: 7,
  rewrite: 5,
  goBack: 3,
  update: 3,
  retarget: 3,
  review: 14,
  press: 12,
  dismiss: 5,
  team: 4,
  leaveOrganization: 1,
  permission: 3,
  rename: 1,
  renameLogin: 3,
  rules: 2,
  pushToBase: 2,
  enqueue: 6,
  land: 1,
  dequeue: 1,
  merge: 1,
};

const choices = { a: fc.nat(59), b: fc.nat(59), c: fc.nat(59) };

const name = fc.oneof(
  ...namesOf(ACTS).map((each) => ({ arbitrary: fc.constant(each), weight: WEIGHTS[each] })),
);

const fate = fc.oneof(
  { arbitrary: fc.constant<Fate>("told"), weight: 12 },
  { arbitrary: fc.constant<Fate>("late"), weight: 2 },
  { arbitrary: fc.constant<Fate>("lost"), weight: 1 },
  { arbitrary: fc.constant<Fate>("twice"), weight: 1 },
);

const act = fc.record({
  ...choices,
  act: name,
  fate,
  rest: fc.boolean(),
  during: fc.oneof(
    { arbitrary: fc.constant(0), weight: 3 },
    { arbitrary: fc.integer({ min: 1, max: 6 }), weight: 1 },
  ),
});

const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { arbitrary: act, weight: 18 },
  { arbitrary: fc.record({ ...choices, trouble: fc.constantFrom(...namesOf(TROUBLES)) }), weight: 1 },
  { arbitrary: fc.record({ ...choices, event: fc.constantFrom(...namesOf(EVENTS)) }), weight: 2 },
);

export function plans(length: number): fc.Arbitrary<Plan> {
  return fc.record({
    steps: fc.noBias(fc.array(step, { minLength: 1, maxLength: length, size: "max" })),
    redelivers: fc.boolean(),
  });
}

function namesOf<T extends string>(table: Readonly<Record<T, unknown>>): T[] {
  const names: T[] = [];
  for (const each in table) names.push(each);
  return names;
}
