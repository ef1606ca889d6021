import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { FORMAT_NAMES } from "../../src/cli/check/format.ts";
import { CI_SERVERS } from "../../src/cli/ci/servers.ts";
import { onGitHub } from "../cli/check/ci-clones.ts";
import { inCi } from "../cli/ci-environment.ts";
import { run } from "../cli/run-cli.ts";
import {
  BEN,
  isolatedEnvironment,
  KIRO,
  removeTemporaryDirectories,
  type TemporaryRepository,
  temporaryDirectory,
} from "../cli/temporary-repository.ts";
import { ROOT, read } from "./files.ts";
import { shopWithKirosBranch } from "./shop.ts";

afterAll(removeTemporaryDirectories);

const PAGE = "docs/ci.md";
const text = read(PAGE);

function blocks(language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, found, code = ""]) =>
    found === language ? [code] : [],
  );
}

/** The README's shop as GitHub's runner checks it out. */
function checkedOut(): {
  readonly repository: TemporaryRepository;
  readonly base: string;
  readonly head: string;
} {
  const repository = shopWithKirosBranch();
  repository.git("branch", "--quiet", "ci", "main");
  repository.add({
    branch: "ci",
    author: BEN,
    message: "Merge",
    merged: ["fix-checkout"],
    removed: ["infra/production/database.tf"],
  });
  repository.git("checkout", "--quiet", "--force", "--detach", "ci");
  const [base = "", head = ""] = ["main", "fix-checkout"].map((name) => repository.git("rev-parse", name));
  repository.git("update-ref", "refs/remotes/origin/main", base);
  repository.git("remote", "add", "origin", "https://github.com/acme/shop");
  for (const name of ["ci", "main", "fix-checkout"]) repository.git("update-ref", "-d", `refs/heads/${name}`);
  return { repository, base, head };
}

test("what the page shows of GitHub Actions is what is printed there; `UPDATE_GOLDEN=1` writes it", async () => {
  const { repository, base, head } = checkedOut();
  const [shown = ""] = blocks("console");
  const variables = { ...onGitHub("pull_request", { base, head }) };

  const { code, stdout } = await inCi(variables, () => run(repository.directory, "check"));

  expect(code).toBe(1);
  const real = `$ countersign check\n${stdout}`;
  if (process.env.UPDATE_GOLDEN === "1")
    writeFileSync(
      new URL(PAGE, ROOT),
      text.replace(shown, () => real),
    );
  else expect(shown).toBe(real);
});

test.each(CI_SERVERS)(
  "the page names the variables of $name",
  ({ name, target, head, headIf, headBranch }) => {
    const row = text.split("\n").find((line) => line.startsWith(`| ${name}`)) ?? "";
    const named = [target[0], head[0], headIf?.variable, headBranch].filter((each) => each !== undefined);
    for (const variable of named.filter((each) => !each.startsWith("event.")))
      expect(row).toContain(`\`${variable}\``);
  },
);

test("the page lists the formats", () => {
  const listed = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual([...FORMAT_NAMES].toSorted());
});

test("pipelines are YAML in which the whole history is cloned, and actions are those of our own workflow", () => {
  const own = read(".github/workflows/ci.yml");
  expect(blocks("yaml")).toHaveLength(3);
  for (const pipeline of blocks("yaml")) {
    expect(JSON.stringify(parse(pipeline))).toMatch(/"(?:fetch-depth|GIT_DEPTH|fetchDepth)":0\b/);
    for (const [action = ""] of pipeline.matchAll(/uses: .*/g)) expect(own).toContain(action);
  }
});

describe("the hook before a push", () => {
  const MAIN = fileURLToPath(new URL("src/cli/main.ts", ROOT));

  /** The shop with the hook of the page, a remote that holds main, and a `countersign` in the PATH. */
  function shop() {
    const repository = shopWithKirosBranch();
    const [hook = ""] = blocks("sh");
    const folder = join(repository.directory, ".git", "hooks");
    mkdirSync(folder, { recursive: true });
    const bin = temporaryDirectory();
    const command = `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${MAIN}' "$@"\n`;
    for (const [path, script] of [
      [join(folder, "pre-push"), hook],
      [join(bin, "countersign"), command],
    ] as const) {
      writeFileSync(path, script);
      chmodSync(path, 0o755);
    }
    const remote = join(temporaryDirectory(), "shop.git");
    execFileSync("git", ["init", "--quiet", "--bare", remote], { env: isolatedEnvironment(remote) });
    repository.git("remote", "add", "origin", remote);
    repository.git("-c", "core.hooksPath=/dev/null", "push", "--quiet", "origin", "main", "main:old");
    const push = (...refs: readonly string[]) => {
      const env = {
        ...isolatedEnvironment(repository.directory),
        PATH: `${bin}${delimiter}${process.env.PATH}`,
      };
      return spawnSync("git", ["-C", repository.directory, "push", "--quiet", "origin", ...refs], {
        env,
        encoding: "utf8",
      });
    };
    return { repository, push };
  }

  test("stops a branch that would be blocked, and says why", () => {
    const { repository, push } = shop();

    const { status, stdout, stderr } = push("fix-checkout");

    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("BLOCKED Needs @acme/sre: infrastructure");
    expect(repository.git("ls-remote", "origin", "fix-checkout")).toBe("");
  });

  test("lets a person's branch go, with others that are deleted or hold nothing new", () => {
    const { repository, push } = shop();
    repository.git("branch", "--quiet", "notes", "main");
    repository.add({ branch: "notes", author: BEN, files: { "notes.md": "1\n" } });

    expect(push("notes", ":old", "main:copy").status).toBe(0);
    expect(repository.git("ls-remote", "origin", "notes", "old", "copy").split("\n")).toHaveLength(2);
  });

  test("looks at every branch", () => {
    const { repository, push } = shop();
    repository.git("branch", "--quiet", "a-first", "main");
    repository.add({ branch: "a-first", author: BEN, files: { "notes.md": "1\n" } });
    repository.git("branch", "--quiet", "z-last", "main");
    repository.add({ branch: "z-last", author: KIRO, removed: ["infra/production/database.tf"] });

    expect(push("a-first", "z-last").status).not.toBe(0);
    expect(repository.git("ls-remote", "origin", "a-first", "z-last")).toBe("");
  });
});
