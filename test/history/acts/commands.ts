import type { Account, Issue, Pull } from "../../github-double/world/model.ts";
import { permissionIn } from "../../github-double/world/permissions.ts";
import { PATHS, type Shop, TEAMS } from "../shop.ts";
import { type Act, choose, openPull, ownersIn, pulls, pushersOf, rather } from "./choosing.ts";

const MINUTE_MS = 60_000;
/** A freeze outlasts some looks at everything, and not all. */
const FREEZE_MINUTES = 100;

/** By two who may, or by one of them; of the head, or now and then of one that it was before. */
export const override: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  if (!pull) return null;
  const able = commanders(shop).filter((each) => each !== pull.author);
  const first = choose(rather(withoutPart(able, pull), able, b), b);
  const others = able.filter((each) => each !== first);
  const second = c % 4 === 0 ? undefined : choose(rather(withoutPart(others, pull), others, c), c);
  const before = pull.headRepo.pushes.find(({ after }) => after !== pull.headSha)?.after;
  const sha = c % 15 === 1 ? (before ?? pull.headSha) : pull.headSha;
  const by = [first, second].flatMap((each) => each ?? []);
  for (const each of by) say(shop, pull, each, `override ${sha.slice(0, 12)} The shop is down`);
  return by.length === 0 ? null : `${names(by)} want to override #${pull.number} at ${sha.slice(0, 7)}`;
};

/** Mostly by somebody whose word counts. */
export const withdraw: Act = (shop, { a, b }) => {
  const pull = openPull(shop, a);
  const by = choose(rather(commanders(shop), readers(shop), b), b);
  if (!pull || !by) return null;
  say(shop, pull, by, "withdraw");
  return `${by.login} withdraws what overrides #${pull.number}`;
};

export const freeze: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  const owners = pull ? ownersIn(shop, pull.baseRef, [choose(PATHS, c) ?? PATHS[0]]) : [];
  const by = choose(rather(owners, readers(shop), b), b);
  if (!pull || !by || !readers(shop).includes(by)) return null;
  const until = new Date(shop.clock.now().getTime() + FREEZE_MINUTES * MINUTE_MS);
  const area = c % 5 === 0 ? "all" : "stock";
  const minute = `${until.toISOString().slice(0, "2026-12-24T18:00".length)}Z`;
  say(shop, pull, by, `freeze ${area} until ${minute} Look first`);
  return `${by.login} freezes ${area} until ${minute} on #${pull.number}`;
};

/** By whoever froze it, by one or two others, or by anybody. */
export const unfreeze: Act = (shop, { a, b, c }) => {
  const pull = openPull(shop, a);
  if (!pull) return null;
  const frozen = [...shop.repo.pulls.values()].flatMap(({ comments }) =>
    comments.filter(({ body }) => body.startsWith("/countersign freeze ")),
  );
  const last = frozen.at(-1);
  const able = [...readers(shop)];
  const others = rather(commanders(shop), able, b);
  const by = c % 2 === 0 ? [last?.author] : [choose(others, b), choose(others, b + 1)];
  const speaking = [...new Set(by.flatMap((each) => (each && able.includes(each) ? each : [])))];
  const area = last?.body.split(" ")[2] ?? "stock";
  for (const each of speaking) say(shop, pull, each, `unfreeze ${area}`);
  return speaking.length === 0 ? null : `${names(speaking)} want to lift the freeze of ${area}`;
};

/** Of what was let in: on the issue that asks for it, or where nothing comes of it. */
export const accept: Act = (shop, { a, b, c }) => {
  const asked = [...shop.repo.issues.values()].findLast(({ author }) => author.login === "countersign[bot]");
  const on = rather(asked ? [asked] : [], pulls(shop, "open"), c)[0] ?? openPull(shop, a);
  const by = choose(rather(commanders(shop), readers(shop), b), b);
  if (!on || !by) return null;
  const named = /\b[0-9a-f]{40}\b/.exec(on.body ?? "")?.[0] ?? openPull(shop, a)?.headSha ?? "";
  say(shop, on, by, `accept ${named.slice(0, 12)} It was needed`);
  return `${by.login} accepts ${named.slice(0, 7)} on #${on.number}`;
};

function say({ double: { world } }: Shop, on: Pull | Issue, by: Account, words: string): void {
  world.comment(on, by, `/countersign ${words}`);
}

function readers({ people, repo }: Shop): readonly Account[] {
  return people.filter((each) => permissionIn(repo, each) !== "none");
}

/** Whom the config names. */
function commanders(shop: Shop): readonly Account[] {
  const named = TEAMS.map((name) => shop.teams[name]);
  return readers(shop).filter((each) => named.some(({ members }) => members.has(each)));
}

function withoutPart(among: readonly Account[], pull: Pull): readonly Account[] {
  const pushers = pushersOf(pull);
  return among.filter((each) => !pushers.includes(each));
}

function names(people: readonly Account[]): string {
  return people.map(({ login }) => login).join(" and ");
}
