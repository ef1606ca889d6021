import type { Finding } from "../../hazard.ts";
import { anyOf } from "../../reading/any-of.ts";
import type { FileChange } from "../../reading/change.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { Blocks } from "./blocks.ts";
import { SSHD, SUDOERS, servedPath, WEB } from "./settings.ts";

/** A number that keeps less out the larger, or the smaller, it is. */
export interface Limit {
  readonly file: RegExp;
  /** The first group is the setting, the second its number, the third a unit. */
  readonly pattern: RegExp;
  readonly weaker: "more" | "less";
  /** What 0 means: that there is no limit, or that there is no end to what it does. */
  readonly zero?: "off" | "strictest";
  readonly why: string;
}

const PASSWORDS =
  /(?:^|\/)(?:pwquality[^/]*\.conf|login\.defs|system-auth|password-auth|common-password)(?:\.\w+)?$|(?:^|\/)pam\.d\//;
const LOCKS = /(?:^|\/)faillock\.conf(?:\.\w+)?$|(?:^|\/)pam\.d\//;
const JAILS = /(?:^|\/)(?:jail|fail2ban)[^/]*(?:\/[^/]+)?\.(?:local|conf)(?:\.\w+)?$/;

const GUESSING = "whoever guesses passwords may try more of them";
const SHORT = "weaker passwords are taken";

/** By the manuals of sshd_config(5), pwquality.conf(5), faillock.conf(5), login.defs(5), jail.conf(5), sudoers(5) and nginx. */
const LIMITS: readonly Limit[] = [
  { file: SSHD, pattern: /^\s*(MaxAuthTries)\s+(\d+)/i, weaker: "more", why: GUESSING },
  { file: SSHD, pattern: /^\s*(MaxStartups)\s+(\d+)/i, weaker: "more", why: GUESSING },
  {
    file: SSHD,
    pattern: /^\s*(LoginGraceTime)\s+(\d+)([smh]?)/i,
    weaker: "more",
    zero: "off",
    why: GUESSING,
  },
  { file: SSHD, pattern: /^\s*(RequiredRSASize)\s+(\d+)/i, weaker: "less", why: "weaker keys are taken" },
  {
    file: PASSWORDS,
    pattern: /(?:^|\s)(minlen|minclass|PASS_MIN_LEN|remember)\s*[=\s]\s*(\d+)/,
    weaker: "less",
    why: SHORT,
  },
  {
    file: PASSWORDS,
    pattern: /^\s*(PASS_MAX_DAYS)\s+(\d+)/,
    weaker: "more",
    why: "a password that leaked is good for longer",
  },
  { file: PASSWORDS, pattern: /(?:^|\s)([dulo]credit)\s*=\s*(-?\d+)/, weaker: "more", why: SHORT },
  { file: LOCKS, pattern: /(?:^|\s)(deny)\s*=\s*(\d+)/, weaker: "more", zero: "off", why: GUESSING },
  {
    file: LOCKS,
    pattern: /(?:^|\s)(unlock_time)\s*=\s*(\d+)/,
    weaker: "less",
    zero: "strictest",
    why: GUESSING,
  },
  { file: JAILS, pattern: /^\s*(maxretry)\s*=\s*(\d+)/, weaker: "more", why: GUESSING },
  { file: JAILS, pattern: /^\s*(bantime|findtime)\s*=\s*(\d+)([smhdw]?)/, weaker: "less", why: GUESSING },
  { file: SUDOERS, pattern: /^\s*Defaults\b.*\b(passwd_tries)\s*=\s*(\d+)/, weaker: "more", why: GUESSING },
  {
    file: SUDOERS,
    pattern: /^\s*Defaults\b.*\b(timestamp_timeout)\s*=\s*(\d+)/,
    weaker: "more",
    why: "nobody is asked for the password again",
  },
  {
    file: WEB,
    pattern: /^\s*limit_req_zone\s.*\bzone=(\w+):.*\brate=(\d+)r\/(s|m)/,
    weaker: "more",
    why: "more requests get through",
  },
  { file: WEB, pattern: /^\s*(limit_conn\s+\w+)\s+(\d+)/, weaker: "more", why: "more requests get through" },
  {
    file: WEB,
    pattern: /\b(Strict-Transport-Security)\b.*\bmax-age=(\d+)/i,
    weaker: "less",
    why: "browsers no longer insist on an encrypted connection",
  },
];

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** Of so many a minute or a second. */
const RATE: Readonly<Record<string, number>> = { s: 1, m: 1 / 60 };

interface Said {
  readonly text: string;
  readonly line: number;
  /** The larger, the less it keeps out. */
  readonly weakness: number;
}

/** What a side says of a limit, by its block and setting; of several the first. */
function saidIn(text: string, { pattern, weaker, zero }: Limit, blocks: Blocks): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>();
  const lines = text.split("\n");
  const places = blocks.of(lines);
  for (const [index, each] of lines.entries()) {
    const match = each.length > LONGEST ? null : pattern.exec(each);
    if (match === null || /^\s*[#;]/.test(each)) continue;
    const [, name = "", digits = "", unit = ""] = match;
    const key = JSON.stringify([places[index], name.toLowerCase()]);
    const factor = (each.includes("rate=") ? RATE[unit] : UNITS[unit.toLowerCase()]) ?? 1;
    const number = Number(digits) * factor;
    const weakness =
      number === 0 && zero !== undefined
        ? zero === "off"
          ? Number.POSITIVE_INFINITY
          : Number.NEGATIVE_INFINITY
        : weaker === "more"
          ? number
          : -number;
    if (!found.has(key)) found.set(key, { text: each.trim(), line: index + 1, weakness });
  }
  return found;
}

const LONGEST = 1_000;

/** The lines of a file that set one of the limits to what limits less than before. */
export function* weakenedIn(
  { path, before, after }: FileChange,
  limits: readonly Limit[],
): Generator<Finding> {
  if (typeof before !== "string" || typeof after !== "string") return;
  const blocks = new Blocks();
  const served = servedPath(path);
  for (const limit of limits.filter(({ file }) => file.test(served))) {
    const was = saidIn(before, limit, blocks);
    for (const [key, { text, line, weakness }] of saidIn(after, limit, blocks)) {
      const old = was.get(key);
      if (old === undefined || weakness <= old.weakness) continue;
      const why = `sets ${shown(text)} in ${shown(path)}, where it was ${shown(old.text)}: ${limit.why}`;
      yield { what: shown(text), file: path, line, side: "after", why, before: old.text, after: text };
    }
  }
}

/** Whether the rule has anything to look for in a file. */
export const hasLimits = anyOf(LIMITS.map(({ file }) => file));

const header = (age: number) => `add_header Strict-Transport-Security "max-age=${age}" always;\n`;

export const LIMIT_WEAKENED: Rule = {
  id: "servers/limit-weakened",
  kind: "widening",
  asks: "block",
  when: "a number that limits guesses, passwords or requests becomes one that limits them less",
  *file(file) {
    yield* weakenedIn(file, LIMITS);
  },
  reports: [
    [
      "sets `MaxAuthTries 100` in `ssh/sshd_config`, where it was `MaxAuthTries 3`: whoever guesses passwords may try more of them",
      changed("ssh/sshd_config", "MaxAuthTries 3\n", "MaxAuthTries 100\n"),
    ],
    [
      "sets `LoginGraceTime 0` in `ssh/sshd_config`, where it was `LoginGraceTime 30`: whoever guesses passwords may try more of them",
      changed("ssh/sshd_config", "LoginGraceTime 30\n", "LoginGraceTime 0\n"),
    ],
    [
      "sets `minlen = 6` in `files/pwquality.conf`, where it was `minlen = 14`: weaker passwords are taken",
      changed("files/pwquality.conf", "minlen = 14\n", "minlen = 6\n"),
    ],
    [
      "sets `deny = 0` in `files/faillock.conf`, where it was `deny = 5`: whoever guesses passwords may try more of them",
      changed("files/faillock.conf", "deny = 5\n", "deny = 0\n"),
    ],
    [
      "sets `bantime = 1m` in `fail2ban/jail.local`, where it was `bantime = 1h`: whoever guesses passwords may try more of them",
      changed("fail2ban/jail.local", "[sshd]\nbantime = 1h\n", "[sshd]\nbantime = 1m\n"),
    ],
    [
      'sets `add_header Strict-Transport-Security "max-age=0" always;` in `nginx/a.conf`, where it was `add_header Strict-Transport-Security "max-age=31536000" always;`: browsers no longer insist on an encrypted connection',
      changed("nginx/a.conf", header(31_536_000), header(0)),
    ],
  ],
  ignores: [
    ["it limits more", changed("ssh/sshd_config", "MaxAuthTries 6\n", "MaxAuthTries 3\n")],
    ["it is locked for ever", changed("files/faillock.conf", "unlock_time = 600\n", "unlock_time = 0\n")],
    ["the same in another unit", changed("ssh/sshd_config", "LoginGraceTime 60\n", "LoginGraceTime 1m\n")],
    ["the same in another unit", changed("nginx/a.conf", rate("60r/m"), rate("1r/s"))],
    ["a comment", changed("ssh/sshd_config", "MaxAuthTries 3\n", "# MaxAuthTries 100\nMaxAuthTries 3\n")],
  ],
};

function rate(of: string): string {
  return `limit_req_zone $binary_remote_addr zone=a:10m rate=${of};\n`;
}
