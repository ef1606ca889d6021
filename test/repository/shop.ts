import { createRepository, KIRO, type TemporaryRepository } from "../cli/temporary-repository.ts";
import { SHOP_FILES } from "../story/story-files.ts";

const WES = { name: "Wes Tan", email: "wes@acme.example" };

/** The repository of the README's example: Kiro deletes the database, and Wes commits what it wrote. */
export function shopWithKirosBranch(): TemporaryRepository {
  const checkout = SHOP_FILES["app/checkout.ts"] ?? "";
  return createRepository(
    { branch: "main", author: WES, message: "Sell things", files: SHOP_FILES },
    {
      branch: "fix-checkout",
      from: "main",
      author: KIRO,
      committer: WES,
      message: "Fix checkout timeouts by rebuilding the database",
      files: { "app/checkout.ts": checkout.replace("2_000", "10_000") },
      removed: ["infra/production/database.tf"],
    },
  );
}
