/** The store was written by a newer version, whose meaning this one cannot know. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";

  constructor(found: number, known: number) {
    super(
      `the store has schema ${found}, this version of Countersign knows up to ${known}; start the newer version, or restore a backup from before the upgrade`,
    );
  }
}

/** The store was written by an older version and not migrated yet. */
class OlderSchema extends Error {
  override readonly name = "OlderSchema";

  constructor(found: number, known: number) {
    super(
      `the store has schema ${found}, but this version of Countersign reads schema ${known}; use the version that the App runs`,
    );
  }
}

/** @throws {NewerSchema | OlderSchema} */
export function requireSchema(found: number, known: number): void {
  if (found > known) throw new NewerSchema(found, known);
  if (found < known) throw new OlderSchema(found, known);
}
