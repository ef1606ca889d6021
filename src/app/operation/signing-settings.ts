import { readFileSync } from "node:fs";
import { signingKeyOf } from "../../attestation/key.ts";
import { secretIn } from "./secret-file.ts";

/** What statements are signed with, where it is not for the store to make it, and where people find its public part. */
export interface SigningSettings {
  /** PEM; absent: one of the store's own. */
  readonly signingKey?: string;
  /** The address that people reach the App at; absent: nothing is published. */
  readonly url?: string;
}

interface ReadSigning {
  readonly settings: SigningSettings;
  readonly problems: readonly string[];
  /** Where secrets were read from. */
  readonly files: readonly string[];
}

const PATH = "COUNTERSIGN_SIGNING_KEY_PATH";
const URL_NAME = "COUNTERSIGN_URL";

/** No problem quotes anything of the key. */
export function readSigning(environment: Readonly<Record<string, string | undefined>>): ReadSigning {
  const { [PATH]: path, [URL_NAME]: address } = environment;
  const key = path === undefined ? {} : secretIn(PATH, path, (file) => readFileSync(file, "utf8"));
  const isKey = key.text === undefined || signingKeyOf(key.text) !== null;
  const url = address === undefined ? undefined : addressOf(address);
  const problems = [
    ...(key.problem === undefined ? [] : [key.problem]),
    ...(isKey
      ? []
      : [
          `${PATH} names ${path}, which is not a private key of the curve P-256 in PEM form; \`openssl ecparam -name prime256v1 -genkey -noout\` makes one`,
        ]),
    ...(url === null ? [`${URL_NAME} must be an address that begins with https:// and has no path`] : []),
  ];
  return {
    settings: {
      ...(isKey && key.text !== undefined && { signingKey: key.text }),
      ...(url && { url }),
    },
    problems,
    files: key.file === undefined ? [] : [key.file],
  };
}

const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Without the slash at its end; `null` for anything else. */
function addressOf(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.pathname !== "/" || url.search !== "" || url.hash !== "") return null;
  if (url.username !== "" || url.password !== "") return null;
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.has(url.hostname));
  return isSafe ? url.origin : null;
}
