import { CATALOGUE } from "./catalogue/catalogue.ts";
import type { CommitText, PullRequestText } from "./change.ts";
import { commitEvidence } from "./detection/commit-evidence.ts";
import { type IdentityReading, identityReader, type ReadIdentity } from "./detection/identity-reading.ts";
import { type Decision, judge, strongest } from "./detection/judge.ts";
import { pullRequestEvidence } from "./detection/pull-request-evidence.ts";
import type { Evidence, Provenance, Writer } from "./evidence.ts";
import type { Account, Identity } from "./identity.ts";
import type { KnownSignals } from "./signals/match.ts";
import { createPeople, type IdentityKind, type Machine } from "./signals/people.ts";
import { indexSignals, type SignalIndex } from "./signals/signal-index.ts";
import type { Tool } from "./tool/tool.ts";

export interface DetectorOptions {
  /** The policy's own tools, beside the catalogue. */
  readonly tools: readonly Tool[];
  /** Logins of machine accounts that act for an AI, lower-cased. */
  readonly agents: readonly string[];
  /** Logins of automation that is not AI, lower-cased, `[bot]` kept. */
  readonly notAi: readonly string[];
  /** The accounts behind listed logins, as they were first seen. */
  readonly known?: readonly { readonly login: string; readonly id: number }[];
  /** Whether two weak pieces of evidence of different kinds decide together; off when left out. */
  readonly weakPairDecides?: boolean;
  /** Wraps the reader of identities, to remember what it read; nothing is remembered when left out. */
  readonly cacheIdentities?: (read: ReadIdentity) => ReadIdentity;
}

export interface Detector {
  commit(commit: CommitText): Provenance;
  pullRequest(pullRequest: PullRequestText): readonly Evidence[];
  /** The verdict over evidence; `otherwise` is who wrote it when the evidence does not decide. */
  judge(evidence: readonly Evidence[], otherwise: Writer): Provenance;
  /** Who is not a human, by id and type; `null` for a person. */
  machine(account: Account): Machine | null;
  /** The same for a git identity, also where its e-mail maps to no account. */
  identity(identity: Identity): IdentityKind;
}

export function createDetector(options: DetectorOptions): Detector {
  return detectorBy(indexWith(options.tools), options);
}

/** By the policy's own tools, as long as that policy is at hand. */
const INDEXES = new WeakMap<readonly Tool[], SignalIndex>();

function indexWith(tools: readonly Tool[]): SignalIndex {
  const key = tools.length === 0 ? CATALOGUE : tools;
  const index = INDEXES.get(key) ?? indexSignals([...CATALOGUE, ...tools]);
  INDEXES.set(key, index);
  return index;
}

/** A detector that knows these tools and no others. */
export function createDetectorOf(tools: readonly Tool[], options: Omit<DetectorOptions, "tools">): Detector {
  return detectorBy(indexSignals(tools), options);
}

function detectorBy(index: SignalIndex, options: Omit<DetectorOptions, "tools">): Detector {
  const known: KnownSignals = { index, people: createPeople(index, options) };
  const read = (options.cacheIdentities ?? ((reader) => reader))(identityReader(known));
  const decision: Decision = { weakPairDecides: options.weakPairDecides ?? false };
  return {
    commit(commit) {
      const { evidence, whole } = commitEvidence(known, read, commit);
      const otherwise = whole ? writerOf(read(commit.author), commit.author) : "unknown";
      return evidence.length === 0
        ? WITHOUT_EVIDENCE[otherwise]
        : judge(strongest(evidence), otherwise, decision);
    },
    pullRequest: (pullRequest) => strongest(pullRequestEvidence(known, pullRequest)),
    judge: (evidence, otherwise) => judge(evidence, otherwise, decision),
    machine: known.people.machine,
    identity: known.people.identity,
  };
}

const WITHOUT_EVIDENCE: Readonly<Record<Writer, Provenance>> = {
  ai: { writer: "ai", tools: [], evidence: [] },
  human: { writer: "human", tools: [], evidence: [] },
  automation: { writer: "automation", tools: [], evidence: [] },
  unknown: { writer: "unknown", tools: [], evidence: [] },
};

/** Who wrote it unless the evidence says that an AI did. */
function writerOf(reading: IdentityReading, { account, name, email }: Identity): Writer {
  if (account === null && name === "" && email === "") return "unknown";
  const kind = reading.kind();
  return kind === "automation" || kind === "agent" ? "automation" : "human";
}
