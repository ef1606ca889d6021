import type { Policy } from "../../policy/policy.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Evidence, Provenance, Writer } from "../../provenance/evidence.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { PullRequestProvenance } from "../verdict.ts";
import { broughtAlong, witnessed } from "./attested.ts";
import { declared } from "./declared.ts";
import type { MachineList } from "./people.ts";
import { knownPushers, type Pushers } from "./pushers.ts";
import { withTextWriters } from "./text-writers.ts";

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
  const { declarations, isOf: isDeclared, wholly } = declared(snapshot, { machines: detector, pushers });
  const isAutomation = automationOf(snapshot, { machines: detector, pushers });
  const demonstrated = (sha: string, provenance: Provenance): Provenance =>
    undeclared === "ai" && provenance.writer === "automation" && !isAutomation(sha)
      ? { ...provenance, writer: "human" }
      : provenance;
  const withWriter = withTextWriters(snapshot, { machines: detector, pushers });
  const commits = snapshot.commits.map((commit) => {
    const provenance = heard(
      demonstrated(commit.sha, witnessed(commit, detector)),
      isDeclared(commit.sha) ? "human" : undeclared,
    );
    const evidence = provenance.evidence.map(withWriter);
    return { sha: commit.sha, subject: subjectOf(commit), provenance: { ...provenance, evidence } };
  });
  const accounts = [...snapshot.participants, ...recorded.commits.flatMap(({ participants }) => participants)]
    .filter(({ role }) => role !== "requester")
    .map(({ account }) => account);
  const found = [
    ...detector
      .pullRequest({ ...pullRequest, headRef: pullRequest.head.ref, pushers: accounts })
      .map(withWriter),
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
  const isWhole = commits.length > 0 ? commits.every(({ sha }) => isDeclared(sha)) : wholly;
  const silence = isWhole ? "human" : undeclared;
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
  const known = new Map<string, number>();
  for (const each of recorded) known.set(keyOf(each), Math.max(weightOf(each), known.get(keyOf(each)) ?? 0));
  const fresh = all.filter((evidence) => (known.get(keyOf(evidence)) ?? 0) < weightOf(evidence));
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

/** The same mark is noted once more where it means more: an insider writes what an outsider wrote, or a machine does. */
export function weightOf({ writtenBy }: Evidence): number {
  if (writtenBy === undefined) return 3;
  return writtenBy.outsider ? 1 : 2;
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
