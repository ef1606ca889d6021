import { expect, test } from "@jest/globals";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Account, CommandComment, OverrideRecord, Snapshot } from "../../../src/signoff/snapshot.ts";
import { fc } from "../../fast-check.ts";
import { bot, commit, kira, kiro, nils, permissions, policy, recorded, snapshot, user } from "../build.ts";

const LASTS_MINUTES = 60;
const ann = user("ann", 11);
const ben = user("ben", 12);
const cid = user("cid", 13);
/** May write, and is not named. */
const stranger = nils;
/** Is not even let in. */
const eve = user("eve", 14);
const machine = bot("helper[bot]", 15);

const people = [ann, ben, cid, kira, stranger, eve, machine] as const;
const TEAM = [ann, ben, cid, kira] as const;
const HEADS = ["a".repeat(40), "b".repeat(40)] as const;

type Head = (typeof HEADS)[number];

type Step =
  | {
      readonly kind: "say";
      readonly by: Account;
      readonly line: "override" | "withdraw" | "quoted";
      readonly about: Head;
      readonly reason: "It burns" | "It floods";
      readonly doubt: CommandComment["doubt"] | "none";
    }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "push"; readonly head: Head }
  | { readonly kind: "leave" | "join"; readonly who: Account }
  /** The same comment once more, as it was heard the first time. */
  | { readonly kind: "replay" };

/** Mostly the first. */
function rarely<const Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      by: fc.constantFrom<Account>(ann, ben, ann, ben, ...people),
      line: rarely("override", "withdraw", "quoted"),
      about: rarely<Head>(...HEADS),
      reason: rarely("It burns", "It floods"),
      doubt: rarely("none", "edited", "app", "e-mail"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("push" as const), head: fc.constantFrom<Head>(...HEADS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("leave", "join" as const),
      who: fc.constantFrom<Account>(ann, ben, cid),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("replay" as const) }) },
);

const POLICY = policy({
  override: {
    by: [{ kind: "team", org: "acme", slug: "incident" }],
    approvals: 2,
    expiresAfter: LASTS_MINUTES * 60_000,
  },
});

interface Said {
  readonly by: Account;
  readonly minute: number;
  readonly reason: string;
}

/** A second judge, with what still counts in a list and no line of the evaluator. */
class Model {
  minute = 0;
  head: Head = HEADS[0];
  readonly team = new Set<number>(TEAM.map(({ id }) => id));
  #said: Said[] = [];

  say({ by, line, about, reason, doubt }: Extract<Step, { kind: "say" }>): void {
    if (doubt !== "none" || by.type !== "User" || by === eve) return;
    if (line === "withdraw" && (this.team.has(by.id) || this.#said.some((one) => one.by.id === by.id)))
      this.#said = [];
    const isTheirs = this.team.has(by.id) && by !== kira && about === this.head;
    if (line === "override" && isTheirs) this.#said.push({ by, minute: this.minute, reason });
  }

  push(head: Head): void {
    this.head = head;
    this.#said = [];
  }

  leave(who: Account): void {
    this.team.delete(who.id);
    // Whatever they were part of is over; it is counted as if all of it were.
    if (this.#said.some(({ by }) => by.id === who.id) && this.mayPass()) this.#said = [];
    this.#said = this.#said.filter(({ by }) => by.id !== who.id);
  }

  /** Whether two people who may have said the same, neither too long ago. */
  mayPass(): boolean {
    return this.#said.some((one) =>
      this.#said.some(
        (other) =>
          other.by.id !== one.by.id &&
          other.reason === one.reason &&
          Math.abs(other.minute - one.minute) < LASTS_MINUTES &&
          this.minute < Math.max(one.minute, other.minute) + LASTS_MINUTES,
      ),
    );
  }
}

/** The evaluator with the memory that a store gives it. */
class Gate {
  readonly #model: Model;
  #open: OverrideRecord[] = [];
  #movedAt: string | null = null;
  #comments = 0;
  #seen = new Set<number>();
  #last: CommandComment | null = null;

  constructor(model: Model) {
    this.#model = model;
  }

  comment({ by, line, about, reason, doubt }: Extract<Step, { kind: "say" }>): CommandComment {
    this.#comments += 1;
    const command = `/countersign override ${about.slice(0, 12)} ${reason}`;
    const body = { override: command, withdraw: "/countersign withdraw", quoted: `> ${command}` }[line];
    this.#last = {
      id: this.#comments,
      by,
      at: this.#now(),
      body,
      ...(doubt !== "none" && doubt && { doubt }),
    };
    return this.#last;
  }

  again(): readonly CommandComment[] {
    // A store that heard a comment once does not hear it again.
    return this.#last === null || this.#seen.has(this.#last.id) ? [] : [this.#last];
  }

  pushed(): void {
    this.#movedAt = this.#now();
  }

  passes(commands: readonly CommandComment[]): boolean {
    const { conclusion, toRecord } = evaluate(this.#snapshot(commands), POLICY);
    for (const { override, commentId } of toRecord.commands ?? []) {
      if (override === undefined) continue;
      this.#open.push(override);
      this.#seen.add(commentId);
    }
    const ended = new Set(toRecord.ended?.map(({ record }) => record.commentId));
    this.#open = this.#open.filter(({ commentId }) => !ended.has(commentId));
    return conclusion === "success";
  }

  #now(): string {
    return new Date(Date.UTC(2026, 10, 20, 12, this.#model.minute)).toISOString();
  }

  #snapshot(commands: readonly CommandComment[]): Snapshot {
    const { head, team } = this.#model;
    const base = snapshot();
    return snapshot({
      now: this.#now(),
      pullRequest: { ...base.pullRequest, head: { sha: head, ref: "rebuild" } },
      commits: [commit(kiro, { sha: head })],
      authority: {
        permissions: permissions("write", ann, ben, cid, kira, stranger),
        teams: {
          ...base.authority.teams,
          "acme/incident": { status: "known", members: TEAM.filter(({ id }) => team.has(id)) },
        },
      },
      recorded: recorded({ overrides: this.#open, headMovedAt: this.#movedAt }),
      ...(commands.length > 0 && { commands }),
    });
  }
}

/** Plays the steps, each a minute after the one before; answers how often it passed. */
function play(steps: readonly Step[]): number {
  const model = new Model();
  const gate = new Gate(model);
  let passed = 0;
  for (const one of steps) {
    model.minute += 1;
    const commands = perform(one, model, gate);
    const passes = gate.passes(commands);
    if (passes && !model.mayPass()) throw new Error(`it passes after ${JSON.stringify(one)}`);
    passed += passes ? 1 : 0;
  }
  return passed;
}

function perform(one: Step, model: Model, gate: Gate): readonly CommandComment[] {
  switch (one.kind) {
    case "say":
      model.say(one);
      return [gate.comment(one)];
    case "wait":
      model.minute += one.minutes;
      return [];
    case "push":
      if (one.head !== model.head) gate.pushed();
      if (one.head !== model.head) model.push(one.head);
      return [];
    case "leave":
      model.leave(one.who);
      return [];
    case "join":
      model.team.add(one.who.id);
      return [];
    case "replay":
      return gate.again();
  }
}

test("nothing that people say passes a change but what a second judge lets through", () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 25 }), (steps) => {
      passed += play(steps);
    }),
    { numRuns: 100 },
  );
  expect(passed).toBeGreaterThan(50);
});

test("without anybody who may override, no sequence of comments passes anything", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const others = steps.filter((one) => one.kind !== "say" || !TEAM.includes(one.by) || one.by === kira);
      expect(play(others)).toBe(0);
    }),
    { numRuns: 100 },
  );
});
