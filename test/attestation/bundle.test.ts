import { describe, expect, test } from "@jest/globals";
import { bundleFromJSON, type SerializedBundle } from "@sigstore/bundle";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { attest, type Bundle } from "../../src/attestation/bundle.ts";
import { isCheckpointSigned, signCheckpoint } from "../../src/attestation/checkpoint.ts";
import { preAuthEncoding, signBody } from "../../src/attestation/envelope.ts";
import { type SigningKey, thumbprint } from "../../src/attestation/key.ts";
import { type KnownKey, keySetOf, keysIn } from "../../src/attestation/key-set.ts";
import { statementOf } from "../../src/attestation/statement.ts";
import { type VerifiedBundle, verifyBundle } from "../../src/attestation/verify.ts";
import { attested, COMMIT, confirmed, known, newKey, REVIEW, TREE } from "./example.ts";
import { everyChange } from "./places.ts";

const KEY = newKey();
const never = () => false;

/** By the library of those who made the format, offline: it asks for no log and no time stamp. */
function acceptsBySigstore(document: unknown, keys: readonly KnownKey[]): boolean {
  const trust = toTrustMaterial(
    { mediaType: "", tlogs: [], ctlogs: [], certificateAuthorities: [], timestampAuthorities: [] },
    (hint) => {
      const key = keys.find(({ keyid }) => keyid === hint);
      if (key === undefined) throw new Error("an unknown key");
      return { publicKey: key.publicKey, validFor: () => true };
    },
  );
  const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(document as SerializedBundle)));
    return true;
  } catch {
    return false;
  }
}

const damageOf = (result: VerifiedBundle) => (result.status === "damaged" ? result.damage : null);

/** Whatever is signed. */
function signed(body: Buffer, key: SigningKey): Bundle {
  const { bundle } = attested(key);
  const sig = signBody(body, key).toString("base64");
  return {
    ...bundle,
    dsseEnvelope: {
      ...bundle.dsseEnvelope,
      payload: body.toString("base64"),
      signatures: [{ sig, keyid: key.keyid }],
    },
  };
}

test("A statement is read back as it was signed, here and by Sigstore's own verifier", () => {
  const { bundle, digest, keyid } = attested(KEY);
  const result = verifyBundle(bundle, [known(KEY)], never);
  expect(result).toMatchObject({
    status: "signed",
    digest,
    key: { keyid },
    statement: { predicate: REVIEW },
  });
  expect(acceptsBySigstore(bundle, [known(KEY)])).toBe(true);
});

test("A statement may be of a GitHub without TLS, as on a machine of one's own", () => {
  const subject = { page: "http://127.0.0.1:3000/acme/shop", commit: COMMIT, tree: TREE };
  const { bundle } = attest(statementOf(subject, REVIEW), KEY);
  expect(verifyBundle(bundle, [known(KEY)], never).status).toBe("signed");
});

test("The subject is the commit, and the tree that it holds", () => {
  const { subject, _type } = statementOf(
    { page: "https://github.com/acme/shop", commit: COMMIT, tree: TREE },
    REVIEW,
  );
  const uri = "git+https://github.com/acme/shop";
  expect(_type).toBe("https://in-toto.io/Statement/v1");
  expect(subject).toEqual([
    { uri, digest: { gitCommit: COMMIT } },
    { uri, digest: { gitTree: TREE } },
  ]);
});

test.each([
  ["", "DSSEv1 28 application/vnd.in-toto+json 0 "],
  ["hello world", "DSSEv1 28 application/vnd.in-toto+json 11 hello world"],
  ["ä", "DSSEv1 28 application/vnd.in-toto+json 2 ä"],
])("What is signed of %j is %j", (body, encoded) => {
  expect(preAuthEncoding("application/vnd.in-toto+json", Buffer.from(body)).toString()).toBe(encoded);
});

describe("Every single change of a bundle is found", () => {
  const { bundle } = attested(KEY);
  test.each(everyChange(bundle).map(({ place, document }) => [place, document]))("at %s", (_, changed) => {
    expect(verifyBundle(changed, [known(KEY)], never).status).toBe("damaged");
  });

  test("Sigstore's verifier accepts none that changes what is signed, or by which key", () => {
    const signs = /\/(payload|payloadType|sig|hint)$/;
    const changed = everyChange(bundle).filter(({ place }) => signs.test(place));
    expect(changed).toHaveLength(4);
    expect(changed.filter(({ document }) => acceptsBySigstore(document, [known(KEY)]))).toEqual([]);
  });

  test("A bundle that was cut off anywhere is none", () => {
    const text = JSON.stringify(bundle);
    for (let length = 0; length < text.length; length += 7)
      expect(() => JSON.parse(text.slice(0, length))).toThrow();
  });
});

describe("Each kind of damage has its name", () => {
  const other = newKey();
  const { bundle } = attested(KEY);
  const said = { ...REVIEW, change: { ...REVIEW.change, after: "9".repeat(40) } };
  const subject = { page: "https://github.com/acme/shop", commit: COMMIT, tree: TREE };

  test.each<[string, unknown, readonly KnownKey[], string]>([
    ["what is something else", { a: 1 }, [known(KEY)], "not-a-bundle"],
    ["what is signed by a key that is not trusted", attested(other).bundle, [known(KEY)], "unknown-key"],
    [
      "what another key signed in its name",
      { ...bundle, dsseEnvelope: attested(other).bundle.dsseEnvelope },
      [known(KEY), known(other)],
      "contradicts-itself",
    ],
    [
      "a signature over something else",
      {
        ...bundle,
        dsseEnvelope: {
          ...bundle.dsseEnvelope,
          signatures: attested(KEY, said).bundle.dsseEnvelope.signatures,
        },
      },
      [known(KEY)],
      "wrong-signature",
    ],
    [
      "a statement of a repository that is nowhere",
      attest(statementOf({ ...subject, page: "acme/shop" }, REVIEW), KEY).bundle,
      [known(KEY)],
      "not-a-statement",
    ],
    ["what is signed and no JSON", signed(Buffer.from("{"), KEY), [known(KEY)], "not-a-statement"],
    ["what is signed and no statement", signed(Buffer.from("{}"), KEY), [known(KEY)], "not-a-statement"],
    [
      "a statement of another commit than its subject",
      attest(statementOf(subject, said), KEY).bundle,
      [known(KEY)],
      "contradicts-itself",
    ],
  ])("%s", (_, document, keys, damage) => {
    expect(damageOf(verifyBundle(document, keys, never))).toBe(damage);
  });

  const withPasskey = (more: Parameters<typeof confirmed>[0] = {}, change: object = {}) =>
    attested(KEY, { ...REVIEW, change: { ...REVIEW.change, ...change }, signers: [confirmed(more)] }).bundle;

  test("A passkey is verified with the statement, and so is one of a change that came with others", () => {
    expect(verifyBundle(withPasskey(), [known(KEY)], never).status).toBe("signed");
    expect(verifyBundle(withPasskey({ pull: 8 }, { pull: null }), [known(KEY)], never).status).toBe("signed");
  });

  const [signer] = [confirmed()];
  test.each<[string, Bundle]>([
    ["of another review", withPasskey({ reviewId: 502 })],
    ["of another person", withPasskey({ account: 1004 })],
    ["in another repository", withPasskey({ repository: 71 })],
    ["on another pull request", withPasskey({ pull: 8 })],
    ["over another decision", withPasskey({ kind: "dismiss" })],
    [
      "of another key",
      attested(KEY, {
        ...REVIEW,
        signers: [
          {
            ...signer,
            passkey: signer.passkey && {
              ...signer.passkey,
              signature: confirmed().passkey?.signature ?? "",
            },
          },
        ],
      }).bundle,
    ],
  ])("A passkey %s proves nothing, whoever signs the statement", (_, document) => {
    expect(damageOf(verifyBundle(document, [known(KEY)], never))).toBe("wrong-passkey");
  });

  test.each([
    ["counts where the chain held it before", true, null],
    ["does not count where nothing shows that", false, "key-revoked"],
  ])("A statement by a key that was revoked since %s", (_, before, damage) => {
    const result = verifyBundle(bundle, [known(KEY, "2026-12-01T00:00:00.000Z")], () => before);
    expect(damageOf(result)).toBe(damage);
  });
});

describe("A checkpoint", () => {
  const checkpoint = { through: 9, hash: "a".repeat(64), before: "2026-01-01T00:00:00.000Z" };
  const signature = signCheckpoint(checkpoint, KEY);

  test.each<[string, object, unknown, readonly KnownKey[], boolean]>([
    ["as it was signed", {}, signature, [known(KEY)], true],
    ["with another end", { through: 10 }, signature, [known(KEY)], false],
    ["with another hash", { hash: "b".repeat(64) }, signature, [known(KEY)], false],
    ["by an unknown key", {}, signature, [known(newKey())], false],
    ["with something else for a signature", {}, "signed", [known(KEY)], false],
  ])("%s", (_, given, signed, keys, holds) => {
    expect(isCheckpointSigned({ ...checkpoint, ...given }, signed, keys)).toBe(holds);
  });

  test("is no statement, and the signature of a statement none of it", () => {
    const body = Buffer.from(JSON.stringify(checkpoint));
    const sig = signBody(body, KEY).toString("base64");
    expect(isCheckpointSigned(checkpoint, { keyid: KEY.keyid, sig }, [known(KEY)])).toBe(false);
  });
});

describe("The keys that are published", () => {
  const old = newKey();
  const keys = [known(old, "2026-11-20T00:00:00.000Z"), known(KEY)];
  const published = JSON.parse(JSON.stringify(keySetOf(keys)));

  test("are read back with their times, and hold no private part", () => {
    const read = keysIn(published);
    expect(read?.map(({ keyid, madeAt, revokedAt }) => ({ keyid, madeAt, revokedAt }))).toEqual(
      keys.map(({ keyid, madeAt, revokedAt }) => ({ keyid, madeAt, revokedAt })),
    );
    expect(JSON.stringify(published)).not.toContain('"d"');
  });

  test("are known by their thumbprint alone", () => {
    expect(keysIn(published)?.every(({ keyid, publicKey }) => thumbprint(publicKey) === keyid)).toBe(true);
    const [first, second] = published.keys;
    expect(keysIn({ keys: [{ ...first, kid: second.kid }] })).toBeNull();
    expect(keysIn({ keys: [{ ...first, x: second.x }] })).toBeNull();
    expect(keysIn({ keys: "none" })).toBeNull();
  });
});
