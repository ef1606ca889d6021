import { describe, expect, test } from "@jest/globals";
import { examine } from "../cli/doctor/examine.ts";
import { CHECK, openShop, type Shop, SOUND } from "../cli/doctor/shop.ts";
import { startDouble } from "../github-double/double.ts";

/** A repository whose only rules require the check in some way, and what is said of them to its owner. */
function row(number: string, situation: string, require: (shop: Shop) => void, says: string): void {
  test(`${number} ${situation}`, async () => {
    const double = await startDouble();
    try {
      const shop = openShop(double);
      shop.unprotect();
      require(shop);

      const { code, stdout } = await examine(double, shop.world.userToken(shop.people.ada), {});

      const text = stdout.replace(/\s+/g, " ");
      expect(text).toContain("no Only this App can report the required check. check-pinned");
      expect(text).toContain(says);
      expect(code).toBe(1);
    } finally {
      await double.stop();
    }
    expect(double.violations).toEqual([]);
  });
}

const BY_RULESET = "main: ruleset “countersign” of acme/shop accepts it";

describe("the required check can be reported by somebody else", () => {
  row(
    "E10",
    "a ruleset takes the check from any source",
    ({ world, repo }) => {
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ context: "countersign" }] });
    },
    `${BY_RULESET} from any source: everybody with write access can report it`,
  );

  row(
    "E10",
    "a ruleset takes the check from GitHub Actions",
    ({ world, repo }) => {
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ ...CHECK, integrationId: 15368 }] });
    },
    `${BY_RULESET} from GitHub Actions: every workflow can report it`,
  );

  row(
    "E10",
    "a ruleset takes the check from another App",
    ({ world, repo }) => {
      world.ruleset(repo, { ...SOUND, requiredChecks: [{ ...CHECK, integrationId: 99 }] });
    },
    `${BY_RULESET} from another App`,
  );

  row(
    "E10",
    "branch protection takes the check from any source",
    ({ world, repo }) => {
      world.protectBranch(repo, "main", {
        requiredChecks: [{ context: "countersign" }],
        enforceAdmins: true,
      });
    },
    "main: branch protection of main accepts it from any source",
  );
});
