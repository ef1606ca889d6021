import { OutOfSteps, Steps } from "../../notation/steps.ts";
import { anyMatches, readPattern } from "../area-patterns.ts";
import { CI_AREA } from "../built-in.ts";
import type { HazardInput } from "../hazards/hazard.ts";
import { HAZARD_LIMITS } from "../hazards/limits.ts";
import { isWholePatch } from "../hazards/patch.ts";
import { readChange } from "../hazards/reading/change.ts";
import { relevanceOf } from "../hazards/relevant.ts";
import { doubtInInstructions } from "./instructions.ts";
import { doubtInPipeline } from "./pipeline.ts";
import { doubtInWorkflow, isPowerless, runsAlike, type Texts } from "./workflow/workflow.ts";

/** A changed file, with git's modes of it. */
export interface ContentFile extends HazardInput {
  readonly additions: number;
  readonly deletions: number;
  readonly mode?: string;
  readonly base?: { readonly mode: string } | null;
}

/** What an area that asks only for hazards makes of a file in which no rule found one. */
type Judgement =
  /** Nothing is asked. */
  | { readonly kind: "clear" }
  /** Its owner is asked to look, and nothing waits for that. */
  | { readonly kind: "shown" }
  /** It needs a countersignature: why, as a clause to follow the path; `null` where everything of its kind does. */
  | { readonly kind: "asks"; readonly why: string | null };

interface Surroundings {
  /** Whether it counts as a control file. */
  readonly isControl: boolean;
  /** Whether links lead to it, so that it may be read under another name than its own. */
  readonly isLinked: boolean;
  /** The paths that change with it. */
  readonly changed: readonly string[];
  /** What reading may take, with all that was read before. */
  readonly steps: Steps;
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** Plain words for agents, at the places where they are read as nothing else. */
const INSTRUCTIONS =
  /^(?:.*\/)?(?:AGENTS|AGENT|CLAUDE|GEMINI|QWEN|CRUSH|WARP)\.md$|^\.github\/(?:copilot-instructions\.md|instructions\/[^/]+\.instructions\.md)$|^(?:.*\/)?\.(?:cursorrules|windsurfrules|clinerules|goosehints)$|^(?:.*\/)?\.(?:cursor|windsurf|clinerules|claude|roo)\/rules\/[^/]+\.(?:md|mdc)$/;
/** Some disks tell no letters apart; where a link leads to it, it is more than a page of such a name. */
const ALIKE = new RegExp(INSTRUCTIONS, "i");
/** What agents look up for a task. */
const SKILLS = /^(?:.*\/)?\.(?:agents|claude|codex|cursor|github)\/skills\/.*\.md$/;
/** Agents of their own: without a list of tools, a new one has all. */
const SUBAGENTS = /^(?:.*\/)?\.claude\/agents\/[^/]+\.md$/;
const isPipeline = anyMatches(CI_AREA.paths.flatMap(readPattern));

/** Judges the files of one change by what is known of them; what is not known asks. */
export function createContentJudge(
  changed: readonly string[],
): (file: ContentFile, isControl: boolean, isLinked?: boolean) => Judgement {
  const steps = new Steps(HAZARD_LIMITS.steps);
  return (file, isControl, isLinked = false) => {
    const unknown = doubtInForm(file);
    if (unknown !== null) return { kind: "asks", why: unknown };
    try {
      return judgeTexts(file, textsOf(file, steps), { isControl, isLinked, changed, steps });
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      return { kind: "asks", why: "takes too long to read" };
    }
  };
}

function judgeTexts(
  file: ContentFile,
  texts: Texts | null,
  { isControl, isLinked, changed }: Surroundings,
): Judgement {
  const { path } = file;
  if (texts === null) return { kind: "asks", why: "cannot be read here" };
  if (WORKFLOW.test(path)) return judged(doubtInWorkflow(texts) ?? calledWithPower(texts, changed, path));
  // One that comes or goes is more than an edit: it begins or ends to hold for all that agents do there, and may
  // stand before another one.
  const isEdit =
    file.status === "modified" && ((isLinked ? INSTRUCTIONS : ALIKE).test(path) || SUBAGENTS.test(path));
  if (isEdit || isSkill(file)) return judged(doubtInInstructions(texts), "shown");
  if (isControl) return { kind: "asks", why: null };
  if (isPipeline(path)) return judged(doubtInPipeline(texts) ?? called(texts, changed, path));
  const isKnown = relevanceOf(file) !== "no";
  return judged(isKnown ? null : "is of a kind that no rule reads");
}

/** At both ends of a move. */
function isSkill({ path, previousPath = path }: ContentFile): boolean {
  return SKILLS.test(path) && SKILLS.test(previousPath);
}

function judged(doubt: string | null, kind: "clear" | "shown" = "clear"): Judgement {
  return doubt === null ? { kind } : { kind: "asks", why: doubt };
}

const FILE_MODES: readonly string[] = ["100644", "100664"];

/** A move, a link, a submodule or another mode is more than a change of text. */
function doubtInForm(file: ContentFile): string | null {
  const { status, mode, base } = file;
  const isPlain = status === "added" || status === "removed" || status === "modified";
  if (!isPlain && !(status === "renamed" && isSkill(file))) return "is moved, or changes its kind";
  const isNoFile = status !== "removed" && (mode === undefined || !FILE_MODES.includes(mode));
  if (isNoFile) return "is a link, a submodule or a program, or its kind is not known";
  const isOther = base != null && (!FILE_MODES.includes(base.mode) || (mode ?? base.mode) !== base.mode);
  return isOther ? "changes its mode" : null;
}

function textsOf(file: ContentFile, steps: Steps): Texts | null {
  if (file.unread !== undefined) return null;
  if (file.patch !== undefined && !isWholePatch(file.patch, file)) return null;
  const { before, after } = readChange(file);
  if (before === undefined || after === undefined) return null;
  const isWhole =
    (before === null) === (file.status === "added") && (after === null) === (file.status === "removed");
  return isWhole ? { before, after, steps } : null;
}

/** Files by which build tools choose what a command runs. */
const STEERS =
  /^(?:package\.json|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|bunfig\.toml|(?:GNU)?[Mm]akefile|.*\.mk|[Jj]ustfile|Cargo\.toml|build\.rs|go\.mod|conftest\.py|pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|pom\.xml|.*\.gradle(?:\.kts)?|gradlew|mvnw)$/;

/** What is only read to name a cache. */
const KEYED_BY = /\bhashFiles\([^()\n]*\)|^[ \t]*cache-dependency-path:.*$/gm;

/** Of more files it is not worked out which of them it runs. */
const MOST_CHANGED = 300;

/** Of a workflow that can do no more than its repository, or that runs what it ran, whatever changes with it is as harmless as alone. */
function calledWithPower(texts: Texts, changed: readonly string[], self: string): string | null {
  const { before, after, steps } = texts;
  const isPlain = isPowerless(before, steps) && isPowerless(after, steps);
  return isPlain || runsAlike(texts) ? null : called(texts, changed, self);
}

/** What a workflow may run and what changes with it is judged by nobody else. */
function called({ before, after }: Texts, changed: readonly string[], self: string): string | null {
  if (changed.length > MOST_CHANGED) return "changes together with many other files, which it may run";
  const text = `${before ?? ""}\n${after ?? ""}`.replaceAll(KEYED_BY, "");
  const other = changed.find((path) => path !== self && (STEERS.test(nameOf(path)) || isNamed(path, text)));
  return other === undefined
    ? null
    : `changes together with \`${other.replaceAll("`", "'")}\`, which it may run`;
}

function isNamed(path: string, text: string): boolean {
  if (text.includes(nameOf(path))) return true;
  const folders = path.split("/").slice(0, -1);
  return folders.some((_, depth) => text.includes(`./${folders.slice(0, depth + 1).join("/")}`));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
