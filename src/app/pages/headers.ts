import { createHash } from "node:crypto";
import { STYLE } from "../../pages/style.ts";

/** No script at all, and of styles only our own, by its digest. */
const CONTENT_OF_A_PAGE = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE.text).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Where the only script is. */
export const SCRIPT_PATH = "/sign.js";

/** Of the page to sign on: our one script, by its address, which talks to us alone. */
export function contentWithScript(url: string): string {
  return `${CONTENT_OF_A_PAGE}; script-src ${url}${SCRIPT_PATH}; connect-src 'self'`;
}

/** Of every answer. `https`: what people reach the pages by; two years, as browsers want it. */
export function headersOf(url: string): Readonly<Record<string, string>> {
  return {
    "cache-control": "no-store",
    "content-security-policy": CONTENT_OF_A_PAGE,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    // Other hosts are told nothing by it. By "no-referrer", browsers would send our own forms without their origin.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=63072000" }),
  };
}
