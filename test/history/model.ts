import { KIRO_LINE } from "../gate/gate.ts";
import { commitsBetween, mergeBase } from "../github-double/world/history.ts";
import type { Account, Pull, Review, Team } from "../github-double/world/model.ts";
import type { Commit, ObjectStore } from "../github-double/world/objects.ts";
import { allMembers, atLeast, permissionIn, teamPermission } from "../github-double/world/permissions.ts";
import { tip } from "../github-double/world/pushing.ts";
import { Past } from "./past.ts";
import { PATHS, type Shop } from "./shop.ts";
import { Spoken } from "./spoken.ts";

/**
 * Two readings of what happened. `strict` believes everything that ever happened; `lenient` only what GitHub still
 * shows, and what the app heard or had the time to read. Where they differ, the app may say either.
 */
export type Reading = "strict" | "lenient";

/** Who owns a path by the base's rules, as long as they can sign at all. */
interface Owned {
  readonly path: string;
  readonly owner: Team | Account | null;
}

/** A head beside its base. */
interface Compared {
  readonly commits: readonly Commit[];
  readonly effect: string;
  readonly change: string;
}

/**
 * The second judge: slow, simple, over the double's own state, and without a line of the app's. An AI's change of the
 * stock needs the approval of an owner of each file, who may write, took no part, and approved what the merge does now.
 */
export class Model {
  readonly past: Past;
  readonly spoken: Spoken;
  readonly #shop: Shop;
  readonly #comparisons = new Map<string, Compared>();

  /** `heard`: whether everything that GitHub sent about an act was taken in. */
  constructor(shop: Shop, heard: (act: number) => boolean) {
    this.#shop = shop;
    this.past = new Past({ shop, model: this, heard });
    this.spoken = new Spoken(shop, this);
  }

  /** Whether the pull request may pass. */
  passes(pull: Pull, reading: Reading): boolean {
    if (!this.isAi(pull, reading)) return true;
    const isFrozen = this.spoken.isFrozen(reading);
    if (!isFrozen && this.#isPermitted(pull, reading)) return true;
    // What changes nothing of the stock is in no area, and is not frozen with one.
    if (this.effect(pull) === "") return reading === "lenient" && !this.#changesRules(pull);
    // Who may lift a freeze may go through it.
    if (isFrozen && reading === "strict") return false;
    return !this.refusals(pull, this.owned(pull), reading) && this.spoken.isOverridden(pull, reading);
  }

  /** Whether an agent's change waits for signatures, and for nothing else, as far as is surely known. */
  isHeldUp(pull: Pull): boolean {
    if (!this.isAi(pull, "lenient") || this.#changesRules(pull)) return false;
    const owned = this.owned(pull);
    return (
      owned.length > 0 && owned.every(({ owner }) => owner !== null) && !this.#isPermitted(pull, "lenient")
    );
  }

  /** Whether an AI's change has the signatures that it needs. */
  #isPermitted(pull: Pull, reading: Reading): boolean {
    if (this.#changesRules(pull)) return false;
    const owned = this.owned(pull);
    // What changes nothing of the stock needs nobody, and so nobody's refusal holds it up.
    if (owned.length === 0) return true;
    if (owned.some(({ owner }) => owner === null)) return false;
    if (this.refusals(pull, owned, reading)) return false;
    return owned.every((one) => this.#isSigned(pull, one, reading));
  }

  isAi(pull: Pull, reading: Reading): boolean {
    const { bot } = this.#shop;
    if (pull.author === bot) return true;
    const commits = this.commits(pull);
    if (commits.some(({ author }) => this.accountOf(author.email) === bot)) return true;
    return this.past.isAi(pull, commits, reading) || this.past.tookPart(pull, commits, bot, reading);
  }

  commits(pull: Pull): readonly Commit[] {
    return this.#compared(pull).commits;
  }

  accountOf(email: string): Account | null {
    const { people, bot } = this.#shop;
    return people.find((each) => each.email === email) ?? (email.startsWith(`${bot.id}+`) ? bot : null);
  }

  /** What the merge does to the stock, as one text; empty for nothing. */
  effect(pull: Pull): string {
    return this.#compared(pull).effect;
  }

  /** What the merge does to anything, as one text; empty for nothing. */
  change(pull: Pull): string {
    return this.#compared(pull).change;
  }

  /** The head beside its base. Commits stay as they are, so that it is compared once. */
  #compared({ baseRef, headSha }: Pull): Compared {
    const { repo } = this.#shop;
    const key = `${tip(repo, baseRef)} ${headSha}`;
    const known = this.#comparisons.get(key) ?? compare(repo.objects, tip(repo, baseRef), headSha);
    this.#comparisons.set(key, known);
    return known;
  }

  /** The changed paths, each with the team or the person that the base's CODEOWNERS names. */
  owned(pull: Pull): readonly Owned[] {
    const { repo, double } = this.#shop;
    const lines = (double.world.fileText(repo, pull.baseRef, "CODEOWNERS") ?? "").split("\n");
    const effect = this.effect(pull);
    return PATHS.filter((path) => effect.includes(path)).map((path) => {
      const name = lines.find((line) => line.startsWith(`/${path} `))?.split("@")[1] ?? "";
      const owner = this.#called(name);
      if (owner === null) return { path, owner };
      const may = "slug" in owner ? teamPermission(repo, owner) : permissionIn(repo, owner);
      return { path, owner: atLeast(may, "write") ? owner : null };
    });
  }

  /** Who can sign through an owner, by the name that rules have for it. */
  signersThrough(owner: Team | Account): readonly [name: string, people: readonly Account[]] {
    const { repo, org, people } = this.#shop;
    if (!("slug" in owner)) return [owner.login, atLeast(permissionIn(repo, owner), "write") ? [owner] : []];
    const may = atLeast(teamPermission(repo, owner), "write");
    return [`${org.login}/${owner.slug}`, may ? people.filter((who) => isOf(who, owner)) : []];
  }

  /** Nobody owns CODEOWNERS: what an AI brings of another branch's cannot pass. */
  #changesRules(pull: Pull): boolean {
    return this.change(pull) !== this.effect(pull);
  }

  #called(name: string): Team | Account | null {
    const { org, people } = this.#shop;
    const [home, slug] = name.split("/");
    if (slug === undefined) return people.find(({ login }) => login === name) ?? null;
    return (home === org.login ? org.teams.get(slug) : null) ?? null;
  }

  /** Whether somebody is among the owners and may write, whatever part they took. */
  hasSay(who: Account, owned: readonly Owned[]): boolean {
    const owns = owned.some(({ owner }) => owner !== null && isOf(who, owner));
    return owns && atLeast(permissionIn(this.#shop.repo, who), "write");
  }

  tookPart(pull: Pull, who: Account, reading: Reading): boolean {
    if (pull.author === who) return true;
    const commits = this.commits(pull);
    const wrote = commits.some(({ author, parents }) => {
      // Who merged and changed nothing by that took no part, as far as that can be seen.
      return this.accountOf(author.email) === who && (parents.length < 2 || reading === "strict");
    });
    // Whoever asked for the agent's commits asked for them wherever they are opened again.
    const { bot, kira } = this.#shop;
    const asked =
      who === kira &&
      (reading === "strict" ? this.isAi(pull, reading) : pull.author === bot && this.past.isAsked(pull));
    return wrote || asked || ownsFork(pull, who) || this.past.tookPart(pull, commits, who, reading);
  }

  /** Whether a "no" stands: one by somebody who has a say, or had it when it was given, or shortly before. */
  refusals(pull: Pull, owned: readonly Owned[], reading: Reading): boolean {
    return this.latest(pull).some((review) => {
      if (!this.past.wasRefusal(pull, review)) return false;
      const hadSay = this.#sayingSo(pull, review, reading).some((each) => this.past.hadSay(each, reading));
      const through = owned.flatMap(({ owner }) => (owner === null ? [] : this.signersThrough(owner)[0]));
      const wasSigner = this.past.wasSigner(review, through, reading);
      const counts = hadSay || wasSigner || this.hasSay(review.author, owned);
      return counts && !this.#isLifted(pull, review, owned, reading);
    });
  }

  /** Who said "no" with a say still says so when they say it once more without. */
  #sayingSo({ reviews }: Pull, review: Review, reading: Reading): readonly Review[] {
    if (reading === "lenient") return [review];
    const own = reviews.filter(({ author }) => author === review.author);
    return own.slice(own.findLastIndex(({ state }) => state === "APPROVED") + 1);
  }

  /** The newest opinion of each person; a dismissed one was one. */
  latest({ reviews }: Pull): readonly Review[] {
    return [
      ...new Map(
        reviews.filter(({ state }) => state !== "COMMENTED").map((one) => [one.author, one]),
      ).values(),
    ];
  }

  /** Whether the text names the one who asked as they are called now. */
  namesAsker({ body }: Pull): boolean {
    return body?.includes(KIRO_LINE(this.#shop.kira.login)) ?? false;
  }

  #isLifted(pull: Pull, review: Review, owned: readonly Owned[], reading: Reading): boolean {
    if (review.state !== "DISMISSED") return false;
    const by = pull.timeline.findLast(
      (event) => event.type === "review_dismissed" && event.review === review,
    )?.actor;
    if (by === undefined) return false;
    if (by === review.author) return true;
    const mayLift = (one: Owned) => this.hasSay(by, [one]);
    const ofAll = reading === "strict" ? owned.every(mayLift) : owned.some(mayLift);
    return ofAll && !this.tookPart(pull, by, reading);
  }

  #isSigned(pull: Pull, one: Owned, reading: Reading): boolean {
    return this.latest(pull).some(
      (review) =>
        review.state === "APPROVED" &&
        this.hasSay(review.author, [one]) &&
        !this.tookPart(pull, review.author, reading) &&
        this.past.covers(pull, review, reading),
    );
  }
}

function compare(objects: ObjectStore, tip: string, head: string): Compared {
  const base = mergeBase(objects, tip, head);
  const [before, after] = [base, head].map((sha) => (sha === null ? undefined : objects.filesAt(sha)));
  const told = (paths: readonly string[]) =>
    paths
      .filter((path) => before?.get(path)?.sha !== after?.get(path)?.sha)
      .map((path) => `${path} ${before?.get(path)?.sha} ${after?.get(path)?.sha}`)
      .join("\n");
  return {
    commits: commitsBetween(objects, tip, head),
    effect: told(PATHS),
    change: told([...PATHS, "CODEOWNERS"]),
  };
}

function isOf(who: Account, owner: Team | Account): boolean {
  return "slug" in owner ? allMembers(owner).includes(who) : owner === who;
}

/** Of a fork nobody tells who pushed before the opening, so its owner answers for that. */
function ownsFork({ repo, headRepo }: Pull, who: Account): boolean {
  return headRepo !== repo && headRepo.owner === who;
}
