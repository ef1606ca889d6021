import type { Policy } from "../../policy/policy.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Evidence, Provenance, Writer } from "../../provenance/evidence.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { PullRequestProvenance } from "../verdict.ts";
import { broughtAlong, witnessed } from "./attested.ts";
import { noAiDeclarations } from "./declared.ts";
import type { MachineList } from "./people.ts";
import { knownPushers, type Pushers } from "./pushers.ts";

/**
 * Who wrote a pull request: any evidence, on a commit, on the pull request or recorded earlier, makes it AI. What
 * nothing speaks for is whatever the policy takes silence for, unless a person declares it.
 */
export function authorship(
  snapshot: Snapshot,
  detector: Detector,
  undeclared: Policy["detect"]["undeclared"],
): PullRequestProvenance {
  const { pullRequest, recorded } = snapshot;
  const pushers = knownPushers(snapshot);
  const declarations = noAiDeclarations(snapshot, { machines: detector, pushers });
  const isAutomation = automationOf(snapshot, { machines: detector, pushers });
  const demonstrated = (sha: string, provenance: Provenance): Provenance =>
    undeclared === "ai" && provenance.writer === "automation" && !isAutomation(sha)
      ? { ...provenance, writer: "human" }
      : provenance;
  const wholly = declarations.some(({ sha }) => sha === null);
  const answered = new Set(declarations.map(({ sha }) => sha));
  const commits = snapshot.commits.map((commit) => ({
    sha: commit.sha,
    subject: subjectOf(commit),
    provenance: heard(
      demonstrated(commit.sha, witnessed(commit, detector)),
      wholly || answered.has(commit.sha) ? "human" : undeclared,
    ),
  }));
  const accounts = [...snapshot.participants, ...recorded.commits.flatMap(({ participants }) => participants)]
    .filter(({ role }) => role !== "requester")
    .map(({ account }) => account);
  const found = [
    ...detector.pullRequest({ ...pullRequest, headRef: pullRequest.head.ref, pushers: accounts }),
    ...broughtAlong(snapshot.files),
  ];
  const seen = new Set([...found, ...commits.flatMap(({ provenance }) => provenance.evidence)].map(keyOf));
  const earlier = [...recorded.evidence, ...recorded.commits.flatMap((commit) => commit.evidence)];
  const unseen = new Map(earlier.map((each) => [keyOf(each), each]));
  for (const key of seen) unseen.delete(key);
  const evidence = [...found, ...unseen.values()];
  // Judged with the commits' own, so that a hint on one of them can meet a hint on the pull request.
  const all = [...commits.flatMap(({ provenance }) => provenance.evidence), ...evidence];
  const whole = detector.judge(all, writerOf(commits.map(({ provenance }) => provenance.writer)));
  const tools = new Set([...commits.flatMap(({ provenance }) => provenance.tools), ...whole.tools]);
  const silence =
    wholly || (commits.length > 0 && commits.every(({ sha }) => answered.has(sha))) ? "human" : undeclared;
  return { ...heard(whole, silence), tools: [...tools], evidence, commits, declarations };
}

/**
 * Whether a commit is automation's: by the account that opened the pull request and by those that pushed, never by
 * the author that git names.
 */
function automationOf(
  { pullRequest: { author } }: Snapshot,
  { machines, pushers }: { readonly machines: MachineList; readonly pushers: Pushers },
): (sha: string) => boolean {
  const is = (account: Account) => machines.machine(account)?.kind === "automation";
  const opened = author !== null && is(author);
  return (sha) => {
    const own = pushers.of(sha);
    const pushed = own.length > 0 ? own : pushers.all;
    return opened && pushed.length > 0 && pushed.every(is);
  };
}

/** What the app must remember, so that editing or force-pushing the marks away changes nothing. */
export function newEvidence(
  provenance: PullRequestProvenance,
  recorded: readonly Evidence[],
): readonly Evidence[] {
  const all = [...provenance.evidence, ...provenance.commits.flatMap((commit) => commit.provenance.evidence)];
  const known = new Set(recorded.map(keyOf));
  const fresh = all.filter((evidence) => !known.has(keyOf(evidence)));
  return [
    ...new Map(fresh.toReversed().map((evidence) => [keyOf(evidence), evidence])).values(),
  ].toReversed();
}

/**
 * One mark of a tool in one field is the same on every commit: a thousand of them are remembered once. What a tool
 * attests of its work grows with every push.
 */
function keyOf({ tool, kind, strength, where, text }: Evidence): string {
  const mark = [tool, kind, strength, where.on, where.field];
  return JSON.stringify(where.on === "commit" || kind === "attested" ? mark : [...mark, text]);
}

/** The provenance, with what silence means put in where nothing speaks. */
function heard(provenance: Provenance, silence: Policy["detect"]["undeclared"]): Provenance {
  return provenance.writer === "human" ? { ...provenance, writer: silence } : provenance;
}

/** In this order one commit of a kind decides for all. */
const DECIDING: readonly Writer[] = ["ai", "unknown", "human"];

function writerOf(writers: readonly Writer[]): Writer {
  return DECIDING.find((writer) => writers.includes(writer)) ?? (writers.length > 0 ? "automation" : "human");
}

function subjectOf({ message }: CommitFacts): string {
  return message.replace(/\n.*/s, "");
}
