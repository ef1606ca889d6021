import type { Finding } from "../../hazard.ts";
import { withoutComments } from "../../reading/comments.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** A call that checks something, and one that only reads what the first one checked. */
const PAIRS: readonly (readonly [checks: RegExp, reads: RegExp])[] = [
  [
    /\b(?:jwt|jsonwebtoken|jose|JWT)\.(?:verify|decode_complete|jwtVerify)\s*\(|\bjwtVerify\s*\(|\bverifyIdToken\s*\(|\bverifyJwt\s*\(|\.verify(?:Token|Signature)?\s*\(/,
    /\b(?:jwt|jsonwebtoken|jose|JWT)\.decode\s*\(|\b(?:decodeJwt|jwtDecode|jwt_decode|decodeToken|unsecuredDecode)\s*\(|\bJSON\.parse\s*\(\s*(?:atob|Buffer\.from)\s*\(|\bget_unverified_claims\s*\(/,
  ],
  [
    /\b(?:yaml\.safe_load|safe_load|YAML\.safe_load)\s*\(/,
    /\b(?:yaml\.(?:load|unsafe_load|full_load)|YAML\.(?:load|unsafe_load))\s*\(/,
  ],
  [
    /\bcredentials\.NewTLS\s*\(|\bcredentials\.NewClientTLSFrom\w+\s*\(|\bgrpc\.(?:aio\.)?secure_channel\s*\(|\bgrpc\.ssl_channel_credentials\s*\(|\bcredentials\.createSsl\s*\(|\buseTransportSecurity\s*\(/,
    /\binsecure\.NewCredentials\s*\(|\bgrpc\.WithInsecure\s*\(|\bgrpc\.(?:aio\.)?insecure_channel\s*\(|\bcredentials\.createInsecure\s*\(|\busePlaintext\s*\(/,
  ],
  // Made so that whoever has them has to try long to find the passwords.
  [
    /\b(?:bcrypt|argon2\w{0,4}|scrypt|pbkdf2\w{0,10}|password_hash)\b/i,
    /\bhashlib\.(?:md5|sha1|sha256)\b|\bcreateHash\(\s*["'](?:md5|sha1|sha256)|\b(?:md5|sha1)\s*\(|\bDigest::(?:MD5|SHA1|SHA256)\b|\b(?:md5|sha1|sha256)\.(?:Sum|New)\w{0,4}\(/i,
  ],
  // Encrypted still, but to whoever answers.
  [
    /\bssl_?mode["']?\s*[:=]\s*["']?verify[-_](?:full|ca|identity)\b/i,
    /\bssl_?mode["']?\s*[:=]\s*["']?(?:required?|prefer(?:red)?)\b/i,
  ],
  [
    /\b(?:VersionTLS1[23]|(?:PROTOCOL_)?TLSv1[._]?[23](?:_method)?)\b|\bTLS1[._]?[23]_VERSION\b|\bTls1[23]\b/,
    /\b(?:VersionTLS1[01]|(?:PROTOCOL_)?TLSv1(?:[._]?[01])?(?:_method)?|SSLv3|PROTOCOL_SSLv3)\b|\bTLS1(?:[._]?1)?_VERSION\b|\bTls1?1?\b/,
  ],
  [
    /\b(?:timingSafeEqual|compare_digest|secure_compare|ConstantTimeCompare|hash_equals|isEqual|FixedTimeEquals)\s*\(/,
    /(?:signature|digest|hmac|token|secret|mac)\w{0,30}["']?\]?\s*(?:===?|!==?|\.equals\()/i,
  ],
];

export const UNVERIFIED: Rule = {
  id: "code/check-replaced",
  kind: "widening",
  asks: "block",
  when: "code that checked a signature or a token only reads it, or checks it in a weaker way",
  *file(file): Generator<Finding> {
    if (typeof file.before !== "string" || typeof file.after !== "string") return;
    const [gone, come] = [withoutComments(file, "before"), withoutComments(file, "after")];
    for (const [checks, reads] of PAIRS) {
      const lost = gone.find(({ text }) => checks.test(text));
      if (lost === undefined || come.some(({ text }) => checks.test(text))) continue;
      const found = come.find(({ text }) => reads.test(text));
      if (found === undefined) continue;
      const [was = "", is = ""] = [checks.exec(lost.text)?.[0], reads.exec(found.text)?.[0]];
      const why = `uses ${shown(is)} in the place of ${shown(was)}: what it refused gets through`;
      const { text, line } = found;
      yield {
        what: shown(is),
        file: file.path,
        line,
        side: "after",
        why,
        before: lost.text.trim(),
        after: text.trim(),
      };
    }
  },
  reports: [
    [
      "uses `jwt.decode(` in the place of `jwt.verify(`: what it refused gets through",
      changed("src/auth.ts", "return jwt.verify(token, KEY);\n", "return jwt.decode(token);\n"),
    ],
    [
      'uses `sslmode="require` in the place of `sslmode="verify-full`: what it refused gets through',
      changed("src/db.py", 'connect(h, sslmode="verify-full")\n', 'connect(h, sslmode="require")\n'),
    ],
    [
      "uses `VersionTLS10` in the place of `VersionTLS12`: what it refused gets through",
      changed("src/a.go", "MinVersion: tls.VersionTLS12,\n", "MinVersion: tls.VersionTLS10,\n"),
    ],
    [
      "uses `hashlib.md5` in the place of `bcrypt`: what it refused gets through",
      changed("src/a.py", "h = bcrypt.hashpw(p, salt)\n", "h = hashlib.md5(p).hexdigest()\n"),
    ],
    [
      "uses `yaml.load(` in the place of `yaml.safe_load(`: what it refused gets through",
      changed("src/a.py", "a = yaml.safe_load(text)\n", "a = yaml.load(text)\n"),
    ],
    [
      "uses `insecure.NewCredentials(` in the place of `credentials.NewTLS(`: what it refused gets through",
      changed("pkg/c.go", "c := credentials.NewTLS(cfg)\n", "c := insecure.NewCredentials()\n"),
    ],
    [
      "uses `signature ===` in the place of `timingSafeEqual(`: what it refused gets through",
      changed("src/a.ts", "if (timingSafeEqual(a, b)) ok();\n", "if (signature === b) ok();\n"),
    ],
  ],
  ignores: [
    [
      "it is still checked",
      changed(
        "src/auth.ts",
        "return jwt.verify(token, KEY);\n",
        "log(jwt.decode(token));\nreturn jwt.verify(token, KEY, OPTIONS);\n",
      ),
    ],
    ["it never was", changed("src/auth.ts", "return null;\n", "return jwt.decode(token);\n")],
  ],
};
