import type { FileChange } from "../../reading/change.ts";

/** Tests, what comes from elsewhere, and prose: addresses, keys and passwords there are made to be shown. */
const APART =
  /(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|__fixtures__|tests?|specs?|__tests__|docs?)\/|\.(?:mdx?|lock|svg|snap)$|(?:[._-](?:test|spec)\.)|package-lock\.json$/i;

export const isApart = ({ path }: Pick<FileChange, "path">) => APART.test(path);
