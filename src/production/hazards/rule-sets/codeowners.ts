import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

interface OwnersLine {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
}

/** The rules of a CODEOWNERS file as far as it takes to compare them; who owns what is the ownership part's to say. */
function ownersIn(text: string | null | undefined): readonly OwnersLine[] {
  return (text ?? "").split("\n").flatMap((raw, index) => {
    const [pattern = "", ...words] = raw.replaceAll("\\ ", "\u0000").trim().split(/\s+/);
    if (pattern === "" || pattern.startsWith("#")) return [];
    const comment = words.findIndex((word) => word.startsWith("#"));
    const owners = comment === -1 ? words : words.slice(0, comment);
    return [{ pattern: pattern.replaceAll("\u0000", " "), owners, line: index + 1 }];
  });
}

const byPattern = (rules: readonly OwnersLine[]) => new Map(rules.map((rule) => [rule.pattern, rule]));

const RULE_DROPPED: Rule = {
  id: "owners/rule-dropped",
  kind: "widening",
  asks: "block",
  when: "a rule of CODEOWNERS goes, or its owners do, so that others or nobody own the paths",
  *file(file) {
    if (file.after === null) {
      const why = `deletes ${shown(file.path)}: nobody owns anything by it any more`;
      yield { what: shown(file.path), file: file.path, line: 1, side: "before", why };
      return;
    }
    const now = byPattern(ownersIn(file.after));
    for (const { pattern, owners, line } of ownersIn(file.before)) {
      if (owners.length === 0) continue;
      const is = now.get(pattern);
      if (is !== undefined && is.owners.length > 0) continue;
      const who = shown(owners.join(" "));
      yield is === undefined
        ? {
            what: shown(pattern),
            file: file.path,
            line,
            side: "before",
            why: `takes ${shown(pattern)} from ${who}: an earlier rule or nobody owns it`,
          }
        : {
            what: shown(pattern),
            file: file.path,
            line: is.line,
            side: "after",
            why: `leaves ${shown(pattern)} without an owner; it was ${who}`,
          };
    }
  },
  reports: [
    [
      "takes `/infra/` from `@acme/sre`: an earlier rule or nobody owns it",
      changed(".github/CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n", "* @acme/all\n"),
    ],
    [
      "leaves `/infra/` without an owner; it was `@acme/sre`",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/\n"),
    ],
    ["deletes `CODEOWNERS`: nobody owns anything by it any more", removed("CODEOWNERS", "* @acme/all\n")],
  ],
  ignores: [
    ["rules change their order", changed("CODEOWNERS", "/a/ @x\n/b/ @y\n", "/b/ @y\n/a/ @x\n")],
    ["a comment goes", changed("CODEOWNERS", "# /infra/ @acme/sre\n* @x\n", "* @x\n")],
  ],
};

const OWNER_ADDED: Rule = {
  id: "owners/owner-added",
  kind: "widening",
  asks: "block",
  when: "somebody new owns paths that had owners: each owner may sign alone",
  *file(file) {
    if (file.after === null) return;
    const was = byPattern(ownersIn(file.before));
    for (const { pattern, owners, line } of ownersIn(file.after)) {
      const before = was.get(pattern);
      if (before === undefined || before.owners.length === 0) continue;
      const fresh = owners.filter((owner) => !before.owners.includes(owner));
      if (fresh.length === 0) continue;
      const why = `lets ${shown(fresh.join(" "))} sign for ${shown(pattern)}`;
      yield {
        what: shown(pattern),
        file: file.path,
        line,
        side: "after",
        why,
        before: before.owners.join(" "),
        after: owners.join(" "),
      };
    }
  },
  reports: [
    [
      "lets `@mallory` sign for `/infra/`",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre @mallory\n"),
    ],
  ],
  ignores: [["paths that nobody owned", changed("CODEOWNERS", "* @x\n", "* @x\n/infra/ @acme/sre\n")]],
};

const UNOWNED_CARVED: Rule = {
  id: "owners/carved-out",
  kind: "widening",
  asks: "block",
  when: "a new rule of CODEOWNERS without an owner takes paths out of the rules above it",
  *file(file) {
    const was = byPattern(ownersIn(file.before));
    const rules = ownersIn(file.after);
    for (const { pattern, owners, line } of rules) {
      if (
        owners.length > 0 ||
        was.has(pattern) ||
        !rules.some((rule) => rule.line < line && rule.owners.length > 0)
      )
        continue;
      yield {
        what: shown(pattern),
        file: file.path,
        line,
        side: "after",
        why: `takes ${shown(pattern)} out of the rules above it: nobody owns it`,
      };
    }
  },
  reports: [
    [
      "takes `/infra/dev/` out of the rules above it: nobody owns it",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/dev/\n"),
    ],
  ],
  ignores: [
    [
      "it has an owner",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/dev/ @acme/dev\n"),
    ],
  ],
};

export const OWNERS: RuleSet = {
  name: "owners",
  title: "CODEOWNERS",
  reads: ({ path, previousPath }) =>
    [path, previousPath].some((each) => /^(?:\.github\/|docs\/|\.gitlab\/)?CODEOWNERS$/.test(each)),
  rules: [RULE_DROPPED, OWNER_ADDED, UNOWNED_CARVED],
};
