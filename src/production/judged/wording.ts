import type { Keyed } from "../hazards/reading/compare.ts";

/** Text that tools run, import or fill in, wherever it stands. */
const BRINGS = /!`|^!(?!\[)|#\[\[|\{\{/;
/** The same outside of code marks: what stands between them is shown as it is, and nothing is imported by it. */
const BRINGS_IN_WORDS =
  /(?:^|[\s("'])@[\w-]*[~./]|<!|<\/?(?:script|iframe|img|a|svg|style|object|embed|link|meta|details|template)\b|<\w[\w-]*\s[^>]*=/i;

/** Whether a line may be run or filled in before anybody reads it, in code marks as well. */
export function runsAtOnce(line: string): boolean {
  return BRINGS.test(line);
}

export function bringsIn(line: string, isShown: boolean): boolean {
  const words = isShown ? line.replaceAll(/`[^`]+`/g, "code") : line;
  return runsAtOnce(line) || BRINGS_IN_WORDS.test(words);
}

const LINK = /\b[a-z][a-z0-9+.-]{1,11}:\/\/[^\s)>\]"'`]+|\bwww\.[^\s)>\]"'`]+|\]\(\s*(?:\/\/|[a-z]+:)[^)]*/gi;
const HERE = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i;

/** Addresses that a text leads to, but for those of the machine itself. */
export function linksIn(text: string): readonly Keyed[] {
  return [...text.matchAll(LINK)].map(([key]) => ({ key })).filter(({ key }) => !HERE.test(key));
}

/** Hosts on which everybody has pages of their own: there the first names of the path say whose they are. */
const SHARED =
  /(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|npmjs\.com|pypi\.org|crates\.io|docs\.rs|pkg\.go\.dev|docker\.com|google\.com|notion\.(?:so|site)|medium\.com|dev\.to|reddit\.com|x\.com|twitter\.com|youtube\.com|discord\.(?:com|gg)|slack\.com|stackoverflow\.com|pastebin\.com|archive\.org|wikipedia\.org|amazonaws\.com|cloudfront\.net|googleapis\.com|azurewebsites\.net|windows\.net|t\.co|bit\.ly)$/i;

/** Whose page an address leads to: the same for pages that the same people write; `null` where that cannot be told. */
export function siteOf(link: string): string | null {
  const [, host = "", first = "", second = ""] =
    /^https:\/\/([a-z0-9.-]{1,100})(?:\/([\w.-]{1,100}))?(?:\/([\w.-]{1,100}))?(?:[/#][\w./#%-]*)?[.,;:]?$/i.exec(
      link,
    ) ?? [];
  if (host === "") return null;
  if (!SHARED.test(host)) return host.toLowerCase();
  const isOfRepository = /^(?:github\.com|gitlab\.com)$/i.test(host) && first !== "" && second !== "";
  // What everybody can write there is nobody's page.
  const isOpen = /\/(?:issues|pull|discussions|wiki|merge_requests|commit|comments?)\b/.test(link);
  return isOfRepository && !isOpen ? `${host}/${first}/${second}`.toLowerCase() : null;
}

const GUARD =
  "(?:checks?|reviews?|reviewers?|tests?|hooks?|lint\\w*|ci|approvals?|permissions?|confirmations?|prompts?|sandbox\\w*|gates?|countersign\\w*|polic(?:y|ies)|protections?|verification|validation|guards?|guardrails?|safety|security|rules?|instructions?|warnings?|restrictions?|limits?|scans?|owners?|codeowners)";
/** After such a word stands a thing that is called like an act: "the release", "each deployment". */
const ACT =
  "(?<!\\b(?:the|an?|this|that|these|those|each|every|its|your|our|their) )(?:[\\w]+-)?(?:push|merg|commit|deploy|publish|releas|delet|destroy|remov|drop|wip|forc|run|execut|instal|download|upload|send|fetch|approv|bypass|skip|disabl|ignor|overrid|modif|edit|touch|chang|overwrit|access|rebas|reset|clos|expos|leak|ask|confirm|wait|stop|exceed)\\w*";
const FEW = "(?:[\\w'’/*_-]+[ ,]+){0,3}";
const SOME = "(?:[\\w'’/*_`.-]+[ ,]+){0,5}";

/** What lets an agent do more or less: guards got round, bounds of acts, acts on what others rely on, secrets. */
const PERMISSIONS: readonly RegExp[] = [
  /\bwithout (?:\w+ )?(?:ask|wait|review|check|confirm|approv|permission|test)\w*|\bno need (?:to|for) (?:ask|wait|review|check|confirm|approv|test)\w*/i,
  /\bauto-?(?:approv|accept|merg|run|confirm|deploy|push)\w*|\bno-verify\b|\byolo\b|\bdangerous\w*|\bsudo\b|\bforce[- ]push\w*|\broot access\b|\bfull access\b|\badmin (?:rights|access)\b/i,
  new RegExp(
    `\\b(?:bypass|skip|ignor|disabl|overrid|circumvent|suppress|turn(?:s|ed|ing)? off|relax|loosen|weaken)\\w* ${SOME}${GUARD}\\b`,
    "i",
  ),
  /\b(?:allow|permit|authori[sz]|entitl|trust|grant|empower)(?:s|ed|es|ing)? (?:to|you|agents?|ai|the agent|claude|codex|copilot)\b|\bpermissions?\b.{0,20}\b(?:grant|give|allow)\w*|\b(?:grant|give|allow)\w*\b.{0,20}\bpermissions?\b/i,
  /\byou(?:['’]re| are)? (?:\w+ )?(?:may|free|allowed|permitted|authori[sz]ed)\b|\b(?:agents?|ai|claude|codex|copilot)s? (?:may|can|must|should)(?: not)?\b/i,
  /\bapprov\w* (?:\w+ )?(?:your|own|itself|automatically|everything|all|any|prs?|pull requests?|changes?)\b/i,
  new RegExp(
    `(?<![\\w-])(?:never|always|only|(?:do|must|should|may|can|could) ?not|(?:do|must|should|ca|could)n['’]t|forbidden to|prohibited from|refuse to|first|unless|except)[*_]* ${FEW}${ACT}\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:push|merge|deploy|publish|release|ship|apply|commit)[*_]* ${SOME}(?:to|into|in|on|onto) ${FEW}(?:main|master|prod\\w*|origin|upstream|remote|trunk|staging|live|registry|npm|pypi|default branch)\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:delete|drop|destroy|wipe|reset|truncate)[*_]* ${SOME}(?:prod\\w*|databases?|tables?|data|backups?|environments?|clusters?|stacks?|branch\\w*|volumes?|buckets?)\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:read|print|log|echo|send|copy|paste|upload|post|include|commit|share|dump|show|use|put|store)\\w*[*_]* ${SOME}(?:secrets?|credentials?|passwords?|private keys?|api[ -]keys?|access tokens?|\\.env)\\b`,
    "i",
  ),
  /(?:^|[.:;,!?•-]|\b(?:and|then|please|just|also|directly|immediately|you|can|should|must|will|may|always))\s?[*_]{0,3}(?:push(?! back\b)|merge|deploy|publish|approve|destroy|wipe)[*_]{0,3}\s\w/i,
  /\b(?:tests?|reviews?|checks?|approvals?|linting|confirmations?)\b.{0,12}\b(?:optional|not (?:needed|required|necessary)|unnecessary)\b/i,
  /\b(?:any|whatever|all|every) (?:\w+ )?(?:commands?|tools?|scripts?|permissions?)\b(?![ -](?:director(?:y|ies)|files?|handlers?|groups?|lines?|behaviou?r|output|names?|modules?|pages?|references?|descriptions?|arguments?|calls?)\b)/i,
  new RegExp(
    `\\b(?:use|connect|access|query|run|test|point|log ?in|ssh)\\w*[*_]* ${SOME}prod(?:uction)?\\b`,
    "i",
  ),
  /\b(?:tools?|mcp servers?|network|internet)\b.{0,24}\b(?:enabled?|disabled?|allowed|granted|available to (?:you|agents?))\b|\b(?:enable|disable|allow|grant|install|add)\w* (?:\w+ ){0,3}(?:mcp servers?|network|internet)\b|\bcurl\b|\bwget\b/i,
];

/** An act that is forbidden, where nothing in the sentence says when it is not. */
const BOUND =
  /\b(?:never|do(?: not|n['’]t)|must(?: not|n['’]t)|should(?: not|n['’]t)|avoid)[*_]* (?:\w+ly )?(?:hand-)?(?:push|merg|commit|deploy|publish|releas|delet|destroy|remov|drop|forc|download|upload|send|bypass|skip|disabl|ignor|overrid|modif|edit|touch|chang|overwrit|amend|rewrit|rebas|reset|clos|expos|leak)\w*/gi;
/** The same of a command, which is judged by itself. */
const NOT_TO_RUN =
  /\b(?:never|do(?: not|n['’]t)|must(?: not|n['’]t))[*_]* (?:ever )?(?:run|use|call|execute)[*_]* `[^`]{1,200}`(?=[.;]?(?:\s|$))/gi;
const EXCEPT = /\b(?:unless|except|until|without|but|only|instead|if|when|before|after)\b/i;

/** A line without what it forbids: a bound that comes lets agents do no more. */
export function withoutBounds(line: string): string {
  return line
    .split(/(?<=[.!?;])\s+/)
    .map((sentence) =>
      EXCEPT.test(sentence)
        ? sentence
        : sentence.replaceAll(BOUND, "leave").replaceAll(NOT_TO_RUN, "leave it"),
    )
    .join(" ");
}

/** To be told to check one's own work lets nobody do more. */
const CHECKS_OWN =
  /\b(?:always|first|please)[*_]* (?:re-?)?run (?:(?:the|all|any|relevant|unit|integration|e2e|full|new|your|affected|targeted|related|and|or|its|this|whole|same|workspace|package|entire)[ ,]+){0,8}(?:tests?(?: suites?)?|lint(?:er|ing|s)?|type-?checks?|formatt?(?:er|ing))\b(?! (?:against|on|in|with|from|as)\b)/gi;

/** Whether a line of prose says what an agent may do, has to leave, or need not wait for. */
export function isPermission(line: string): boolean {
  const read = line.replaceAll(CHECKS_OWN, "check it");
  return PERMISSIONS.some((pattern) => pattern.test(read));
}
