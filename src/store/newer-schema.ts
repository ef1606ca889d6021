/** The store was written by a newer version, whose meaning this one cannot know. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";

  constructor(found: number, known: number) {
    super(
      `the store has schema ${found}, this version of Countersign knows up to ${known}; start the newer version, or restore a backup from before the upgrade`,
    );
  }
}
