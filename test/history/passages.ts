import { fc } from "../fast-check.ts";
import type { ActName } from "./acts/acts.ts";
import type { Choices } from "./acts/choosing.ts";
import type { Fate } from "./news.ts";
import type { Step } from "./steps.ts";

/** Choices among few by which the last is taken, an agent's pull request or any; and by which an agent opens one. */
const LAST = { ofAgents: 59, ofAll: 11 } as const;
const agents = fc.record({ a: fc.constantFrom(0, 2), b: fc.nat(59), c: fc.nat(59) });
const others = fc.record({ b: fc.nat(59), c: fc.nat(59) });

/** The acts of a passage upon one another, each told but where it says otherwise. */
function toldStep(
  act: ActName,
  given: Choices,
  how: { readonly fate?: Fate; readonly rest?: boolean } = {},
): Step {
  return { ...given, act, fate: "told", rest: false, during: null, ...how };
}

/** What an agent opened passes, is queued, and is refused once its group has passed. */
export function refusedInQueue(fate: fc.Arbitrary<Fate>): fc.Arbitrary<readonly Step[]> {
  return fc.tuple(agents, others, fate).map(([first, then, told]) => {
    const last = { ...then, a: LAST.ofAgents };
    return [
      toldStep("open", first),
      toldStep("press", last, { rest: true }),
      toldStep("enqueue", last, { rest: true }),
      toldStep("refuse", last, { fate: told }),
    ];
  });
}

/** Somebody refuses, the head becomes another one, and they lose the right to; all else that a pass needs is given. */
export function refusedBefore(fate: fc.Arbitrary<Fate>): fc.Arbitrary<readonly Step[]> {
  const moved = fc.constantFrom<ActName>("push", "rewrite", "update");
  return fc.tuple(agents, others, moved, fc.boolean(), fate).map(([first, then, act, rest, told]) => {
    const last = { ...then, a: LAST.ofAgents };
    return [
      toldStep("open", first),
      toldStep("refuse", last, { rest: true }),
      toldStep(act, last, { rest }),
      toldStep("loseRight", first, { fate: told, rest: true }),
      toldStep("press", last, { rest: true }),
    ];
  });
}

/** Somebody pushes an agent's work, another opens that again, more is pushed to it, and whoever pushed the first signs. */
export function openedAgain(fate: fc.Arbitrary<Fate>): fc.Arbitrary<readonly Step[]> {
  return fc.tuple(agents, others, fate).map(([first, then, told]) => {
    const last = { ...then, a: LAST.ofAgents };
    return [
      toldStep("open", first),
      toldStep("push", { ...last, c: 2 }, { rest: true }),
      toldStep("close", last, { fate: told }),
      // Before it is judged: GitHub tells who pushed a head commit, and of the others only what was heard is known.
      toldStep("openTwin", { ...last, b: first.b }),
      toldStep("push", { a: LAST.ofAll, b: 0, c: 3 }, { rest: true }),
      toldStep("press", { ...last, a: LAST.ofAll, b: 0 }, { rest: true }),
    ];
  });
}

/** What could end an override, and what does not. */
const BESIDES = [
  ...["withdraw", "push", "rewrite", "goBack", "retarget", "loseOverride", "refuse", "freeze"],
  ...["open", "open", "open"],
] as const satisfies readonly ActName[];

/** Two people let an agent's change through, and something happens that may end it. */
export function overridden(fate: fc.Arbitrary<Fate>): fc.Arbitrary<readonly Step[]> {
  return fc
    .tuple(agents, others, fc.constantFrom<ActName>(...BESIDES), fc.boolean(), fate)
    .map(([first, then, act, rest, told]) => {
      const last = { ...then, a: LAST.ofAgents };
      return [
        toldStep("open", first, { rest: true }),
        toldStep("override", last, { rest: true }),
        toldStep(act, last, { fate: told, rest }),
        toldStep("override", last, { rest: true }),
        { ...last, event: "quiet" },
      ];
    });
}

/** An agent's change passes, its area is frozen, and somebody lifts that. */
export function frozen(fate: fc.Arbitrary<Fate>): fc.Arbitrary<readonly Step[]> {
  const way = fc.constantFrom<ActName>("press", "override");
  return fc.tuple(agents, others, way, fc.boolean(), fate).map(([first, then, passed, rest, told]) => {
    const last = { ...then, a: LAST.ofAgents };
    return [
      toldStep("open", first, { rest: true }),
      toldStep(passed, last, { rest: true }),
      toldStep("freeze", last, { fate: told, rest }),
      toldStep("unfreeze", last, { fate: told, rest: true }),
      { ...last, event: "quiet" },
    ];
  });
}
