import { describe, expect, test } from "@jest/globals";
import type { Pull } from "../github-double/world/model.ts";
import { useAction } from "./workflow.ts";

describe("a pull request, by the token of a workflow", () => {
  const bed = useAction();
  const ownedByPeople = "* @wes\n/infra/ @olga @sam\n/db/ @dana\n";

  function kirosPull(): Pull {
    const { world, story } = bed();
    world.setFile(story.shop, "main", ".github/CODEOWNERS", ownedByPeople, story.people.olga);
    return story.kiroDeletesProduction();
  }

  test("blocked when it is opened, green when an owner approves, blocked again by a push", async () => {
    const { world, story, run, reviewHeard, status } = bed();
    const pull = kirosPull();
    const opened = await run("pull_request_target");

    expect(opened.stdout).toContain(`#${pull.number} at ${pull.headSha.slice(0, 7)}, countersign: action_required`);
    expect(opened.code).toBe(0);
    expect(status(pull.headSha)).toEqual({
      state: "failure",
      description: "Needs @olga or @sam: infrastructure",
    });
  });
});
