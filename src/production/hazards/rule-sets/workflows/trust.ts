import { type Trait, traitRule } from "../../builders.ts";
import type { Parts } from "../../reading/parts.ts";
import {
  at,
  entriesOf,
  itemsOf,
  placesIn,
  type Scalar,
  scalarsIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { expression, FILE, OF, step, workflow } from "./samples.ts";

const SECRET = /(?<![\w.-])secrets\.([\w-]+)|(?<![\w.-])secrets\[['"]([\w-]+)['"]\]/g;

/** Names of what anybody may know, kept among the secrets all the same. */
const NO_SECRET =
  /(?:^|_)(?:PROJECT(?:_ID|_NUMBER)?|REGION|ACCOUNT_ID|REGISTRY|BUCKET(?:_NAME)?|CLUSTER(?:_NAME)?|ZONE|HOST(?:NAME)?|ORG|OWNER|ENVIRONMENT|EMAIL|ARN|DOMAIN(?:_NAME)?|(?:VPC|SUBNET|SG|SECURITY_GROUP|TENANT|SUBSCRIPTION|DISTRIBUTION|HOSTED_ZONE|TEAM|ORG|USER_POOL|CLIENT|APP|INSTALLATION)_ID)$/i;

function secretsOf(tree: Tree): readonly { readonly name: string; readonly line: number }[] {
  return [...scalarsIn(tree)].flatMap((scalar) =>
    [...textOf(scalar).matchAll(SECRET)]
      .map(([, dotted, indexed]) => ({ name: dotted ?? indexed ?? "", line: scalar.line }))
      .filter(({ name }) => name !== "GITHUB_TOKEN" && !NO_SECRET.test(name)),
  );
}

/** Where all secrets are taken at once. */
function allSecretsIn(tree: Tree) {
  return [...scalarsIn(tree)].find((scalar) => /(?<![\w.-])secrets\s*[),}]/.test(textOf(scalar)));
}

export const SECRETS: Rule = {
  id: "workflows/secret-gained",
  kind: "widening",
  asks: "block",
  when: "a job gets a secret that it did not have, or all of them (`secrets: inherit`)",
  parts: {
    of: OF,
    *find(part, all) {
      const { type, name, file, after } = part;
      if (type !== "job" || after === undefined) return;
      // The same job under another name.
      const before = part.before ?? all.removedParts.sameContent(part)?.before;
      const had = new Set(before === undefined ? [] : secretsOf(before).map((each) => each.name));
      const found = secretsOf(after).filter((each) => !had.has(each.name));
      const names = [...new Set(found.map((each) => each.name))];
      const [first] = found;
      // It had them all.
      if (first !== undefined && textOf(at(before, "secrets")) !== "inherit") {
        const why = `gives the job ${shown(name)} the secret${names.length === 1 ? "" : "s"} ${shown(names.join(", "))}`;
        yield { what: shown(name), file, line: first.line, side: "after", why };
      }
      const every = at(after, "secrets");
      if (every !== undefined && textOf(every) === "inherit" && textOf(at(before, "secrets")) !== "inherit") {
        const why = `gives the workflow that ${shown(name)} calls every secret of the repository`;
        yield { what: shown(name), file, line: every.line, side: "after", why };
      }
      const whole = allSecretsIn(after);
      if (whole !== undefined && (before === undefined || allSecretsIn(before) === undefined)) {
        const why = `gives the job ${shown(name)} every secret of the repository`;
        yield { what: shown(name), file, line: whole.line, side: "after", why };
      }
    },
  },
  reports: [
    [
      "gives the job `build` every secret of the repository",
      changed(FILE, workflow(""), workflow(`    env:\n      ALL: ${expression("toJSON(secrets)")}\n`)),
    ],
    [
      "gives the job `release` the secret `NPM_TOKEN`",
      changed(
        FILE,
        workflow(step(`run: a ${expression("secrets.NPM_TOKEN")}`)),
        workflow(step(`run: b ${expression("secrets.NPM_TOKEN")}`)).replace("build:", "release:"),
      ),
    ],
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
      "the job gets another name",
      changed(
        FILE,
        workflow(step(`run: a ${expression("secrets.NPM_TOKEN")}`)),
        workflow(step(`run: a ${expression("secrets.NPM_TOKEN")}`)).replace("build:", "release:"),
      ),
    ],
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
  if (action.startsWith("docker://"))
    return ref.startsWith("sha256:") ? undefined : action.replace(/:[\w.-]+$/, "");
  if (/^(?:\.{1,2}|\$)\//.test(action) || FIRST_PARTY.test(action) || !action.includes("/")) return undefined;
  if (owner !== undefined && action.toLowerCase().startsWith(`${owner.toLowerCase()}/`)) return undefined;
  return /^[0-9a-f]{40}$/i.test(ref) ? undefined : action;
}

const known = new WeakMap<Parts, ReadonlySet<string>>();

/** What workflows that change ran before, at which tag or branch. */
function ranBefore(all: Parts): ReadonlySet<string> {
  const found = known.get(all);
  if (found !== undefined) return found;
  const ran = new Set<string>();
  for (const { notation, type, before } of all.changed)
    if (notation === "workflow" && type === "file" && before !== undefined)
      for (const { key, value } of placesIn(before)) if (key === "uses") ran.add(textOf(value));
  known.set(all, ran);
  return ran;
}

export const UNPINNED: Rule = traitRule({
  id: "workflows/unpinned-action",
  kind: "widening",
  asks: "show",
  when: "an action or image of somebody else comes in by a tag or branch, which they can move",
  of: OF,
  traits: (tree, { type, after }, all) =>
    type !== "file"
      ? []
      : [...placesIn(tree)].flatMap(({ key, value, line }): readonly Trait[] => {
          const action = key === "uses" && value.kind === "scalar" ? unpinned(value, all.owner) : undefined;
          if (action === undefined || (tree === after && ranBefore(all).has(textOf(value)))) return [];
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
      "another job takes up what ran before",
      changed(
        FILE,
        workflow(step("uses: some/action@v1")),
        `${workflow(step("uses: some/action@v1"))}  more:\n${step("uses: some/action@v1")}`,
      ),
    ],
    [
      "a workflow of the same repository",
      added(FILE, "on: push\njobs:\n  a:\n    uses: $/.github/workflows/b.yml\n"),
    ],
    [
      "another tag of what was there",
      changed(FILE, workflow(step("uses: some/action@v1")), workflow(step("uses: some/action@v2"))),
    ],
  ],
});

/** The values of a matrix by which a job chooses its machine. */
function machinesOf(tree: Tree): readonly Scalar[] {
  const used = [...scalarsIn(at(tree, "runs-on"))].flatMap(({ value }) => [
    ...String(value).matchAll(/matrix\.(\w+)/g),
  ]);
  const matrix = at(tree, "strategy", "matrix");
  return used.flatMap(([, name = ""]) => [
    ...scalarsIn(at(matrix, name)),
    ...itemsOf(at(matrix, "include")).flatMap((item) => [...scalarsIn(at(item, name))]),
  ]);
}

export const SELF_HOSTED: Rule = traitRule({
  id: "workflows/self-hosted",
  kind: "widening",
  asks: "block",
  when: "a job begins to run on a machine of your own",
  of: OF,
  traits: (tree, { type, name }) =>
    type !== "job"
      ? []
      : [...scalarsIn(at(tree, "runs-on")), ...machinesOf(tree)]
          .filter((scalar) => textOf(scalar) === "self-hosted")
          .slice(0, 1)
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
    [
      "runs the job `build` on a machine of your own: what it runs can stay there",
      added(
        FILE,
        workflow("    strategy: {matrix: {os: [self-hosted, ubuntu-latest]}}\n").replace(
          "ubuntu-latest\n",
          `${expression("matrix.os")}\n`,
        ),
      ),
    ],
  ],
  ignores: [
    [
      "another machine of GitHub's",
      changed(FILE, workflow(""), workflow("").replace("ubuntu-latest", "ubuntu-24.04")),
    ],
  ],
});

export const PRIVILEGED_CONTAINER: Rule = traitRule({
  id: "workflows/privileged-container",
  kind: "widening",
  asks: "block",
  when: "a job runs in a container with the rights, the network or the Docker socket of the machine",
  of: OF,
  traits: (tree, { type, name }): readonly Trait[] => {
    if (type !== "job") return [];
    const containers = [at(tree, "container"), ...entriesOf(at(tree, "services")).map(({ value }) => value)];
    return containers.flatMap((container) => {
      const options = at(container, "options");
      const mounts = itemsOf(at(container, "volumes"));
      const place = [options, ...mounts].find(
        (each) =>
          each !== undefined &&
          /--privileged|docker\.sock|--cap-add|--(?:network|pid|ipc)[= ]host|--security-opt|^\/:/.test(
            textOf(each),
          ),
      );
      if (place === undefined) return [];
      const why = `lets the job ${shown(name)} do what its machine may (${shown(textOf(place))})`;
      return [{ key: textOf(place), line: place.line, what: shown(name), why }];
    });
  },
  reports: [
    [
      "lets the job `build` do what its machine may (`--privileged`)",
      added(FILE, workflow("    container: {image: a, options: --privileged}\n")),
    ],
  ],
  ignores: [["a plain container", added(FILE, workflow("    container: {image: a, options: --cpus 1}\n"))]],
});
