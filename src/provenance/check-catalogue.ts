import { KNOWN_FALSE_POSITIVES } from "./catalogue/known-false-positives.ts";
import { createDetectorOf, type Detector } from "./detector.ts";
import type { Evidence } from "./evidence.ts";
import type { Identity } from "./identity.ts";
import { patternProblem } from "./text/safe-pattern.ts";
import type { Signal, SignalMatcher, Tool } from "./tool/tool.ts";

/** What is wrong with a signal, as a sentence for people. */
export interface CatalogueProblem {
  readonly tool: string;
  readonly message: string;
}

/**
 * What no signal may be: a pattern that can be slow, one that matches a known false positive, one that another tool has
 * too (or its name), or one that is trusted further than its kind allows. `others` are tools beside which these stand.
 */
export function catalogueProblems(
  tools: readonly Tool[],
  others: readonly Tool[] = [],
): readonly CatalogueProblem[] {
  return [
    ...repeated(tools, others, matchersOf),
    ...repeated(tools, others, namesOf),
    ...tools.flatMap((tool) =>
      [
        ...patternProblems(tool.requests?.lines ?? []),
        ...tool.signals.flatMap((signal) => signalProblems(signal)),
      ].map((message) => ({ tool: tool.tool, message })),
    ),
  ];
}

/** The same signal, or name, in two tools or twice in one. */
function repeated(
  tools: readonly Tool[],
  others: readonly Tool[],
  keysOf: (tool: Tool) => readonly string[],
): readonly CatalogueProblem[] {
  const owners = new Map(others.flatMap((tool) => keysOf(tool).map((key) => [key, tool.tool])));
  return tools.flatMap((tool) =>
    keysOf(tool).flatMap((key) => {
      const owner = owners.get(key);
      owners.set(key, tool.tool);
      return owner === undefined ? [] : [{ tool: tool.tool, message: `${key} is ${owner}'s already` }];
    }),
  );
}

function namesOf({ tool, names = [] }: Tool): readonly string[] {
  return [tool.toLowerCase(), ...names].map((name) => `the name ${name}`);
}

function matchersOf({ signals }: Tool): readonly string[] {
  return signals.map((signal) => {
    const { strength, source, unreliable, ...matcher } = signal;
    return matcherKey(matcher);
  });
}

/** What two signals have in common when one of them is a repetition. */
export function matcherKey(matcher: SignalMatcher): string {
  switch (matcher.kind) {
    case "account":
      return `the account ${matcher.id ?? matcher.login}`;
    case "email":
      return `the address ${matcher.email}`;
    case "coauthor-name":
      return `the name of a co-author ${matcher.name}`;
    case "line":
      return `the line ${matcher.pattern}`;
    default:
      return `the signal ${JSON.stringify(matcher)}`;
  }
}

function patternProblems(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    const problem = patternProblem(pattern);
    return problem === null ? [] : [`the pattern ${pattern}: ${problem}`];
  });
}

function patternsOf(signal: Signal): readonly string[] {
  switch (signal.kind) {
    case "line":
    case "branch":
    case "name":
      return [signal.pattern];
    case "link":
      return [signal.path];
    case "trailer":
      return signal.value === undefined ? [] : [signal.value];
    default:
      return [];
  }
}

const ADDRESS = /^[a-z0-9.+-]+(\[bot\])?@[a-z0-9.-]+\.[a-z]+$|^[a-z]+@(?:agent|local)$/;

function signalProblems(signal: Signal): readonly string[] {
  const { strength, source, unreliable, ...matcher } = signal;
  const key = matcherKey(matcher);
  const unsafe = patternProblems(patternsOf(signal));
  const trusted = strength === "certain" && signal.kind !== "account" && signal.kind !== "email";
  return [
    ...(source === "" ? [`${key} has no source`] : []),
    ...(signal.kind === "email" && !ADDRESS.test(signal.email)
      ? [`${key} is not one whole address in lower case`]
      : []),
    ...(trusted ? [`${key} is certain, but only an account or an address is`] : []),
    ...(signal.kind === "label" && strength !== "weak" ? [`${key} is a label, which is weak`] : []),
    ...(unsafe.length > 0
      ? unsafe
      : falsePositivesOf([signal]).map((text) => `${key} matches a known false positive: ${text}`)),
  ];
}

/** The known false positives that any of the signals matches, as they were written. */
export function falsePositivesOf(signals: readonly Signal[]): readonly string[] {
  if (signals.length === 0) return [];
  const tool: Tool = { tool: "a tool", vendor: "", signals };
  const detector = createDetectorOf([tool], { agents: [], notAi: [] });
  return KNOWN_FALSE_POSITIVES.flatMap((known) => [
    ...(known.people ?? []).filter((person) => asPerson(detector, person).length > 0),
    ...(known.texts ?? []).filter((text) => asText(detector, text).length > 0),
    ...(known.branches ?? []).filter((branch) => asBranch(detector, branch).length > 0),
  ]);
}

const NOBODY: Identity = { name: "", email: "", account: null };
const MONA: Identity = { name: "Mona Lisa", email: "mona@example.com", account: null };
const PULL_REQUEST = { author: null, headRef: "", body: "", labels: [] } as const;

/** What a detector finds in somebody (`Name <address>`) who writes, commits, co-writes and is named. */
function asPerson(detector: Detector, person: string): readonly Evidence[] {
  const open = person.indexOf("<");
  const identity = { name: person.slice(0, open).trim(), email: person.slice(open + 1, -1), account: null };
  const message = `Fix it\n\nCo-authored-by: ${person}\nSigned-off-by: ${person}`;
  const commit = { sha: "", message, author: identity, committer: identity, coAuthors: [identity] };
  return detector.commit(commit).evidence;
}

function asText(detector: Detector, text: string): readonly Evidence[] {
  const commit = { sha: "", author: MONA, committer: NOBODY, coAuthors: [] };
  return [
    ...detector.commit({ ...commit, message: text }).evidence,
    ...detector.commit({ ...commit, message: `Fix it\n\n${text}\n\nMore.` }).evidence,
    ...detector.pullRequest({ ...PULL_REQUEST, body: `## Why\n\n${text}\n` }),
  ];
}

function asBranch(detector: Detector, headRef: string): readonly Evidence[] {
  return detector.pullRequest({ ...PULL_REQUEST, headRef });
}
