import { TRAPS } from "./catalogue/known-false-positives.ts";
import type { Signal, SignalMark, Tool } from "./catalogue/tool.ts";
import { createDetectorOf, type Detector } from "./detector.ts";
import type { Evidence } from "./evidence.ts";
import type { Identity } from "./identity.ts";
import { patternProblem } from "./text/safe-pattern.ts";

/** What is wrong with a signal, as a sentence for people. */
export interface CatalogueProblem {
  readonly tool: string;
  readonly message: string;
}

/**
 * What no signal may be: a pattern that can be slow, a mark that matches a trap, a mark or a name that another tool
 * has, or one that is trusted further than its kind allows. `others` are tools beside which these stand.
 */
export function catalogueProblems(
  tools: readonly Tool[],
  others: readonly Tool[] = [],
): readonly CatalogueProblem[] {
  return [
    ...repeated(tools, others, marksOf),
    ...repeated(tools, others, namesOf),
    ...tools.flatMap((tool) =>
      [
        ...patternProblems(tool.requests?.lines ?? []),
        ...tool.signals.flatMap((signal) => signalProblems(signal)),
      ].map((message) => ({ tool: tool.tool, message })),
    ),
  ];
}

/** The same mark, or name, in two tools or twice in one. */
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

function marksOf({ signals }: Tool): readonly string[] {
  return signals.map((signal) => {
    const { strength, source, doubt, ...mark } = signal;
    return markKey(mark);
  });
}

/** What two marks have in common when one of them is too many. */
export function markKey(mark: SignalMark): string {
  switch (mark.kind) {
    case "account":
      return `the account ${mark.id ?? mark.login}`;
    case "email":
      return `the address ${mark.email}`;
    case "coauthor-name":
      return `the name of a co-author ${mark.name}`;
    case "line":
      return `the line ${mark.pattern}`;
    default:
      return `the mark ${JSON.stringify(mark)}`;
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
  const { strength, source, doubt, ...mark } = signal;
  const key = markKey(mark);
  const unsafe = patternProblems(patternsOf(signal));
  const trusted = strength === "certain" && signal.kind !== "account" && signal.kind !== "email";
  return [
    ...(source === "" ? [`${key} has no source`] : []),
    ...(signal.kind === "email" && !ADDRESS.test(signal.email)
      ? [`${key} is not one whole address in lower case`]
      : []),
    ...(trusted ? [`${key} is certain, but only an account or an address is`] : []),
    ...(signal.kind === "label" && strength !== "weak" ? [`${key} is a label, which is weak`] : []),
    ...(unsafe.length > 0 ? unsafe : trapsOf([signal]).map((trap) => `${key} matches a trap: ${trap}`)),
  ];
}

/** The traps that any of the signals falls into, as they were written. */
export function trapsOf(signals: readonly Signal[]): readonly string[] {
  const tool: Tool = { tool: "a tool", vendor: "", signals };
  const detector = createDetectorOf([tool], { agents: [], notAi: [] });
  return TRAPS.flatMap((trap) => [
    ...(trap.people ?? []).filter((person) => asPerson(detector, person).length > 0),
    ...(trap.texts ?? []).filter((text) => asText(detector, text).length > 0),
    ...(trap.branches ?? []).filter((branch) => asBranch(detector, branch).length > 0),
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
