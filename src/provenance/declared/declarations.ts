import { undecorated } from "../text/line.ts";
import { Starts } from "../text/line-starts.ts";
import { readWanted } from "../text/lines.ts";
import { DECLARING_TRAILERS, type DeclaringTrailer, declaringKey, type Trailer } from "../text/trailers.ts";
import { agentWithVersion, NEGATED, namesSomeAi, toolNamedIn, withoutSigns } from "./named-tool.ts";

/** What somebody says of the change: that an AI took part, or that none did. */
export interface Declaration {
  readonly kind: "ai" | "no-ai";
  readonly by: "trailer" | "checkbox";
  /** The line as written. */
  readonly text: string;
  /** The tool, where the line names one. */
  readonly tool?: string;
  /** `weak` where the words may mean something else, such as a person's first name. */
  readonly strength: "strong" | "weak";
}

/**
 * The trailer and the boxes in which a person declares that no AI took part. Nothing else counts as that
 * declaration, and prose never does. A box may be worded otherwise when its line ends with the marker.
 */
export const DECLARING = {
  trailer: "AI-assisted: no",
  withAi: "This change was written with AI assistance",
  withoutAi: "This change was written without AI",
  markerWithAi: "<!-- countersign:declare ai -->",
  markerWithoutAi: "<!-- countersign:declare no-ai -->",
} as const;

/**
 * The declarations in a commit message or a pull request's body, in order. What is quoted, fenced or within an HTML
 * comment declares nothing, and neither does an empty box, an unanswered question or a "no" to any other trailer.
 */
export function declarations(text: string): readonly Declaration[] {
  return readWanted(withoutComments(text), WANTED).lines.flatMap((line) => {
    if (line.quoted) return [];
    const said = boxed(line.text) ?? saidInTrailer(line.trailer);
    // What nobody sees on a line of its own must not lower the gate.
    if (said === null || (line.mangled && said.kind === "no-ai")) return [];
    return [{ ...said, text: line.shown }];
  });
}

type Said = Omit<Declaration, "text">;

const TICKED = /^(?:[-+*]|\d{1,3}[.)]) {1,4}\[x\] (.{1,400})$/i;
const MARKER = /^(.*?) ?<!-- ?countersign:declare (ai|no-ai) ?-->$/i;

function boxed(line: string): Said | null {
  const words = TICKED.exec(line)?.[1];
  if (words === undefined) return null;
  const kind = MARKER.exec(words)?.[2]?.toLowerCase() ?? SENTENCES.get(comparable(words));
  return kind === "ai" || kind === "no-ai" ? { kind, by: "checkbox", strength: "strong" } : null;
}

function comparable(words: string): string {
  return undecorated(words).toLowerCase();
}

const SENTENCES: ReadonlyMap<string, Declaration["kind"]> = new Map([
  [comparable(DECLARING.withAi), "ai"],
  [comparable(DECLARING.withoutAi), "no-ai"],
]);

/** Marker comments stay; what other comments hold no reader of the page sees. */
function withoutComments(text: string): string {
  if (!text.includes("<!--")) return text;
  return text.replaceAll(/<!--(?! ?countersign:declare (?:ai|no-ai) ?-->)[\s\S]*?(?:-->|$)/gi, "");
}

/** Lines that may declare something: by a trailer or a ticked box. */
const WANTED = { starts: new Starts(DECLARING_TRAILERS, ["x"]), hosts: new Starts([]) };

const YES = /^(?:yes|true|y|fully|partly|partially|mostly|some)\b(?! ?[/|]| or )/i;
const NO = /^(?:no|none|false)[.!]?$/i;

const SAID: Readonly<Record<DeclaringTrailer, (value: string) => Said | null>> = {
  "assisted-by": assistedBy,
  "generated-by": madeBy,
  "ai-assisted": (value) =>
    NO.test(value) ? { kind: "no-ai", by: "trailer", strength: "strong" } : ai(value),
  "ai-assisted-by": madeBy,
  "ai-generated": ai,
  "ai-generated-by": madeBy,
};

function saidInTrailer(trailer: Trailer | null): Said | null {
  const key = trailer === null ? null : declaringKey(trailer.key);
  return trailer === null || key === null ? null : SAID[key](trailer.value);
}

function aiBy(tool: string, strength: Declaration["strength"] = "strong"): Said {
  return { kind: "ai", by: "trailer", tool, strength };
}

/** Also the key of code generators of other kinds, so the tool must be known. */
function madeBy(written: string): Said | null {
  const value = withoutSigns(written);
  const { tool } = toolNamedIn(value);
  if (tool !== null) return aiBy(tool);
  return namesSomeAi(value) ? SOME_AI : null;
}

const SOME_AI: Said = { kind: "ai", by: "trailer", strength: "strong" };

/**
 * `LLM [tool]…` is the Linux kernel's form, `AGENT:MODEL [tool]…` was; others write the tool, the model, or one via the
 * other. People are thanked by this key too, so a first name alone is weak, and nothing when an address stands beside it.
 */
function assistedBy(written: string): Said | null {
  const value = withoutSigns(written);
  const { tool, firstName } = toolNamedIn(value);
  if (tool !== null && (!firstName || namesSomeAi(value))) return aiBy(tool);
  if (tool !== null) return value.includes("@") ? null : aiBy(tool, "weak");
  if (namesSomeAi(value)) return SOME_AI;
  const agent = agentWithVersion(value);
  return agent === null ? null : aiBy(agent);
}

/** The key says what it is about; a "no", an empty value or an unanswered "yes/no" says nothing. */
function ai(value: string): Said | null {
  if (YES.test(value)) return { kind: "ai", by: "trailer", strength: "strong" };
  if (!/\p{L}/u.test(value) || NEGATED.test(value)) return null;
  const { tool } = toolNamedIn(value);
  return tool === null ? { kind: "ai", by: "trailer", strength: "weak" } : aiBy(tool);
}
