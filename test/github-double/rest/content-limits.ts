import { Kind, type OperationDefinitionNode, parse } from "graphql";
import type { State } from "../world/state.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface ContentRules {
  readonly perMinute: number;
  readonly perHour: number;
  /** Whether check runs and commit statuses are content. GitHub does not document it. */
  readonly checks: boolean;
}

/** GitHub's documented limits on content, "in general". */
const DOCUMENTED: ContentRules = { perMinute: 80, perHour: 500, checks: true };

/** What a request asks for, as far as the limits care. */
export interface Writing {
  readonly operation: string;
  readonly body: unknown;
}

/** How much content each caller may make in a minute and an hour. Off until a test asks for it. */
export class ContentLimits {
  readonly #state: State;
  readonly #made = new Map<string, number[]>();
  #rules: ContentRules | null = null;

  constructor(state: State) {
    this.#state = state;
  }

  enforce(rules: Partial<ContentRules> | null): void {
    this.#rules = rules === null ? null : { ...DOCUMENTED, ...rules };
    this.#made.clear();
  }

  /** How much content a caller made in the last hour, refused requests aside. */
  madeBy(who: string): number {
    return this.#recent(who).length;
  }

  /** Counts a request, or gives the seconds after which it may come again. */
  take(who: string, writing: Writing): number | null {
    const rules = this.#rules;
    if (rules === null || !makesContent(writing, rules)) return null;
    const now = Date.parse(this.#state.now());
    const made = this.#recent(who);
    const wait = Math.max(
      waitFor(made, { now, span: MINUTE, most: rules.perMinute }),
      waitFor(made, { now, span: HOUR, most: rules.perHour }),
    );
    if (wait > 0) return wait;
    made.push(now);
    return null;
  }

  #recent(who: string): number[] {
    const now = Date.parse(this.#state.now());
    const recent = (this.#made.get(who) ?? []).filter((at) => at > now - HOUR);
    this.#made.set(who, recent);
    return recent;
  }
}

interface Window {
  readonly now: number;
  readonly span: number;
  readonly most: number;
}

/** The seconds until the oldest of a full window leaves it; 0: there is room. */
function waitFor(made: readonly number[], { now, span, most }: Window): number {
  const within = made.filter((at) => at > now - span);
  const oldest = within[within.length - most];
  return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + span - now) / 1000));
}

/** No content: what asks for it, or takes it away. */
const NO_CONTENT = /^(GET|HEAD|DELETE) |\/access_tokens$|\/attempts$/;
const CHECKS = /check-runs|statuses|CheckRun|CheckSuite/;

function makesContent({ operation, body }: Writing, { checks }: ContentRules): boolean {
  const what = operation === "POST /graphql" ? mutationsIn(body) : operation;
  return what !== null && !NO_CONTENT.test(what) && (checks || !CHECKS.test(what));
}

/** The mutations of a document; `null`: it only reads. */
function mutationsIn(body: unknown): string | null {
  const { query } = Object(body);
  if (typeof query !== "string") return null;
  const operation = parse(query).definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.operation !== "mutation") return null;
  const fields = operation.selectionSet.selections;
  return fields.map((each) => (each.kind === Kind.FIELD ? each.name.value : "")).join(" ");
}
