import type { Account, Comment, Pull } from "../github-double/world/model.ts";
import { allMembers, atLeast, permissionIn, teamPermission } from "../github-double/world/permissions.ts";
import type { Model, Reading } from "./model.ts";
import { GOVERNED, OVERRIDE_MS, type Shop, TEAMS } from "./shop.ts";

/** One command, as it was written. */
interface Said {
  readonly pull: Pull;
  readonly by: Account;
  /** In milliseconds. */
  readonly at: number;
  readonly words: readonly string[];
  readonly head: string;
  readonly base: string;
  /** Whether head and base are still those. */
  fresh: boolean;
  /** Whether something had to come of it at every moment in which the app may have read it. */
  good: boolean;
  /** Whether the app had the time to read it. */
  noted: boolean;
  /** Whether the app had the time to see that it is over. */
  over: boolean;
}

/**
 * What people command in comments, judged by itself. `strict` asks what the app must have taken from them, `lenient` what
 * it can have.
 */
export class Spoken {
  readonly #shop: Shop;
  readonly #model: Model;
  readonly #said = new Map<Comment, Said>();
  /** Heads into a base, as pull requests, that were judged when all was at rest. */
  readonly #judged = new Set<string>();
  /** Until when the app has surely seen what time ended. */
  #seenUntil = 0;

  constructor(shop: Shop, model: Model) {
    this.#shop = shop;
    this.#model = model;
  }

  /** After every act. */
  observe(): void {
    for (const pull of this.#shop.repo.pulls.values())
      for (const comment of pull.comments)
        if (!this.#said.has(comment) && comment.body.startsWith("/countersign "))
          this.#said.set(comment, this.#saidIn(pull, comment));
    for (const said of this.#said.values()) {
      const { pull, noted } = said;
      said.fresh &&= pull.headSha === said.head && pull.baseRef === said.base;
      said.good &&= (noted || this.#isNeeded(said)) && this.#mayStill(said);
    }
  }

  /** When nothing is left to do that was due: what time ended is over. */
  look(): void {
    this.#seenUntil = this.#now;
  }

  /** When everything was heard, too: what can be seen now was read. */
  rest(): void {
    for (const said of this.#said.values()) {
      const { pull, by, words, at, noted, good } = said;
      if (!isGoverned(pull)) continue;
      if (words[0] === "override" && !this.#mayOverride(by, "lenient")) said.over = true;
      if (words[0] === "withdraw" && !noted && good)
        for (const other of this.#of(pull, "override")) other.over ||= other.at <= at;
      said.noted = true;
    }
    for (const pull of this.#shop.repo.pulls.values()) if (isGoverned(pull)) this.#judged.add(placeOf(pull));
  }

  /** Whether it holds an AI's change of the stock. */
  isFrozen(reading: Reading): boolean {
    const freezes = [...this.#said.values()].filter(
      ({ words: [name, , , until = ""] }) => name === "freeze" && this.#now < Date.parse(until),
    );
    if (reading === "strict") return freezes.length > 0;
    return freezes.some((freeze) => freeze.noted && freeze.good && !this.#mayBeLifted(freeze));
  }

  /** Whether two people let it through who may do so. */
  isOverridden(pull: Pull, reading: Reading): boolean {
    const said = this.#of(pull, "override");
    const lines = said.filter(
      (line) =>
        line.fresh &&
        !line.over &&
        pull.headSha.startsWith(line.words[1] ?? "") &&
        this.#mayOverride(line.by, reading) &&
        !this.#model.tookPart(pull, line.by, reading) &&
        (reading === "lenient" || this.#isSure(line, said)),
    );
    // Who let it through did so together: without one of them it may be over for all.
    const isDoubtful = said.some(({ head, good }) => head === pull.headSha && !good);
    const isAgainst = isDoubtful || this.#of(pull, "withdraw").length > 0 || pull.reviews.some(isNo);
    if (reading === "strict" && isAgainst) return false;
    return lines.some((one) =>
      lines.some(({ by, at }) => {
        const together = one.by !== by && one.at <= at && at - one.at < OVERRIDE_MS;
        return together && this.#seenUntil < at + OVERRIDE_MS;
      }),
    );
  }

  get #now(): number {
    return this.#shop.clock.now().getTime();
  }

  #saidIn(pull: Pull, { author: by, body, createdAt }: Comment): Said {
    const words = body.split(" ").slice(1);
    const { headSha: head, baseRef: base } = pull;
    // Of a head that was not judged when somebody wrote of it nothing has to come.
    const good = this.#judged.has(placeOf(pull));
    const at = Date.parse(createdAt);
    return { pull, by, at, words, head, base, good, fresh: true, noted: false, over: false };
  }

  /** Whether something comes of it if it is read now. */
  #isNeeded({ pull, words: [name] }: Said): boolean {
    if (!isGoverned(pull)) return false;
    return name !== "override" || this.#model.isHeldUp(pull);
  }

  #mayStill({ pull, by, words: [name], noted }: Said): boolean {
    if (name === "freeze") return noted || this.#model.hasSay(by, this.#model.owned(pull));
    if (name === "withdraw") return noted || this.#mayOverride(by, "strict");
    return this.#mayOverride(by, "strict") && !this.#model.tookPart(pull, by, "strict");
  }

  /** A line that counts now; to say the same once more changes nothing. */
  #isSure({ good, noted, at, by, head }: Said, said: readonly Said[]): boolean {
    const isFirst = said.every((each) => each.by !== by || each.head !== head || each.at >= at);
    return good && noted && isFirst && this.#now < at + OVERRIDE_MS;
  }

  #of(pull: Pull, name: string): readonly Said[] {
    return [...this.#said.values()].filter((said) => said.pull === pull && said.words[0] === name);
  }

  /** By whoever froze it, or by two others. */
  #mayBeLifted(freeze: Said): boolean {
    const lifting = [...this.#said.values()].filter(
      ({ words: [name, area], at }) => name === "unfreeze" && area === freeze.words[1] && at >= freeze.at,
    );
    return lifting.some(({ by }) => by === freeze.by) || new Set(lifting.map(({ by }) => by)).size > 1;
  }

  #mayOverride(who: Account, reading: Reading): boolean {
    const { org, repo } = this.#shop;
    if (!atLeast(permissionIn(repo, who), "write")) return false;
    return TEAMS.some((slug) => {
      const team = org.login === "acme" ? org.teams.get(slug) : undefined;
      if (team === undefined || !allMembers(team).includes(who)) return false;
      return reading === "lenient" || atLeast(teamPermission(repo, team), "write");
    });
  }
}

function isGoverned({ state, baseRef }: Pull): boolean {
  return state === "open" && GOVERNED.some((base) => base === baseRef);
}

function isNo({ state }: Pull["reviews"][number]): boolean {
  return state === "CHANGES_REQUESTED" || state === "DISMISSED";
}

function placeOf({ number, headSha, baseRef }: Pull): string {
  return `#${number} ${headSha} ${baseRef}`;
}
