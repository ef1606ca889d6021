import { createHmac, generateKeyPairSync } from "node:crypto";

export const SECRET = "5f1c9a0be27d4836af90c3e1d2b8747655aa01f3";

/** A key of an App that does not exist. */
export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

export function sign(body: string, secret: string = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
