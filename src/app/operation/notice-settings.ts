import { readFileSync } from "node:fs";
import { weakness } from "./secret.ts";
import { secretIn } from "./secret-file.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** An address that people are told at. */
export interface NoticeTarget {
  /** As a config names it. */
  readonly name: string;
  readonly address: string;
  /** `slack`: an incoming webhook of Slack's; `json`: our own, signed. */
  readonly format: "slack" | "json";
}

export interface NoticeSettings {
  readonly targets: readonly NoticeTarget[];
  /** What our own webhook is signed with. */
  readonly secret?: string;
}

interface ReadNotices {
  readonly settings: NoticeSettings;
  readonly problems: readonly string[];
  /** Where secrets were read from. */
  readonly files: readonly string[];
}

const PREFIX = "COUNTERSIGN_NOTIFY_";
const HOSTS = `${PREFIX}HOSTS`;
const SECRET = `${PREFIX}SECRET`;
const FILE = "_FILE";

const SLACK = "hooks.slack.com";

/** Whether a variable holds something secret itself, and not where that is. */
export function isNoticeSecret(variable: string): boolean {
  return variable.startsWith(PREFIX) && variable !== HOSTS && !variable.endsWith(FILE);
}

/** Every secret in them: an address is one as a whole, and so is what comes behind its host. */
export function secretsInNotices({ targets, secret }: NoticeSettings): readonly string[] {
  return [...targets.flatMap(({ address }) => secretsInAddress(address)), ...(secret ? [secret] : [])];
}

/** Shorter ones are words that stand anywhere. */
const SHORTEST_PATH = 8;

export function secretsInAddress(address: string): readonly string[] {
  const path = URL.parse(address)?.pathname.slice(1) ?? "";
  return [address, ...(path.length < SHORTEST_PATH ? [] : [path])];
}

/** Addresses, the hosts they may lead to, and what is signed with. No problem tells a value. */
export function readNotices(environment: Variables): ReadNotices {
  const found = Object.keys(environment).filter((name) => name.startsWith(PREFIX) && name !== HOSTS);
  const texts = [...new Set(found.map((name) => name.replace(/_FILE$/, "")))].map((name) =>
    textOf(name, environment),
  );
  const hosts = hostsIn(environment[HOSTS] ?? "");
  const secret = texts.find(({ variable }) => variable === SECRET)?.text;
  const targets = texts
    .filter(({ variable }) => variable !== SECRET)
    .map((text) => targetOf(text, hosts.listed));
  const ready = targets.flatMap(({ target }) => target ?? []);
  return {
    settings: { targets: ready, ...(secret !== undefined && { secret }) },
    problems: [
      ...hosts.problems,
      ...texts.flatMap(({ problem }) => problem ?? []),
      ...targets.flatMap(({ problem }) => problem ?? []),
      ...secretProblems(secret, ready),
    ],
    files: texts.flatMap(({ file }) => file ?? []),
  };
}

interface Text {
  readonly variable: string;
  readonly text?: string;
  readonly file?: string;
  readonly problem?: string;
}

/** From the variable itself, or from the file that another one names. */
function textOf(variable: string, environment: Variables): Text {
  const text = environment[variable];
  const path = environment[`${variable}${FILE}`];
  if (path === undefined) return { variable, ...(text !== undefined && { text }) };
  if (text !== undefined)
    return { variable, problem: `${variable} and ${variable}${FILE} are both set: one of them is too many` };
  // Its value would be quoted as that of a file that is not there.
  if (path.includes("://"))
    return { variable, problem: `${variable}${FILE} must name a file, not hold the address itself` };
  const read = (file: string) => readFileSync(file, "utf8").trim();
  return { variable, ...secretIn(`${variable}${FILE}`, path, read) };
}

interface Target {
  readonly target?: NoticeTarget;
  readonly problem?: string;
}

function targetOf({ variable, text }: Text, hosts: ReadonlySet<string>): Target {
  if (text === undefined) return {};
  const suffix = variable.slice(PREFIX.length);
  if (!/^[A-Z0-9_]{1,40}$/.test(suffix))
    return { problem: `${variable} is a name that no config can have: use capital letters, digits and _` };
  const url = URL.parse(text);
  const problem = url === null ? "is no address" : addressProblem(url, hosts);
  if (url === null || problem !== null) return { problem: `${variable} ${problem}` };
  const name = suffix.toLowerCase().replaceAll("_", "-");
  return { target: { name, address: url.href, format: url.host === SLACK ? "slack" : "json" } };
}

const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function addressProblem(url: URL, hosts: ReadonlySet<string>): string | null {
  const { protocol, hostname, host, username, password } = url;
  if (username !== "" || password !== "") return "must not hold a name or a password before its host";
  if (protocol !== "https:" && !(protocol === "http:" && LOCAL.has(hostname)))
    return "must be an address that begins with https://";
  if (hosts.has(host) || (host === SLACK && protocol === "https:")) return null;
  return `leads to a host that ${HOSTS} does not list`;
}

function hostsIn(list: string): {
  readonly listed: ReadonlySet<string>;
  readonly problems: readonly string[];
} {
  const hosts = list.split(/[\s,]+/).filter((host) => host !== "");
  const right = hosts.every((host) => URL.parse(`https://${host}`)?.host === host.toLowerCase());
  const problem = `${HOSTS} must list hosts alone, such as "hooks.example.com, chat.example.com:8443"`;
  return { listed: new Set(hosts.map((host) => host.toLowerCase())), problems: right ? [] : [problem] };
}

const MAKE_SECRET = "`openssl rand -hex 32` makes a good one";

function secretProblems(secret: string | undefined, targets: readonly NoticeTarget[]): readonly string[] {
  if (secret === undefined) {
    const needed = targets.some(({ format }) => format === "json");
    return needed
      ? [`${SECRET} is missing: it signs what is sent to other hosts than Slack's; ${MAKE_SECRET}`]
      : [];
  }
  const reason = weakness(secret);
  return reason === null ? [] : [`${SECRET} is too easy to guess: ${reason}; ${MAKE_SECRET}`];
}
