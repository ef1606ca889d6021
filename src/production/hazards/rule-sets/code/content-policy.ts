import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/**
 * Directives of a Content Security Policy in the notations of headers, of helmet, Rails and Django. What decides of styles
 * and pictures alone is left out.
 */
const DIRECTIVE =
  /(?<![\w-])(?:CSP_)?(default|script|object|worker|connect|frame)[-_]?(?:src)(?:[-_]?(?:elem|attr))?(?![\w-])|(?<![\w-])(?:CSP_)?(frame[-_]?ancestors|base[-_]?uri|form[-_]?action)(?![\w-])/gi;
/** Where the sources of a directive end. */
const ENDS = /[;\])]|\n\s*\n/;
/** A header ends with its line; what stands between brackets may go on. */
const LONGEST = 500;

/** Sources that let in what nobody looked at. */
const WIDE =
  /unsafe[-_]inline|unsafe[-_]eval|wasm[-_]unsafe[-_]eval|unsafe[-_]hashes|(?<![\w.*/-])\*(?![\w.*/-])|(?<![\w-])(?:https?|data|blob):(?!\/\/)/gi;
/** Where they are harmless enough to be common. */
const COMMON: Readonly<Record<string, RegExp>> = {
  connect: /^(?:data|blob|https):$|unsafe/i,
  worker: /^blob:$/i,
  frame: /^(?:data|blob|https):$|unsafe/i,
};

interface Policy {
  /** Directive and wide source. */
  readonly wide: ReadonlyMap<string, number>;
  readonly directives: ReadonlyMap<string, number>;
}

const IS_POLICY = /content[-_]?security[-_]?policy|CSP_|contentSecurityPolicy/i;
const MARKS = /[-_]/g;

function policyIn(text: string): Policy {
  const wide = new Map<string, number>();
  const directives = new Map<string, number>();
  for (const found of text.matchAll(DIRECTIVE)) {
    const name = (found[1] ?? found[2] ?? "").toLowerCase().replaceAll(MARKS, "");
    const start = found.index + found[0].length;
    const rest = text.slice(start, start + LONGEST);
    const isOpen = /^[\s"':=,]{0,20}[[(]/.test(rest);
    const end = rest.search(isOpen ? ENDS : /[;\n]/);
    const sources = end === -1 ? rest : rest.slice(0, end);
    if (!directives.has(name)) directives.set(name, found.index);
    for (const [source] of sources.matchAll(WIDE)) {
      const key = `${name} ${source.toLowerCase().replaceAll("_", "-")}`;
      if (COMMON[name]?.test(source) !== true && !wide.has(key)) wide.set(key, found.index);
    }
  }
  return { wide, directives };
}

/** Of what fetches something, another directive decides where one goes. */
const FALLS_BACK = new Set(["script", "object", "worker", "connect", "frame"]);

const lineOf = (text: string, place: number) => text.slice(0, place).split("\n").length;

function* widenedIn({ path, before, after }: FileChange): Generator<Finding> {
  if (typeof before !== "string" || typeof after !== "string" || !IS_POLICY.test(before)) return;
  const [was, is] = [policyIn(before), policyIn(after)];
  for (const [key, place] of is.wide) {
    const [name = "", source = ""] = key.split(" ");
    if (
      was.wide.has(key) ||
      !(was.directives.has(name) || (FALLS_BACK.has(name) && was.directives.has("default")))
    )
      continue;
    const what = shown(source);
    const why = `lets ${what} past the policy of ${shown(path)} on ${shown(name)}: what is put into a page can run or load more`;
    yield { what, file: path, line: lineOf(after, place), side: "after", why };
  }
  if (is.directives.size === 0) return;
  for (const [name, place] of was.directives) {
    if (is.directives.has(name) || (FALLS_BACK.has(name) && is.directives.has("default"))) continue;
    const why = `drops ${shown(name)} from the policy of ${shown(path)}: what it kept out of a page gets in`;
    yield { what: shown(name), file: path, line: lineOf(before, place), side: "before", why };
  }
}

const header = (policy: string) => `add_header Content-Security-Policy "${policy}";\n`;
const helmet = (sources: string) =>
  `app.use(helmet({ contentSecurityPolicy: { directives: {\n  scriptSrc: [\n    ${sources}\n  ],\n} } }));\n`;

export const POLICY_WIDENED: Rule = {
  id: "code/content-policy-widened",
  kind: "widening",
  asks: "block",
  when: "the Content Security Policy of pages lets in more: everything, what is written into the page, or no longer says",
  *file(file) {
    yield* widenedIn(file);
  },
  reports: [
    ...(
      [
        ["default-src 'self'", "default-src *", "*", "default"],
        ["script-src 'self'", "script-src 'self' 'unsafe-eval'", "unsafe-eval", "script"],
      ] as const
    ).map(
      ([before, after, source, name]): Example => [
        `lets \`${source}\` past the policy of \`nginx/a.conf\` on \`${name}\`: what is put into a page can run or load more`,
        changed("nginx/a.conf", header(before), header(after)),
      ],
    ),
    [
      "lets `unsafe-inline` past the policy of `src/app.js` on `script`: what is put into a page can run or load more",
      changed("src/app.js", helmet("\"'self'\""), helmet("\"'self'\",\n    \"'unsafe-inline'\"")),
    ],
    [
      "drops `frameancestors` from the policy of `nginx/a.conf`: what it kept out of a page gets in",
      changed(
        "nginx/a.conf",
        header("default-src 'self'; frame-ancestors 'none'"),
        header("default-src 'self'"),
      ),
    ],
  ],
  ignores: [
    [
      "one more host",
      changed(
        "nginx/a.conf",
        header("script-src 'self'"),
        header("script-src 'self' https://cdn.example.com"),
      ),
    ],
    ["it lets in less", changed("nginx/a.conf", header("default-src *"), header("default-src 'self'"))],
    [
      "another directive says it",
      changed("nginx/a.conf", header("default-src 'self'; script-src 'self'"), header("default-src 'self'")),
    ],
    ["there was none", changed("nginx/a.conf", "root /srv;\n", `root /srv;\n${header("default-src *")}`)],
  ],
};
