/** A name that nobody uses. */
const NOBODYS = "countersign-doctor";

/** What `**` may stand for: no folder, one, or several. */
const DEPTHS = [NOBODYS, "", `${NOBODYS}/${NOBODYS}`];

/**
 * Names that a pattern could stand for, of the config or of GitHub's: rules may reach some of them and not others. What
 * GitHub makes of each is for GitHub to say.
 */
export function examplesOf(pattern: string): readonly string[] {
  const plain = pattern
    .replaceAll(/\[([^\]])[^\]]*\]/g, (_, first: string) => (/[!^]/.test(first) ? "x" : first))
    .replaceAll("?", "x");
  const names = DEPTHS.map((deep) =>
    plain
      .replaceAll("**", deep)
      .replaceAll("*", NOBODYS)
      .replaceAll(/\/{2,}/g, "/")
      .replace(/^\//, ""),
  );
  return [...new Set(names)];
}
