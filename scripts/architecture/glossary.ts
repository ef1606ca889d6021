/** A word of the project, with the words that must not stand for the same thing. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
  /** Whole identifiers that are no longer used for it. */
  readonly identifiers?: readonly string[];
  /** Words that appear in no identifier, however it is composed. */
  readonly parts?: readonly string[];
  /** Words that appear in no text for people. */
  readonly texts?: readonly string[];
}

export const GLOSSARY: readonly Term[] = [
  {
    term: "ambiguity",
    meaning: "Something in CODEOWNERS that GitHub may read in another way than Countersign does.",
    identifiers: ["doubtsFrom"],
  },
  { term: "area", meaning: "A named part of production: paths, and who signs for them." },
  {
    term: "bypass",
    meaning: "A change of a governed branch that no verdict let in, and no two people.",
  },
  {
    term: "command",
    meaning: "A line by which a person tells the App something: `/countersign …` in a comment.",
  },
  {
    term: "contributor",
    meaning: "An account that took part in a change, and so cannot countersign it.",
    identifiers: ["impostorReason"],
    parts: ["impostor", "impostors"],
  },
  {
    term: "control files",
    meaning: "The files that decide what the check demands: the config, CODEOWNERS, workflows.",
  },
  {
    term: "countersignature",
    meaning: "An owner's approval that counts for what the pull request contains now.",
  },
  {
    term: "doctor",
    meaning: "The part that says whether the gate blocks here: a list of findings.",
  },
  {
    term: "evaluation context",
    meaning:
      "Snapshot, policy, contributors and latest reviews, gathered once for every rule of the sign-off.",
    identifiers: ["seat"],
    parts: ["panel", "seating"],
  },
  {
    term: "evidence",
    meaning: "What was found in one change; a signal that matched, and where.",
  },
  {
    term: "false alarm",
    meaning:
      "An owner's claim, in a review, that a hazard is none; rejected ones are listed with the reason.",
    identifiers: ["answersIn", "unheardAnswers"],
    parts: ["unheard"],
    texts: ["unheard"],
  },
  {
    term: "finding",
    meaning: "Whether one thing about the gate holds: yes, no or unknown. Unknown is never fine.",
  },
  {
    term: "fix",
    meaning: "A pull request that repairs a broken config or CODEOWNERS file, or the line suggested for it.",
    parts: ["mend", "mended", "mending", "mends"],
    texts: ["mend", "mended", "mending", "mends"],
  },
  { term: "floor", meaning: "The organization's config: a repository's file can be stricter, never laxer." },
  { term: "follow-up", meaning: "An issue by which an owner accepts afterwards what got in without them." },
  { term: "freeze", meaning: "A time in which an area is not changed, by the config or by a person's word." },
  {
    term: "happening",
    meaning: "Something that people may be told of, under a key by which they are told once.",
  },
  {
    term: "hazard",
    meaning:
      "A change that destroys something or widens permissions. A rule finds it; its status says what became of it.",
    identifiers: ["HazardStanding"],
  },
  {
    term: "ignored review",
    meaning: "A review that does not count, with the reason.",
    parts: ["discount", "discounted", "discounts", "uncounted"],
  },
  {
    term: "ineligibility",
    meaning: "Why a person cannot countersign.",
    identifiers: ["bar"],
    parts: ["barred"],
  },
  {
    term: "invalidation",
    meaning:
      "An event that can make a verdict stricter. The passes that rest on its facts are withdrawn first.",
    identifiers: ["Doubt"],
  },
  {
    term: "known false positive",
    meaning: "A text that looks like an AI tool's and is not.",
    identifiers: ["Trap", "TRAPS"],
  },
  {
    term: "latest review",
    meaning: "What a person's reviews amount to: approval, refusal or neither.",
    parts: ["stance", "stances", "voice", "voices"],
    texts: ["stance", "stances"],
  },
  {
    term: "ledger",
    meaning: "The append-only record of what was decided, by whom and why: one chain for each installation.",
  },
  {
    term: "notice",
    meaning: "What one address is told of one happening.",
  },
  {
    term: "optional review",
    meaning: "A review that is requested but not required.",
    parts: ["courtesy", "courtesies"],
    texts: ["courtesy"],
  },
  {
    term: "override",
    meaning: "Several people's word that lets one head through for a limited time, with a reason.",
  },
  { term: "pass", meaning: "A published check that lets a head commit merge." },
  {
    term: "passkey",
    meaning:
      "A person's assertion (WebAuthn) over exactly what is signed; also the key that they give it with.",
  },
  {
    term: "path owners",
    meaning: "The owners of some paths, by CODEOWNERS or by an area's `from`.",
    identifiers: ["Holders", "Holder", "heldAt", "byHolder", "findHolders", "holdersOf"],
  },
  {
    term: "paths by area",
    meaning: "The changed paths, grouped by the areas they touch.",
    identifiers: ["Ground", "groundOf", "GroundArea"],
  },
  {
    term: "prefetch",
    meaning: "Facts requested together with the pull request, because they are usually needed.",
    parts: ["foreseen", "foretold"],
    texts: ["foreseen"],
  },
  { term: "provenance", meaning: "Who wrote the change, with evidence: human, AI-assisted, AI or unknown." },
  {
    term: "pull request origin",
    meaning: "Who opened a pull request, with which app, and who asked for it.",
    identifiers: ["Traces", "TracesRequest", "RequestTraces"],
  },
  { term: "refusal", meaning: "An owner's request for changes; it blocks until withdrawn or dismissed." },
  {
    term: "requester",
    meaning: "Who told an agent to work. They count as a contributor.",
    parts: ["director", "directors"],
  },
  {
    term: "requirement",
    meaning: "So many countersignatures by these owners for these paths.",
    identifiers: ["Demand", "Demands", "hazardDemand"],
  },
  { term: "room", meaning: "A part of the sources with arrows of its own; usually a folder." },
  { term: "senior", meaning: "Somebody whose countersignature a rule requires in addition to an owner's." },
  {
    term: "signal",
    meaning: "What is known of a tool: an account, an e-mail address, a trailer, a phrase.",
    identifiers: ["Mark", "SignalMark"],
  },
  { term: "snapshot", meaning: "Everything that a verdict depends on, read at one moment, as plain JSON." },
  {
    term: "statement",
    meaning: "The canonical text of one decision, over which a person gives their passkey.",
  },
  {
    term: "sweep",
    meaning: "The regular second look at open pull requests, in case a webhook was lost.",
    identifiers: ["Look", "Looks"],
  },
  {
    term: "verdict",
    meaning: "The result for one head commit: conclusion, requirements, problems, provenance, contributors.",
  },
  {
    term: "vouch",
    meaning: "A person's word, given with their own key, that another key is held by whom it is kept for.",
  },
  { term: "watch", meaning: "What judges how governed branches were changed, after the fact." },
];

/** Old words that still have to be replaced, by folder. Nothing is ever added here. */
export const UNDER_WAY: readonly { readonly folder: string; readonly words: readonly string[] }[] = [
  // What people write when they ask an agent to work.
  { folder: "src/provenance/requests/", words: ["mend"] },
];
