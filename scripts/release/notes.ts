const HEADING = /^## (.+)$/gm;

/** What a tag has to name. */
interface Release {
  readonly tag: string;
  /** By the manifest. */
  readonly version: string;
  /** CHANGELOG.md. */
  readonly changelog: string;
}

/**
 * What the changelog says of the release.
 * @throws {Error} where tag, manifest and changelog do not tell of one release
 */
export function releaseNotes({ tag, version, changelog }: Release): string {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, but package.json says ${version}`);
  const headings = [...changelog.matchAll(HEADING)];
  const at = headings.findIndex(([, title]) => title?.replace(/ - \d{4}-\d{2}-\d{2}$/, "") === version);
  const heading = headings[at];
  if (heading === undefined)
    throw new Error(`CHANGELOG.md has no section “## ${version} - YYYY-MM-DD”: rename “Unreleased”`);
  if (heading[1] === version) throw new Error(`the section ${version} of CHANGELOG.md has no date`);
  const notes = changelog.slice(heading.index + heading[0].length, headings[at + 1]?.index).trim();
  if (notes === "") throw new Error(`the section ${version} of CHANGELOG.md is empty`);
  return notes;
}
