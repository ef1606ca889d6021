import { expect, test } from "@jest/globals";
import { checkedPatterns, governs } from "../../../src/policy/governs.ts";
import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { watchRulesOf } from "../../../src/watch/rules.ts";
import {
  file,
  HEAD,
  humanChange,
  olga,
  recorded as recordedOf,
  snapshot,
  sven,
} from "../../signoff/build.ts";

const destroyed = file("infra/db.tf", {
  status: "removed",
  contentId: null,
  before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
});
const workflow = ".github/workflows/deploy.yml";
const widened = file(workflow, {
  status: "added",
  after: "on: push\npermissions: write-all\njobs: {}\n",
});

/** All that a policy can ask for: an area, a hazard of each kind, a file in no area; by an AI and by a person. */
const files = [destroyed, widened, file("web/page.ts")];
const SNAPSHOTS = [snapshot({ files }), humanChange({ files }), overridden(), asked()];

/** Somebody was asked, and other changes stand in line. */
function asked(): Snapshot {
  const at = "2026-11-20T12:59:00Z";
  return snapshot({
    files,
    time: { requests: [{ kind: "user", name: "olga", at }], firstComments: {}, lines: [] },
  });
}

/** Two people ask for an override. */
function overridden(): Snapshot {
  const body = `/countersign override ${HEAD.slice(0, 12)} It burns`;
  const at = "2026-11-20T12:59:00Z";
  const line = {
    headSha: HEAD,
    named: HEAD.slice(0, 12),
    baseRef: "main",
    reason: "It burns",
    lasts: 60_000,
  };
  return snapshot({
    files,
    commands: [{ id: 1, by: olga, at, body }],
    recorded: recordedOf({ overrides: [{ commentId: 2, by: sven, at, ...line }] }),
  });
}

/** The default, with a time to answer: nobody's working hours matter without one. */
const IN_USE: Policy = { ...DEFAULT_POLICY, time: { ...DEFAULT_POLICY.time, respondWithin: 60_000 } };

/** Fields that say where a rule was written, and are no keys. */
const NO_KEY = /\.origin$/;

test("every key in force is read when a change is judged, or how it came into a branch", () => {
  expect(unreadKeys(IN_USE)).toEqual([]);
});

test("a key that nobody reads is found", () => {
  const policy: Policy & { readonly ignored: boolean } = { ...IN_USE, ignored: true };
  expect(unreadKeys(policy)).toEqual(["ignored"]);
});

function unreadKeys(policy: Policy): readonly string[] {
  const read = new Set<string>();
  const watched = recorded(policy, "", read);
  governs(watched, { ref: "main", defaultBranch: "main" });
  checkedPatterns(watched, { ref: "main", defaultBranch: "main" });
  watchRulesOf(watched, "main", null);
  for (const each of SNAPSHOTS) evaluate(each, watched);
  return leavesOf(policy).filter((path) => !read.has(path) && !NO_KEY.test(path));
}

/** The same value, which records the path of each property that somebody reads. */
function recorded<Value extends object>(value: Value, path: string, read: Set<string>): Value {
  return new Proxy(value, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof name === "symbol" || typeof found === "function") return found;
      const here = below(path, name);
      read.add(here);
      return isMapping(found) || Array.isArray(found) ? recorded(found, here, read) : found;
    },
  });
}

/** The paths of all keys; those of a list's entries once. */
function leavesOf(value: object, path = ""): readonly string[] {
  return Object.entries(value).flatMap(([name, found]) => {
    const here = below(path, name);
    const [first] = Array.isArray(found) ? found : [];
    if (isMapping(first)) return leavesOf(first, `${here}[]`);
    return isMapping(found) ? leavesOf(found, here) : [here];
  });
}

function below(path: string, name: string): string {
  if (/^\d+$/.test(name)) return `${path}[]`;
  return path === "" ? name : `${path}.${name}`;
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}
