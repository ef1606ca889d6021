import { afterAll, describe, expect, test } from "@jest/globals";
import { type CiClone, ciClone, ON_JENKINS, onGitHub } from "../cli/check/ci-clones.ts";
import { inCi } from "../cli/ci-environment.ts";
import { run } from "../cli/run-cli.ts";
import { BEN, KIRO, removeTemporaryDirectories } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

/** A clone for each case. `Jenkins` names no commit, so `PR-7` has to lead to the last one of the change. */
interface Hidden {
  readonly clone: CiClone;
  readonly variables: Readonly<Record<string, string>>;
}

/** A person's branch that adds a note, and then what `then` adds. */
function innocent(): CiClone {
  const clone = ciClone();
  clone.repository.git("branch", "--quiet", "innocent", clone.base);
  clone.repository.add({ branch: "innocent", author: BEN, files: { "notes.md": "1\n" } });
  return { ...clone, head: clone.repository.git("rev-parse", "innocent") };
}

/** Adds a commit of Kiro's that deletes infrastructure, with such parents; it is checked out. */
function addDeletion(clone: CiClone, ...parents: readonly string[]): string {
  const { repository } = clone;
  const [first = clone.base, ...others] = parents;
  repository.git("branch", "--quiet", "--force", "evil", first);
  for (const [index, parent] of others.entries())
    repository.git("branch", "--quiet", "--force", `other-${index}`, parent);
  repository.add({
    branch: "evil",
    author: KIRO,
    message: "Merge",
    merged: others.map((_, index) => `other-${index}`),
    removed: ["infra/main.tf"],
  });
  const evil = repository.git("rev-parse", "evil");
  for (const branch of ["evil", "innocent", ...others.map((_, index) => `other-${index}`)])
    repository.git("update-ref", "-d", `refs/heads/${branch}`);
  repository.git("checkout", "--quiet", "--force", "--detach", evil);
  return evil;
}

function row(number: string, situation: string, hide: () => Hidden, codes: readonly number[]): void {
  test(`${number} ${situation}`, async () => {
    const { clone, variables } = hide();

    const { code, stdout } = await inCi(variables, () => run(clone.directory, "check", "--format", "json"));

    expect(codes).toContain(code);
    const { outcome, verdict } = JSON.parse(stdout);
    if (code === 1) expect(verdict.provenance.tools).toEqual(["Kiro"]);
    else expect(outcome).toBe("notEvaluated");
  });
}

const pointJenkinsAt = ({ repository }: CiClone, commit: string) => {
  repository.git("update-ref", "refs/remotes/origin/PR-7", commit);
  return ON_JENKINS;
};

describe("A merge commit of the shape that CI makes", () => {
  row(
    "F08",
    "somebody pushes a merge of the target that deletes more, and CI names it",
    () => {
      const clone = innocent();
      const head = addDeletion(clone, clone.base, clone.head);
      return { clone, variables: onGitHub("pull_request", { ...clone, head }) };
    },
    [1],
  );

  row(
    "F08",
    "the same, and CI checks out its own merge of that",
    () => {
      const clone = innocent();
      const head = addDeletion(clone, clone.head, clone.base);
      clone.repository.git("update-ref", "refs/heads/evil", head);
      clone.repository.git("update-ref", "refs/heads/ci", clone.base);
      clone.repository.add({ branch: "ci", message: "Merge", merged: ["evil"], removed: ["infra/main.tf"] });
      clone.repository.git("checkout", "--quiet", "--force", "--detach", "ci");
      return { clone, variables: onGitHub("pull_request", { ...clone, head }) };
    },
    [1],
  );

  row(
    "F08",
    "the server names no commit, and what is checked out is somebody's merge",
    () => {
      const clone = innocent();
      addDeletion(clone, clone.head, clone.base);
      return { clone, variables: ON_JENKINS };
    },
    [1],
  );

  row(
    "F08",
    "the server's branch leads to somebody's merge, which is checked out",
    () => {
      const clone = innocent();
      return { clone, variables: pointJenkinsAt(clone, addDeletion(clone, clone.head, clone.base)) };
    },
    [1],
  );

  row(
    "F08",
    "a branch by the server's name leads to the target, and the change is checked out",
    () => {
      const clone = innocent();
      const evil = addDeletion(clone, clone.base);
      addDeletion(clone, evil, clone.base);
      return { clone, variables: pointJenkinsAt(clone, clone.base) };
    },
    [2],
  );

  row(
    "F08",
    "the commit that CI names has gone on: a commit after it is checked out",
    () => {
      const clone = innocent();
      addDeletion(clone, clone.head);
      return { clone, variables: onGitHub("pull_request", clone) };
    },
    [2],
  );

  row(
    "F08",
    "the commit that CI names was merged with commits that the target does not hold",
    () => {
      const clone = innocent();
      const other = addDeletion(clone, clone.base);
      addDeletion(clone, clone.head, other);
      return { clone, variables: onGitHub("pull_request", clone) };
    },
    [2],
  );

  row(
    "F08",
    "a merge of three is checked out, one of them not in the target",
    () => {
      const clone = innocent();
      const other = addDeletion(clone, clone.base);
      addDeletion(clone, clone.head, clone.base, other);
      return { clone, variables: onGitHub("pull_request", clone) };
    },
    [2],
  );
});
