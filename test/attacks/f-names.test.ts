import { afterAll, describe, expect } from "@jest/globals";
import { holdHarmless } from "../cli/prepared/hold.ts";
import { row } from "../cli/prepared/row.ts";
import type { Story } from "../cli/prepared/story.ts";
import { run } from "../cli/run-cli.ts";
import { removeTemporaryDirectories } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const point = ({ repository }: Story, ref: string, to: string) => repository.git("update-ref", ref, to);

describe("Names that somebody chose", () => {
  row.each([
    ["a branch called HEAD", (story: Story) => point(story, "refs/heads/HEAD", story.main)],
    ["a tag called HEAD", (story: Story) => point(story, "refs/tags/HEAD", story.main)],
    ["a remote branch called HEAD", (story: Story) => point(story, "refs/remotes/origin/HEAD", story.head)],
    [
      "a remote's HEAD that stands for a branch of ours",
      (story: Story) => {
        point(story, "refs/heads/evil", story.head);
        story.repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/evil");
      },
    ],
    [
      "a local branch called origin/main",
      (story: Story) => point(story, "refs/heads/origin/main", story.head),
    ],
    [
      "a branch called like a full name",
      (story: Story) => point(story, "refs/heads/refs/heads/main", story.head),
    ],
  ])("F01", "a name passes for the default base or head: %s", async (story, _why, prepare) => {
    prepare(story);

    const ran = await run(story.directory, "check");

    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("into main at");
    holdHarmless(story, ran);
  });

  row.each([
    [
      "a branch and a remote branch",
      "origin/main",
      (story: Story) => {
        point(story, "refs/remotes/origin/main", story.main);
        point(story, "refs/heads/origin/main", story.head);
      },
    ],
    ["a branch and a tag", "main", (story: Story) => point(story, "refs/tags/main", story.head)],
    ["HEAD and a branch", "HEAD", (story: Story) => point(story, "refs/heads/HEAD", story.main)],
    [
      "a step back from a branch and a tag",
      "main~0",
      (story: Story) => point(story, "refs/tags/main", story.head),
    ],
    [
      "a tag of a tag and a branch",
      "v1",
      (story: Story) => {
        story.repository.git("tag", "-a", "-m", "One", "v1", story.head);
        point(story, "refs/heads/v1", story.main);
      },
    ],
  ])("F01", "a name stands for two commits: %s", async (story, _why, name, prepare) => {
    prepare(story);
    const uses = [
      ["check", "--base", name],
      ["check", "--base", "refs/heads/main", "--head", name],
      ["scan", "--ref", name],
      ["owners", "--ref", name],
      ["explain", "--commit", name],
      ["explain", name],
    ];

    for (const args of uses) {
      const ran = await run(story.directory, ...args);

      expect({ args, code: ran.code }).toEqual({ args, code: 2 });
      expect(ran.stderr).toMatch(/means two commits: .+ \([0-9a-f]{12}\) and .+ \([0-9a-f]{12}\)/);
      holdHarmless(story, ran);
    }
  });

  row("F01", "a branch is called like the id of another commit", async (story) => {
    point(story, `refs/heads/${story.main}`, story.head);

    const ran = await run(story.directory, "check", "--base", story.main);

    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`means two commits: refs/heads/${story.main}`);
    expect(ran.stderr).toContain(`the commit ${story.main}`);
  });

  row.each([["--help"], ["-x"], ["--output=victim"], ["--upload-pack=touch"]])(
    "F01",
    "a branch begins with a dash: %s",
    async (story, name) => {
      point(story, `refs/heads/${name}`, story.main);

      for (const args of [
        ["check", `--base=${name}`],
        ["owners", `--ref=${name}`],
        ["scan", `--ref=${name}`],
      ]) {
        const ran = await run(story.directory, ...args);

        expect({ args, code: ran.code }).toEqual({ args, code: args[0] === "check" ? 1 : 0 });
        holdHarmless(story, ran);
      }
    },
  );

  row("F01", "a branch is called like a path that is to be explained", async (story) => {
    point(story, "refs/heads/infra/main.tf", story.main);
    story.repository.git("checkout", "--quiet", "-f", "--detach", story.main);

    const { code, stderr } = await run(story.directory, "explain", "infra/main.tf");

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "countersign: infra/main.tf is a commit and a path at HEAD: say --commit or --path\n",
    });
  });
});
