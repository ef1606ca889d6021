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

const PEOPLE = "(?:anybody|anyone|somebody|someone|you|we|they|he|she|i)(?: (?:ever|really|already|just))?";

/** What begins a question to people about a tool that did something, or was told to. */
const ASKS_PEOPLE = new RegExp(
  `^(?:(?:@[\\w/-]{1,60}|hm+|hey|hi|so|and|but|wait|also),? ){0,6}(?:${words(
    "(?:(?:why|when|how|where) )?(?:did|has|had|was)",
    `(?:(?:why|when|how|where) )?did ${PEOPLE} (?:ask|tell|invite|assign|ping|prompt|trigger|start|want|let)`,
    `(?:has|have|had) ${PEOPLE} (?:asked|told|invited|assigned|pinged|prompted|triggered|started|let)`,
    "who (?:asked|told|invited|assigned|pinged|prompted|triggered|started|wanted|let)",
  )}) $`,
);

/** The rest of it, without a pause after which somebody else could be spoken to. */
const REST_OF_QUESTION =
  /^(?: (?!.*\b(?:please|pls|plz|kindly|now)\b)[\w'"`#/@ ]{1,200})?\?{1,3}[\s)]{0,10}$/;

/**
 * Whether a line is nothing but a question to people in which a tool is named. Whoever is asked may be told more in
 * the next sentence, and so may the tool: that is for `asksForWork`.
 */
export function asksPeople({ before, after }: Mention): boolean {
  return ASKS_PEOPLE.test(before.trimStart()) && REST_OF_QUESTION.test(after);
}

/** The orders on other lines than the one that names the tool. */
export interface OtherOrders {
  /** One of them comes later. */
  readonly later: () => boolean;
  /** One of them is to nobody else in particular: whoever is named anywhere takes it for their own. */
  readonly open: () => boolean;
}

/**
 * Whether a tool is started: by an order, by its bare name, and by whatever is not understood. It is not where a line
 * tells of the tool, thanks it or copies it in and nothing else is ordered, or asks it to look and no later line orders
 * work.
 */
export function asksForWork({ before, after }: Mention, orders: OtherOrders): boolean {
  const said = after.replace(/^[\s,:;.!?)]{1,10}/, "");
  const sentence = before
    .slice(Math.max(...[".", "!", "?", ";"].map((end) => before.lastIndexOf(end))) + 1)
    .trimStart();
  if (ordersWork(sentence) || ordersWork(said)) return true;
  if (NAMED_AFTER.test(withoutMentions(before)) || TOLD_OF.test(said) || /^'s\b/.test(after))
    return orders.open() || isOpenOrder(before);
  return !(LOOK.test(said) || LOOK.test(sentence)) || orders.later();
}

/** Whether a text tells somebody to change something. */
export function ordersWork(text: string): boolean {
  for (const { index } of text.matchAll(WORK)) {
    if (!NO_ORDER.test(text.slice(Math.max(0, index - 50), index))) return true;
  }
  return false;
}

/** Whether a text orders work without naming anybody who is to do it. */
function isOpenOrder(text: string): boolean {
  return ordersWork(text) && !namesSomebody(text);
}

export function namesSomebody(text: string): boolean {
  return /(?:^|[^\w@/.:-])@\w/.test(text);
}

/** Others may be named between `cc` and a tool. */
function withoutMentions(before: string): string {
  return before.replace(/(?:@[\w/-]{1,60}(?:, ?| and | )){1,20}$/, "");
}
