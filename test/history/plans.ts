import { fc } from "../fast-check.ts";
import { ACTS, type ActName } from "./acts/acts.ts";
import type { Fate } from "./news.ts";
import { frozen, openedAgain, overridden, refusedBefore, refusedInQueue } from "./passages.ts";
import type { During, EventName, Plan, Step } from "./steps.ts";
import { TROUBLES } from "./troubles.ts";

/** How often each act happens, and in how many of a hundred cases the app works off what is due after it. */
const FREQUENCIES: Readonly<Record<ActName, readonly [weight: number, rests: number]>> = {
  open: [8, 4],
  openFromFork: [3, 4],
  openTwin: [3, 6],
  openCopy: [3, 6],
  close: [3, 4],
  reopen: [4, 6],
  push: [7, 4],
  rewrite: [5, 5],
  goBack: [3, 6],
  update: [3, 5],
  retarget: [3, 6],
  review: [12, 8],
  refuse: [4, 10],
  press: [14, 45],
  dismiss: [5, 10],
  team: [3, 6],
  loseRight: [2, 12],
  loseOverride: [1, 12],
  leaveOrganization: [1, 6],
  permission: [2, 6],
  rename: [1, 4],
  renameLogin: [3, 4],
  rules: [2, 6],
  pushToBase: [1, 4],
  enqueue: [6, 4],
  land: [2, 4],
  dequeue: [1, 4],
  merge: [2, 4],
  override: [5, 40],
  withdraw: [1, 10],
  freeze: [1, 30],
  unfreeze: [1, 30],
  accept: [2, 30],
};

const choices = { a: fc.nat(59), b: fc.nat(59), c: fc.nat(59) };

interface Mood {
  readonly fate: fc.Arbitrary<Fate>;
  readonly events: readonly EventName[];
  /** How often something befalls the app or GitHub, among a hundred steps. */
  readonly mishaps: number;
}

/** All is told in time, so that what the app knows grows; or much goes wrong. */
const MOODS: readonly Mood[] = [
  { fate: fc.constant("told"), events: ["kill", "again", "hour"], mishaps: 3 },
  {
    fate: weighted<Fate>([
      ["told", 12],
      ["late", 2],
      ["lost", 1],
      ["twice", 1],
    ]),
    events: ["kill", "kill", "relief", "arrival", "arrival", "again", "hour"],
    mishaps: 14,
  },
];

const name = weighted(namesOf(ACTS).map((each) => [each, FREQUENCIES[each][0]]));
const during = weighted<During>([
  [null, 90],
  ["a question about people", 1],
  ...[1, 2, 3, 4, 5, 6].map((request) => [request, 1] as const),
]);

function actsIn({ fate }: Mood, names: fc.Arbitrary<ActName> = name): fc.Arbitrary<Step> {
  const drawn = fc.record({ ...choices, act: names, fate, during, chance: fc.nat(99) });
  return drawn.map(({ chance, ...act }) => ({ ...act, rest: chance < FREQUENCIES[act.act][1] }));
}

function stepsIn(mood: Mood): fc.Arbitrary<Step> {
  const trouble = fc.record({ ...choices, trouble: fc.constantFrom(...namesOf(TROUBLES)) });
  const event = fc.record({ ...choices, event: fc.constantFrom(...mood.events) });
  return fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { arbitrary: actsIn(mood), weight: 100 - mood.mishaps },
    { arbitrary: event, weight: mood.mishaps - Math.floor(mood.mishaps / 3) },
    { arbitrary: trouble, weight: Math.floor(mood.mishaps / 3) },
  );
}

/** What the app takes note of, and what may make it forget that. */
const TEMPTATIONS: readonly (readonly [given: ActName, undone: ActName])[] = [
  ["refuse", "dismiss"],
  ["refuse", "dismiss"],
  ["refuse", "loseRight"],
  ["refuse", "loseRight"],
  ["refuse", "renameLogin"],
  ["push", "renameLogin"],
  ["push", "renameLogin"],
  ...(["team", "permission", "push", "rewrite", "goBack", "update", "retarget"] as const).flatMap(
    (undone) => [["refuse", undone] as const, ["push", undone] as const],
  ),
];

/** Of whom an act makes its choice: who refused comes first for even numbers, and who pushed signs for some. */
const CHOSEN = { a: fc.nat(29).map((half) => half * 2), b: fc.nat(4).map((twelfth) => 6 + twelfth * 12) };

/** Something the app takes note of, something that may make it forget it, and whatever else a pass needs. */
function temptationIn({ fate }: Mood): fc.Arbitrary<readonly Step[]> {
  const drawn = {
    ...choices,
    pair: fc.constantFrom(...TEMPTATIONS),
    fate,
    chosen: fc.record(CHOSEN),
    isChosen: fc.boolean(),
  };
  return fc.record(drawn).map(({ pair: [given, undone], fate: told, chosen, isChosen, ...free }) => {
    const each = { ...free, ...(isChosen && chosen), during: null };
    return [
      { ...each, act: given, fate: "told", rest: true },
      { ...each, act: undone, fate: told, rest: false },
      { ...each, act: "press", fate: told, rest: true },
    ];
  });
}

/** Whoever signed loses the right to, while the app that has just started asks whether they have it. */
const lateAnswer: fc.Arbitrary<readonly Step[]> = fc
  .record({ ...choices, a: fc.nat(29).map((half) => half * 2 + 1) })
  .map((each) => [
    { ...each, event: "kill" },
    { ...each, act: "press", fate: "told", rest: false, during: null },
    { ...each, act: "loseRight", fate: "told", rest: true, during: "a question about people" },
  ]);

/** Some passages in one mood, after which everything comes to rest; the first is one of those by which much is lost. */
function chapterIn(mood: Mood): fc.Arbitrary<readonly Step[]> {
  const single = stepsIn(mood).map((step) => [step]);
  const passage = fc.oneof<fc.WeightedArbitrary<readonly Step[]>[]>(
    { arbitrary: single, weight: 50 },
    { arbitrary: temptationIn(mood), weight: 4 },
    { arbitrary: lateAnswer, weight: 1 },
  );
  const first = fc.oneof(...FIRST.map((each) => each(mood.fate)));
  const passages = fc.array(passage, { minLength: 1, maxLength: LONGEST_CHAPTER, size: "max" });
  return fc
    .tuple(first, passages, fc.record(choices))
    .map(([begins, all, chosen]) => [...begins, ...all.flat(), { ...chosen, event: "quiet" }]);
}

const FIRST = [refusedInQueue, refusedBefore, openedAgain, overridden, overridden, frozen] as const;

const LONGEST_CHAPTER = 100;
const MOST_CHAPTERS = 7;
const STEPS_A_PASSAGE = (50 + 5 * 3) / 55;
const STEPS_AT_FIRST = (4 + 5 + 6 + 5 + 5 + 5) / 6;
/** How many steps a history has on the average. */
export const MEAN_STEPS =
  (STEPS_AT_FIRST + ((LONGEST_CHAPTER + 1) / 2) * STEPS_A_PASSAGE + 1) * ((MOST_CHAPTERS + 1) / 2);

export const plans: fc.Arbitrary<Plan> = fc.record({
  steps: fc.noBias(
    fc
      .array(fc.oneof(...MOODS.map(chapterIn)), { minLength: 1, maxLength: MOST_CHAPTERS, size: "max" })
      .map((chapters) => chapters.flat()),
  ),
  redelivers: fc.boolean(),
});

function weighted<T>(rows: readonly (readonly [T, number])[]): fc.Arbitrary<T> {
  return fc.oneof(...rows.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));
}

function namesOf<T extends string>(table: Readonly<Record<T, unknown>>): T[] {
  const names: T[] = [];
  for (const each in table) names.push(each);
  return names;
}
