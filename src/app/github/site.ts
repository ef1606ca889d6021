import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pagesUrl } from "../../github/client/base-url.ts";
import type { Site } from "../../signoff/report/site.ts";

/** The pages of the GitHub that is asked at this address, the documentation of this version, and our own pages, if any. */
export function siteOf(apiUrl: string, ownPages?: string): Site {
  return {
    ...{ github: pagesUrl(apiUrl), docs: documentation(), diffName },
    ...(ownPages !== undefined && { ownPages }),
  };
}

/** Not documented; GitHub's pages have named files so for years (seen 2026-11). Elsewhere the page opens at its top. */
function diffName(path: string): string {
  return createHash("sha256").update(path).digest("hex");
}

function documentation(): string {
  const file = new URL("../../../package.json", import.meta.url);
  const { version, homepage }: { readonly version: string; readonly homepage: string } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  return `${homepage}/blob/v${version}/docs`;
}
