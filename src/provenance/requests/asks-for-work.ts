/** A tool's name or command in a line of a comment, lower-cased, with what stands around it. */
export interface Mention {
  readonly before: string;
  readonly after: string;
}

const words = (...lists: readonly string[]) => lists.join("|").replaceAll(/\s{1,20}/g, " ");

const WORK = new RegExp(
  `\\b(?:${words(
    "fix|mend|repair|solve|resolve|address|implement|add|write|rewrite|create|make(?! sense)|change|update|edit",
    "modify|refactor|rename|remove|delete|drop|replace|move|migrate|port|convert|extract|split|merge|rebase",
    "revert|apply|commit|push|open|build|bump|upgrade|improve|clean|simplify|optimi[sz]e|generate|finish",
    "complete|continue|proceed|try|handle|correct|adjust|act|start(?! (?:a|another) review)",
    "do (?:it|this|that|so|the|them|all)|go ahead|take (?:this|it|over|care)|work on",
  )})\\b`,
  "g",
);

/** What makes of the next word a noun, somebody's own plan, or something not to be done. */
const NO_ORDER = new RegExp(
  `(?:^|[\\s("'])(?:${words(
    "(?:the|this|that|these|those|my|your|our|his|her|its|their|an?|each|every)(?: (?!and |then |or |please |to |but )[\\w-]{1,30})?",
    "(?:i|we|they|he|she|it)(?:'ll|'d|'ve)?(?: (?:will|would|can|could|should|must|have to|need to|did|just|already|also|then)){0,2}",
    "let me|don't|do not|not|never|without",
  )}) $`,
);

const POLITE =
  "(?:(?:please|pls|plz|kindly|hey|hi|hello|now|again|just|so|and|could you|can you|would you|will you|mind) ){0,4}";

const LOOK = new RegExp(
  `^${POLITE}(?:${words(
    "/?(?:re-?)?review(?:ing)?(?! (?:comments?|feedback|findings|suggestions|notes|threads?)\\b)|look(?:ing)?|ptal|lgtm",
    "(?:take|have|give (?:it|this)) (?:a|another)(?: [\\w-]{1,20})? (?:look|review|read|pass)|(?:do|run|start) (?:a|another)(?: [\\w-]{1,20})? review",
    "read|explain|summari[sz]e|describe|check|double-check|verify|confirm|analy[sz]e|audit|assess|evaluate|inspect",
    "tell (?:me|us)|comment|approve|(?:any |your )?(?:thoughts|opinion|feedback|ideas)|wdyt|why|what|how|where|which|who|when",
    "is|are|do|does|did|was|were|has|have|should|isn't|aren't|doesn't|didn't",
  )})\\b`,
);

/** Somebody tells of the tool, thanks it or sends it away. */
const TOLD_OF = new RegExp(
  `^(?:'s\\b|(?:(?:${words(
    "wasn't|hasn't|had|says?|said|suggests?|suggested|found|finds|made|wrote|thinks|thought|seems|got|gets|missed",
    "misses|broke|breaks|caught|can't|cannot|couldn't|won't|will|would|may|might|wants|wanted|pointed|reported|flagged",
    "claims?|claimed|proposed|added|changed|removed|fixed|reviewed|approved|commented|already|also|never|keeps|agrees",
    "disagrees|thanks?|thank you|thx|ty|nice|great|good (?:job|work|catch|point|bot)|well done|agreed|stop|never ?mind",
  )})\\b|👍|\\+1))`,
);

const NAMED_AFTER = new RegExp(
  `(?:^|[\\s(])(?:${words(
    "/?cc|fyi|via|by|from|with|per|like|unlike|as|than|used|using|that|because|since|about|of|thanks|thank you|thx",
    "(?:thanks|credits?|kudos|according|repl(?:y|ying)) to",
  )})[:,]? $`,
);

/**
 * Whether a tool is started: by an order, by its bare name, and by whatever is not understood. It is not where a line
 * tells of the tool, copies it in, or asks it to look and no later line orders work.
 */
export function asksForWork({ before, after }: Mention, ordersFollow: boolean): boolean {
  const said = after.replace(/^[\s,:;.!?)]{1,10}/, "");
  const sentence = before
    .slice(Math.max(...[".", "!", "?", ";"].map((end) => before.lastIndexOf(end))) + 1)
    .trimStart();
  if (ordersWork(sentence) || ordersWork(said)) return true;
  if (NAMED_AFTER.test(withoutMentions(before)) || TOLD_OF.test(said) || /^'s\b/.test(after)) return false;
  return !(LOOK.test(said) || LOOK.test(sentence)) || ordersFollow;
}

/** Whether a text tells somebody to change something. */
export function ordersWork(text: string): boolean {
  for (const { index } of text.matchAll(WORK)) {
    if (!NO_ORDER.test(text.slice(Math.max(0, index - 50), index))) return true;
  }
  return false;
}

/** Others may be named between `cc` and a tool. */
function withoutMentions(before: string): string {
  return before.replace(/(?:@[\w/-]{1,60}(?:, ?| and | )){1,20}$/, "");
}
