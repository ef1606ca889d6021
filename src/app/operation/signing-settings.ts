import { readFileSync } from "node:fs";
import { signingKeyOf } from "../../attestation/key.ts";
import { ADDRESS_PROBLEM, addressOf, OWN_ADDRESS } from "./own-address.ts";
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

/** No problem quotes anything of the key. */
export function readSigning(environment: Readonly<Record<string, string | undefined>>): ReadSigning {
  const { [PATH]: path, [OWN_ADDRESS]: address } = environment;
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
    ...(url === null ? [ADDRESS_PROBLEM] : []),
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
