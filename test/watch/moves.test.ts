import { expect, test } from "@jest/globals";
import { type BranchMove, isNowhere, type Judged, NOWHERE, unjudged } from "../../src/watch/moves.ts";

const START = Date.UTC(2026, 0, 1, 12);

/** Written as `1: a>b`; one second after the other. */
function moveOf(text: string): BranchMove {
  const [, id = "", before = "", after = ""] = /^(\d+): (\w+)>(\w+)$/.exec(text) ?? [];
  const at = new Date(START + Number(id) * 1000).toISOString();
  const named = (name: string) => (name === "none" ? NOWHERE : name);
  return { id, branch: "main", before: named(before), after: named(after), kind: "push", at, by: null };
}

function shown({ id, before, after, kind }: BranchMove): string {
  const name = (sha: string) => (isNowhere(sha) ? "none" : sha);
  return `${id ?? kind}: ${name(before)}>${name(after)}`;
}

const HOUR = 3_600_000;

test.each<{
  why: string;
  told: readonly string[];
  judged: Judged | null;
  left: readonly string[];
  /** When the watch began, in seconds after the start; default: an hour before. */
  since?: number;
  /** GitHub has more to tell than is read. */
  more?: true;
}>([
  { why: "nothing is told", told: [], judged: { tip: "a", move: null }, left: [] },
  { why: "all that is told was judged", told: ["1: a>b"], judged: { tip: "b", move: "1" }, left: [] },
  {
    why: "what came after, oldest first",
    told: ["3: c>d", "2: b>c", "1: a>b"],
    judged: { tip: "b", move: "1" },
    left: ["2: b>c", "3: c>d"],
  },
  {
    why: "back to where it was judged, and on: by the move, not by the commit",
    told: ["4: a>c", "3: b>a", "2: a>b", "1: z>a"],
    judged: { tip: "a", move: "1" },
    left: ["2: a>b", "3: b>a", "4: a>c"],
  },
  {
    why: "no move was told of before",
    told: ["2: b>a", "1: a>b"],
    judged: { tip: "a", move: null },
    left: ["1: a>b", "2: b>a"],
  },
  {
    why: "GitHub has forgotten the last one that was judged: what lies between is one move",
    told: ["9: f>g", "8: d>f"],
    judged: { tip: "b", move: "1" },
    left: ["untold: b>d", "8: d>f", "9: f>g"],
  },
  {
    why: "something in between is not told",
    told: ["3: x>d", "2: b>c"],
    judged: { tip: "b", move: "1" },
    left: ["2: b>c", "untold: c>x", "3: x>d"],
  },
  {
    why: "deleted and made again: nothing lies between",
    told: ["3: none>c", "2: b>none"],
    judged: { tip: "b", move: "1" },
    left: ["2: b>none", "3: none>c"],
  },
  {
    why: "deleted, and that it was made again is not told",
    told: ["4: c>d", "2: b>none"],
    judged: { tip: "b", move: "1" },
    left: ["2: b>none", "untold: b>c", "4: c>d"],
  },
  {
    why: "a branch that was not judged before, from when the watch began",
    told: ["200: b>c", "100: a>b", "1: none>a"],
    judged: null,
    left: ["100: a>b", "200: b>c"],
    since: 100,
  },
  {
    why: "a branch that was not judged before and moved more often than is read: as made by what is not",
    told: ["900: c>d", "899: b>c"],
    judged: null,
    left: ["untold: none>b", "899: b>c", "900: c>d"],
    more: true,
  },
  {
    why: "a branch that was not judged before, and all of whose moves are read after all",
    told: ["900: b>c", "899: none>b"],
    judged: null,
    left: ["899: none>b", "900: b>c"],
    more: true,
  },
  {
    why: "a minute before counts as well, as clocks differ",
    told: ["100: a>b", "39: z>a"],
    judged: null,
    left: ["100: a>b"],
    since: 100,
  },
])("what is left to judge: $why", ({ told, judged, left, since, more }) => {
  const from = since === undefined ? START - HOUR : START + since * 1000;
  expect(unjudged({ moves: told.map(moveOf), whole: !more }, judged, from).map(shown)).toEqual(left);
});
