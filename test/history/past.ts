import type { Account, Pull, Push, Repository, Review } from "../github-double/world/model.ts";
import type { Commit } from "../github-double/world/objects.ts";
import { atLeast, permissionIn } from "../github-double/world/permissions.ts";
import { branchRef } from "../github-double/world/pushing.ts";
import type { Model, Reading } from "./model.ts";
import { GOVERNED, type Shop } from "./shop.ts";

interface Observed {
  readonly shop: Shop;
  readonly model: Model;
  readonly heard: (act: number) => boolean;
}

interface Pushed {
  readonly by: Account;
  readonly act: number;
  readonly shas: ReadonlySet<string>;
  readonly repo: Repository;
  readonly ref: string;
  /** Of a push to a fork, the pull requests for which it is told; `null` where it is told for all. */
  readonly told: ReadonlySet<Pull> | null;
  /** It brought a merge and nothing else: whether that is a part depends on what else can be seen. */
  readonly isMerge: boolean;
}

interface Made {
  readonly act: number;
  /** The commits. */
  readonly made: ReadonlySet<string>;
}

/** What an approval was given for. */
interface Given {
  readonly base: string;
  /** What the merge did as long as neither head nor base was another. */
  readonly effects: Set<string>;
  /** Whether head and base are still those. */
  fresh: boolean;
  readonly head: string;
  /** The effect with which the app had the time to note it. */
  noted: string | null;
}

/** What happened and may not be seen any more. `ever` is all of it; `noted` what the app had the time to read. */
export class Past {
  readonly #shop: Shop;
  readonly #model: Model;
  readonly #pushes: Pushed[] = [];
  /** How many pushes of each repository were looked at. */
  readonly #seen = new Map<Repository, number>();
  readonly #pulls = new Set<Pull>();
  readonly #asked = new Set<Pull>();
  readonly #commits = new Set<string>();
  /** Pull requests, their commits, and what they change. */
  readonly #ai = { ever: new Set<Pull | string>(), noted: new Set<Pull | string>() };
  /** Who took part in what made the same change. */
  readonly #parts = new Map<string, Set<Account>>();
  /**
   * By the owner's name, who can sign through it: `may` holds whom the app may take for one, as it was not read since that
   * they are none; `surely` whom it has read to be one, and who was one ever since.
   */
  readonly #signers = { may: new Map<string, Set<Account>>(), surely: new Map<string, Set<Account>>() };
  /** Through which of them somebody spoke. */
  readonly #through = new Map<Review, { readonly may: Set<string>; readonly surely: Set<string> }>();
  readonly #say = { ever: new Set<Review>(), noted: new Set<Review>() };
  readonly #given = new Map<Review, Given>();
  readonly #refusals = new Set<Review>();
  readonly #openers = new Map<Account, Set<string>>();
  /** The commits that each pull request ever had. */
  readonly #held = new Map<Pull, Set<string>>();
  readonly #heard: Observed["heard"];

  constructor({ shop, model, heard }: Observed) {
    this.#shop = shop;
    this.#model = model;
    this.#heard = heard;
    for (const sha of shop.repo.objects.commits.keys()) this.#commits.add(sha);
  }

  /** After every act. */
  observe(act: number): void {
    const { repo, forks } = this.#shop;
    const made = new Set([...repo.objects.commits.keys()].filter((sha) => !this.#commits.has(sha)));
    for (const where of [repo, ...forks.values()]) {
      for (const push of where.pushes.slice(this.#seen.get(where) ?? 0))
        this.#pushes.push(this.#pushedIn(where, push, { act, made }));
      this.#seen.set(where, where.pushes.length);
    }
    for (const sha of made) this.#commits.add(sha);
    this.#observeSigners();
    for (const pull of repo.pulls.values()) {
      this.#pulls.add(pull);
      if (pull.state === "open") this.#observePull(pull);
    }
  }

  /** Of a fork GitHub tells what moves an open pull request, and of that alone. */
  #pushedIn(repo: Repository, { pusher: by, after, ref }: Push, { act, made }: Made): Pushed {
    const { objects } = repo;
    const known = objects.commits.has(after);
    const isMerge = known && objects.commitAt(after).parents.length > 1;
    const shas = new Set([...made, ...(known ? [after] : [])]);
    const moved = [...this.#pulls].filter(
      (pull) => pull.state === "open" && pull.headRepo === repo && branchRef(pull.headRef) === ref,
    );
    const told = repo === this.#shop.repo ? null : new Set(moved);
    return { by, act, shas, ref, repo, isMerge, told };
  }

  /** When everything was heard and nothing is left to do: what can be seen now was read. */
  rest(): void {
    for (const pull of this.#shop.repo.pulls.values()) if (pull.state === "open") this.#notePull(pull);
  }

  isAi(pull: Pull, commits: readonly Commit[], reading: Reading): boolean {
    const known = reading === "strict" ? this.#ai.ever : this.#ai.noted;
    // Whoever makes the same change in other commits goes on with the same work.
    if (known.has(pull) || known.has(this.#model.change(pull))) return true;
    // Marks follow commits that somebody else wrote as well; how far is not the model's to say.
    return reading === "strict" && commits.some(({ sha }) => known.has(sha));
  }

  /** By pushes, to its branch or of its commits anywhere, and by opening the same commits. */
  tookPart(pull: Pull, commits: readonly Commit[], who: Account, reading: Reading): boolean {
    const own = commits.map(({ sha }) => sha);
    const shas = new Set(reading === "strict" ? [...own, ...(this.#held.get(pull) ?? [])] : own);
    const pushed = this.#pushes.some(({ by, act, shas: brought, isMerge, told }) => {
      if (by !== who || !meet(brought, shas)) return false;
      return reading === "strict" || (this.#heard(act) && !isMerge && (told?.has(pull) ?? true));
    });
    if (pushed || reading === "lenient") return pushed;
    if (this.#parts.get(this.#model.change(pull))?.has(who)) return true;
    const branch = branchRef(pull.headRef);
    const before = this.#pushes.some(
      ({ by, repo, ref }) => by === who && repo === pull.headRepo && ref === branch,
    );
    return before || meet(this.#openers.get(who) ?? new Set(), shas);
  }

  /** Whether the one who asked is named as they are called, or was known by then. */
  isAsked(pull: Pull): boolean {
    return this.#asked.has(pull) || this.#model.namesAsker(pull);
  }

  hadSay(review: Review, reading: Reading): boolean {
    return (reading === "strict" ? this.#say.ever : this.#say.noted).has(review);
  }

  /** Whether somebody said it who could sign through one of these owners, or had been able to until a moment before. */
  wasSigner(review: Review, owners: readonly string[], reading: Reading): boolean {
    const through = this.#through.get(review)?.[reading === "strict" ? "may" : "surely"];
    return owners.some((name) => through?.has(name));
  }

  wasRefusal(_pull: Pull, review: Review): boolean {
    return this.#refusals.has(review);
  }

  covers(pull: Pull, review: Review, reading: Reading): boolean {
    const given = this.#given.get(review);
    const effect = this.#model.effect(pull);
    if (given === undefined || given.base !== pull.baseRef) return false;
    if (reading === "lenient") return given.effects.has(effect);
    return given.noted === null ? given.fresh : given.noted === effect;
  }

  /** Before their words are looked at: whoever speaks in an act has neither gained nor lost anything by it. */
  #observeSigners(): void {
    const open = [...this.#shop.repo.pulls.values()].filter(({ state }) => state === "open");
    const owners = open.flatMap((pull) => this.#model.owned(pull)).flatMap(({ owner }) => owner ?? []);
    const { may, surely } = this.#signers;
    for (const owner of new Set([...owners, ...Object.values(this.#shop.teams)])) {
      const [name, people] = this.#model.signersThrough(owner);
      if (owners.includes(owner)) may.set(name, new Set([...(may.get(name) ?? []), ...people]));
      surely.set(name, new Set(people.filter((who) => surely.get(name)?.has(who))));
    }
  }

  #noteSigners(pull: Pull): void {
    if (!GOVERNED.some((base) => base === pull.baseRef) || !this.#model.isAi(pull, "lenient")) return;
    for (const { owner } of this.#model.owned(pull)) {
      if (owner === null) continue;
      const [name, people] = this.#model.signersThrough(owner);
      for (const known of [this.#signers.may, this.#signers.surely]) known.set(name, new Set(people));
    }
  }

  #observeSpeaker(review: Review): void {
    if (this.#through.has(review)) return;
    const of = (signers: ReadonlyMap<string, ReadonlySet<Account>>) =>
      new Set([...signers].flatMap(([name, people]) => (people.has(review.author) ? [name] : [])));
    this.#through.set(review, { may: of(this.#signers.may), surely: of(this.#signers.surely) });
  }

  #observePull(pull: Pull): void {
    const commits = this.#model.commits(pull);
    const change = this.#model.change(pull);
    // What changes nothing is nobody's work.
    const changes = change === "" ? [] : [change];
    if (this.#model.isAi(pull, "strict"))
      for (const known of [pull, ...changes, ...commits.map(({ sha }) => sha)]) this.#ai.ever.add(known);
    for (const each of changes) {
      const took = this.#shop.people.filter((who) => this.#model.tookPart(pull, who, "strict"));
      this.#parts.set(each, new Set([...(this.#parts.get(each) ?? []), ...took]));
    }
    const opened = this.#openers.get(pull.author) ?? new Set();
    const held = this.#held.get(pull) ?? new Set();
    for (const { sha } of commits) {
      opened.add(sha);
      held.add(sha);
    }
    this.#openers.set(pull.author, opened);
    this.#held.set(pull, held);
    const owned = this.#model.owned(pull);
    for (const review of pull.reviews) {
      if (review.state === "CHANGES_REQUESTED") this.#refusals.add(review);
      if (this.#model.hasSay(review.author, owned)) this.#say.ever.add(review);
      this.#observeSpeaker(review);
      this.#observeApproval(pull, review);
    }
  }

  #observeApproval(pull: Pull, review: Review): void {
    const given = this.#given.get(review);
    if (given === undefined) {
      const effects = new Set([this.#model.effect(pull)]);
      this.#given.set(review, { base: pull.baseRef, head: pull.headSha, effects, fresh: true, noted: null });
      return;
    }
    given.fresh &&= given.base === pull.baseRef && given.head === pull.headSha;
    if (given.fresh) given.effects.add(this.#model.effect(pull));
  }

  #notePull(pull: Pull): void {
    this.#noteSigners(pull);
    if (this.#model.isAi(pull, "lenient")) {
      this.#ai.noted.add(pull);
      const change = this.#model.change(pull);
      // What an outsider opens may be a copy of somebody else's.
      const isOutsiders = !atLeast(permissionIn(this.#shop.repo, pull.author), "write");
      if (change !== "" && (pull.author === this.#shop.bot || !isOutsiders)) this.#ai.noted.add(change);
    }
    if (this.#model.namesAsker(pull)) this.#asked.add(pull);
    const owned = this.#model.owned(pull);
    for (const review of pull.reviews) {
      const stands = review.state === "CHANGES_REQUESTED" && this.#model.latest(pull).includes(review);
      if (stands && this.#model.isAi(pull, "lenient") && this.#model.hasSay(review.author, owned))
        this.#say.noted.add(review);
      const given = this.#given.get(review);
      if (given?.fresh && review.state === "APPROVED") given.noted ??= this.#model.effect(pull);
    }
  }
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((each) => other.has(each));
}
