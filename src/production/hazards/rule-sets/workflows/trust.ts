import { type Trait, traitRule } from "../../builders.ts";
import { at, placesIn, type Scalar, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { expression, FILE, OF, step, workflow } from "./samples.ts";

const SECRET = /(?<![\w.-])secrets\.(\w+)|(?<![\w.-])secrets\[['"](\w+)['"]\]/g;

function secretsOf(tree: Tree): readonly { readonly name: string; readonly line: number }[] {
  return [...scalarsIn(tree)].flatMap((scalar) =>
    [...textOf(scalar).matchAll(SECRET)]
      .map(([, dotted, indexed]) => ({ name: dotted ?? indexed ?? "", line: scalar.line }))
      .filter(({ name }) => name !== "GITHUB_TOKEN"),
  );
}

export const SECRETS: Rule = {
  id: "workflows/secret-gained",
  kind: "widening",
  asks: "block",
  when: "a job gets a secret that it did not have, or all of them (`secrets: inherit`)",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (type !== "job" || after === undefined) return;
      const had = new Set(before === undefined ? [] : secretsOf(before).map((each) => each.name));
      const found = secretsOf(after).filter((each) => !had.has(each.name));
      const names = [...new Set(found.map((each) => each.name))];
      const [first] = found;
      if (first !== undefined) {
        const why = `gives the job ${shown(name)} the secret${names.length === 1 ? "" : "s"} ${shown(names.join(", "))}`;
        yield { what: shown(name), file, line: first.line, side: "after", why };
      }
      const all = at(after, "secrets");
      if (all !== undefined && textOf(all) === "inherit" && textOf(at(before, "secrets")) !== "inherit") {
        const why = `gives the workflow that ${shown(name)} calls every secret of the repository`;
        yield { what: shown(name), file, line: all.line, side: "after", why };
      }
    },
  },
  reports: [
    [
      "gives the job `build` the secret `NPM_TOKEN`",
      changed(
        FILE,
        workflow(step("run: npm publish")),
        workflow(`    env:\n      T: ${expression("secrets.NPM_TOKEN")}\n${step("run: npm publish")}`),
      ),
    ],
    [
      "gives the workflow that `build` calls every secret of the repository",
      changed(FILE, workflow(""), workflow("    secrets: inherit\n")),
    ],
  ],
  ignores: [
    [
      "it had it before",
      changed(
        FILE,
        workflow(step(`run: a ${expression("secrets.NPM_TOKEN")}`)),
        workflow(step(`run: b ${expression("secrets.NPM_TOKEN")}`)),
      ),
    ],
    ["the job's own token", added(FILE, workflow(step(`run: a ${expression("secrets.GITHUB_TOKEN")}`)))],
  ],
};

const FIRST_PARTY = /^(?:actions|github)\//;

function unpinned(scalar: Scalar, owner: string | undefined): string | undefined {
  const [action = "", ref = ""] = textOf(scalar).split("@");
  if (/^(?:\.{1,2}\/|docker:\/\/)/.test(action) || FIRST_PARTY.test(action) || !action.includes("/"))
    return undefined;
  if (owner !== undefined && action.toLowerCase().startsWith(`${owner.toLowerCase()}/`)) return undefined;
  return /^[0-9a-f]{40}$/i.test(ref) ? undefined : action;
}

export const UNPINNED: Rule = traitRule({
  id: "workflows/unpinned-action",
  kind: "widening",
  asks: "block",
  when: "an action of somebody else comes in by a tag or branch, which they can move",
  of: OF,
  traits: (tree, { type }, { owner }) =>
    type !== "file"
      ? []
      : [...placesIn(tree)].flatMap(({ key, value, line }): readonly Trait[] => {
          const action = key === "uses" && value.kind === "scalar" ? unpinned(value, owner) : undefined;
          if (action === undefined) return [];
          const why = `runs ${shown(textOf(value))}, which its owners can change at any time: pin it to a commit`;
          return [{ key: action, line, what: shown(action), why }];
        }),
  reports: [
    [
      "runs `some/action@v1`, which its owners can change at any time: pin it to a commit",
      changed(FILE, workflow(""), workflow(step("uses: some/action@v1"))),
    ],
  ],
  ignores: [
    [
      "pinned to a commit",
      added(FILE, workflow(step("uses: some/action@0123456789abcdef0123456789abcdef01234567"))),
    ],
    ["GitHub's own", added(FILE, workflow(step("uses: actions/checkout@v4")))],
    [
      "another tag of what was there",
      changed(FILE, workflow(step("uses: some/action@v1")), workflow(step("uses: some/action@v2"))),
    ],
  ],
});

export const SELF_HOSTED: Rule = traitRule({
  id: "workflows/self-hosted",
  kind: "widening",
  asks: "block",
  when: "a job begins to run on a machine of your own",
  of: OF,
  traits: (tree, { type, name }) =>
    type !== "job"
      ? []
      : [...scalarsIn(at(tree, "runs-on"))]
          .filter((scalar) => textOf(scalar) === "self-hosted")
          .map(({ line }) => ({
            key: "own",
            line,
            what: shown(name),
            why: `runs the job ${shown(name)} on a machine of your own: what it runs can stay there`,
          })),
  reports: [
    [
      "runs the job `build` on a machine of your own: what it runs can stay there",
      changed(FILE, workflow(""), workflow("").replace("ubuntu-latest", "[self-hosted, linux]")),
    ],
  ],
  ignores: [
    [
      "another machine of GitHub's",
      changed(FILE, workflow(""), workflow("").replace("ubuntu-latest", "ubuntu-24.04")),
    ],
  ],
});
