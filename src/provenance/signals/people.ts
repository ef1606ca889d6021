import { AUTOMATION, type Automation, WEB_FLOW } from "../catalogue/automation.ts";
import type { Account, Identity } from "../identity.ts";
import { comparableEmail } from "../text/trailers.ts";
import type { CompiledSignal, EmailSignal } from "./compiled-signal.ts";
import { botName, type SignalIndex } from "./signal-index.ts";

/** Who is not a human, and by which name to call it. */
export interface Machine {
  readonly kind: "agent" | "automation";
  readonly name: string;
}

/** `web-flow` is GitHub itself, committing for somebody: nobody who could have taken part. */
export type IdentityKind = "agent" | "automation" | "web-flow" | "person";

export interface People {
  machine(account: Account): Machine | null;
  identity(identity: Identity): IdentityKind;
  /** The configured agent behind an account, or behind a git identity that maps to none. */
  configuredAgent(of: Pick<Identity, "account" | "email">): string | null;
}

/** Logins as the policy lists them, lower-cased: `name[bot]` is a bot, a plain name a user or a bot. */
export interface Listed {
  readonly agents: readonly string[];
  readonly notAi: readonly string[];
  /** The accounts that bore a listed login when it was first seen: they stay listed, and nobody else is by that login. */
  readonly known?: readonly { readonly login: string; readonly id: number }[];
}

const NOREPLY = /^(?:\d{1,12}\+)?([a-z0-9-]{1,64})(\[bot\])?@users\.noreply\.github\.com$/;

const AUTOMATION_BY_ID: ReadonlyMap<number, Automation> = new Map(
  AUTOMATION.flatMap((bot): [number, Automation][] => (bot.id === null ? [] : [[bot.id, bot]])),
);
const AUTOMATION_BOTS: ReadonlySet<string> = new Set(
  AUTOMATION.flatMap(({ login, type }) => (type === "Bot" ? [botName(login)] : [])),
);
const AUTOMATION_EMAILS: ReadonlySet<string> = new Set(AUTOMATION.flatMap((bot) => bot.emails ?? []));

export function createPeople(index: SignalIndex, listed: Listed): People {
  const agents = new Set(listed.agents);
  const notAi = new Set(listed.notAi);
  const lists = listsAccounts(listed.known ?? []);

  function machine(account: Account): Machine | null {
    const { id, login, type } = account;
    if (isTool(index, account) || lists(agents, account)) return { kind: "agent", name: login };
    if (id === WEB_FLOW.id || AUTOMATION_BY_ID.has(id) || type !== "User") {
      return { kind: "automation", name: login };
    }
    return lists(notAi, account) ? { kind: "automation", name: login } : null;
  }

  function identity({ account, email, name }: Identity): IdentityKind {
    const address = comparableEmail(email);
    if (account?.id === WEB_FLOW.id || address === WEB_FLOW.email) return "web-flow";
    if (account !== null) return machine(account)?.kind ?? "person";
    const known = emailSignals(index, { address, name }).some(
      ({ strength, fields }) => strength !== "weak" && fields.includes("author"),
    );
    const noreply = noreplyLogin(address);
    if (known || (noreply !== null && listsLogin(agents, noreply))) return "agent";
    if (AUTOMATION_EMAILS.has(address) || noreply?.bot) return "automation";
    return noreply !== null && listsLogin(notAi, { login: noreply.login, bot: false })
      ? "automation"
      : "person";
  }

  function configuredAgent({ account, email }: Pick<Identity, "account" | "email">): string | null {
    if (account !== null) return lists(agents, account) ? account.login : null;
    const noreply = noreplyLogin(comparableEmail(email));
    return noreply !== null && listsLogin(agents, noreply) ? noreply.login : null;
  }

  return { machine, identity, configuredAgent };
}

/** A weak signal makes an account an AI's, as those of reviewers are, unless it is known to do other work. */
function isTool(index: SignalIndex, account: Account): boolean {
  const signals = accountSignals(index, account);
  if (signals.some(({ strength }) => strength !== "weak")) return true;
  const { id, login, type } = account;
  const other = AUTOMATION_BY_ID.has(id) || (type === "Bot" && AUTOMATION_BOTS.has(botName(login)));
  return signals.length > 0 && !other;
}

/** By id; a bot whose id the catalogue does not know by its login, which no user can take. */
export function accountSignals(index: SignalIndex, { id, login, type }: Account): readonly CompiledSignal[] {
  const byId = index.accounts.get(id);
  if (byId !== undefined || type !== "Bot") return byId ?? [];
  // One login may have stood for several accounts of a vendor.
  return index.bots.get(botName(login))?.slice(0, 1) ?? [];
}

export function emailSignals(
  index: SignalIndex,
  { address, name }: { readonly address: string; readonly name: string },
): readonly EmailSignal[] {
  const plus = address.indexOf("+");
  const numbered = plus > 0 && /^\d+$/.test(address.slice(0, plus));
  const signals =
    index.emails.get(address) ?? (numbered ? index.numberedEmails.get(address.slice(plus + 1)) : undefined);
  return signals?.filter(({ named }) => named === undefined || name.toLowerCase().startsWith(named)) ?? [];
}

/** By the login that the account bore when it was first seen, whatever its login is now. */
function listsAccounts(known: NonNullable<Listed["known"]>) {
  const byId = Map.groupBy(known, ({ id }) => id);
  const taken = new Set(known.map(({ login }) => login));
  return (logins: ReadonlySet<string>, { id, login, type }: Account): boolean => {
    const own = byId.get(id);
    if (own?.some((each) => logins.has(each.login) || logins.has(botName(each.login)))) return true;
    const bot = type === "Bot";
    // A user may bear an app's login without its end, and neither takes it from the other.
    const name = bot ? `${botName(login)}[bot]` : login.toLowerCase();
    return !taken.has(name) && listsLogin(logins, { login, bot });
  };
}

function listsLogin(
  logins: ReadonlySet<string>,
  { login, bot }: { readonly login: string; readonly bot: boolean },
): boolean {
  if (!bot) return logins.has(login.toLowerCase());
  const name = botName(login);
  return logins.has(name) || logins.has(`${name}[bot]`);
}

/** The login in one of GitHub's own no-reply addresses; only an app's carries `[bot]`. */
function noreplyLogin(address: string): { readonly login: string; readonly bot: boolean } | null {
  const match = NOREPLY.exec(address);
  return match?.[1] === undefined ? null : { login: match[1], bot: match[2] !== undefined };
}
