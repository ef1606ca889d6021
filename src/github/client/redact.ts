const REDACTED = "[redacted]";

interface Form {
  readonly secret: RegExp;
  /** What stands before the secret and stays is the first group. */
  readonly shown: string;
}

/** Each looks at a text once: what is redacted may be long, and written by anybody. */
const FORMS: readonly Form[] = [
  {
    secret: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    shown: REDACTED,
  },
  // Installation tokens come as ghs_<36 characters> and, since 2026-04, as ghs_<app id>_<JWT> of some 520.
  { secret: /\bgh[opsur]_[A-Za-z0-9._-]+/g, shown: REDACTED },
  { secret: /\bgithub_pat_[A-Za-z0-9_]+/g, shown: REDACTED },
  { secret: /(?<![\w-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, shown: REDACTED },
  { secret: /\b((?:set-)?cookie2?["']?\s*[:=]\s*)[^\r\n]+/gi, shown: `$1${REDACTED}` },
  { secret: /\b((?:bearer|basic|token)\s+)[A-Za-z0-9._~+/-]{8,}=*/gi, shown: `$1${REDACTED}` },
  { secret: /([?&](?:access_token|client_secret|token|password)=)[^&\s"']+/gi, shown: `$1${REDACTED}` },
  // Who signs in, and how, in an address. A password may itself hold an @.
  { secret: /(:\/\/)[^\s/?#"'<>]+@/g, shown: `$1${REDACTED}@` },
  {
    secret:
      /(?<![\p{L}\p{N}_.+[\]'=-]|:\/\/)[\p{L}\p{N}_.+[\]'=-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}/gu,
    shown: REDACTED,
  },
];

/** Shorter ones are words that stand anywhere. */
const SHORTEST = 4;

/** Every secret of this process, in the forms in which an error may quote it, the longest first. */
let own: readonly string[] = [];

/** From now on no text that is redacted shows these values. They belong to the process, as its environment does. */
export function withhold(secrets: Iterable<string>): void {
  const forms = [...secrets].flatMap((secret) => [secret, ...linesOf(secret)]).flatMap(written);
  const all = new Set([...own, ...forms.filter((form) => form.length >= SHORTEST)]);
  own = [...all].toSorted((one, other) => other.length - one.length);
}

/** A key may be quoted in part. Its first and last line are the same in every key. */
function linesOf(secret: string): readonly string[] {
  return secret.split(/\r?\n/).filter((line) => line !== secret && !line.startsWith("-----"));
}

/** As it is, in an address, in JSON. */
function written(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), encodeURI(secret), JSON.stringify(secret).slice(1, -1)];
}

/** The text without what looks like a secret or an e-mail address, and without the secrets of this process. */
export function redact(text: string): string {
  const withoutOwn = own.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), text);
  return FORMS.reduce((shown, { secret, shown: as }) => shown.replace(secret, as), withoutOwn);
}
