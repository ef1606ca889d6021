import type { Finding } from "../../hazard.ts";
import type { LinePattern } from "../../line-pattern.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** The same in the ways of Go, Java, Python, Node, PHP, Ruby, C# and clusters' own files. */
const TLS_OFF_ELSEWHERE: LinePattern = {
  side: "after",
  pattern: new RegExp(
    [
      "\\bInsecureSkipVerify\\s*=\\s*true\\b",
      "\\bInsecureIgnoreHostKey\\(\\)",
      "\\bverify:\\s*:verify_none\\b|\\{:verify,\\s*:verify_none\\}|\\bURLCredential\\(trust:|\\bStrictHostKeyChecking[ =]+(?:no|off)\\b",
      "\\bset(?:Default)?HostnameVerifier\\(\\s*(?:\\([^)]*\\)|\\w+)\\s*->\\s*(?:\\{\\s*return\\s+)?true",
      "\\bhostnameVerifier\\s*[({]\\s*(?:\\([^)]{0,80}\\)|[\\w, ]{1,40})\\s*->\\s*(?:\\{\\s*return\\s+)?true",
      "\\bverify\\s*\\([^)]*(?:SSLSession|hostname)[^)]*\\)\\s*\\{\\s*return\\s+true",
      "\\bcheck(?:Server|Client)Trusted\\([^)]*\\)\\s*(?:throws\\s+\\w+\\s*)?\\{\\s*\\}",
      "\\b(?:TrustAllStrategy|TrustSelfSignedStrategy|InsecureTrustManagerFactory|NullHostnameVerifier|AllowAllHostnameVerifier)\\b",
      "\\b(?:AutoAddPolicy|WarningPolicy)\\b",
      "\\b(?:cert_reqs\\s*=\\s*['\"]?(?:ssl\\.)?(?:CERT_)?(?:NONE|OPTIONAL)\\b|check_hostname\\s*=\\s*False|disable_ssl_certificate_validation\\s*=\\s*True|ssl\\s*=\\s*False|verify_ssl\\s*=\\s*False|verify_certs\\s*=\\s*False|validate_cert\\s*=\\s*False)",
      "\\bstrictSSL['\"]?\\s*:\\s*false|\\bcheckServerIdentity\\s*:\\s*(?:\\(\\)|function\\s*\\(\\))\\s*(?:=>\\s*)?(?:\\{\\s*\\}|undefined|null)|\\brejectUnauthorized\\s*=\\s*false",
      "['\"](?:verify_peer|verify_peer_name|verify|verify_host)['\"]\\s*=>\\s*(?:false|FALSE|0)|['\"]allow_self_signed['\"]\\s*=>\\s*true|\\bwithoutVerifying\\(\\)|curl_setopt\\([^)]*VERIFY(?:PEER|HOST)\\s*,\\s*(?:false|FALSE|0)",
      "\\b(?:DangerousAcceptAnyServerCertificateValidator|ServerCertificateCustomValidationCallback\\s*=[^;]{0,80}=>\\s*true|RemoteCertificateValidationCallback\\([^;]{0,80}true\\))",
      "\\bssl(?:mode|Mode)['\"]?\\s*[:=]\\s*['\"]?(?:disable|allow|no-verify)\\b|\\btls\\.insecure\\b|\\binsecure-skip-tls-verify['\"]?\\s*[:=]\\s*true",
      "\\.setAllowsAnyHTTPSCertificate|\\bNSAllowsArbitraryLoads\\b|\\bbadCertificateCallback\\s*=[^;]{0,80}=>\\s*true|\\bcontinueWithoutCredential\\b|\\bdanger_accept_invalid_hostnames\\(true\\)",
      "^\\s*strict-ssl\\s*[= ]\\s*false|\\benableStrictSsl:\\s*false|\\bhost_key_checking\\s*=\\s*False|\\bANSIBLE_HOST_KEY_CHECKING\\s*[:=]\\s*[\"']?(?:False|false|0)|^\\s*check_certificate\\s*=\\s*off",
      "\\bTLS_REQCERT\\s+(?:never|allow)\\b|\\bSSL_VERIFY_NONE\\b|\\bssl_verify_mode\\s*=\\s*OpenSSL::SSL::VERIFY_NONE|\\bverify_mode:\\s*OpenSSL::SSL::VERIFY_NONE|\\bsslVerify\\s*=\\s*false",
    ].join("|"),
  ),
  where: (found) => isUsed(found),
  why: ([what = ""]) => `switches the check of the other side's certificate off (${shown(what)})`,
};

/** A name that is only brought in, or a database on the developer's own machine. */
const BROUGHT_IN = /^\s*import\s+(?!static\s)[\w.]+;?\s*$/;
const OWN_MACHINE =
  /:\/\/(?:[^@\s/]*@)?(?:localhost|127\.0\.0\.1|\[::1\])(?::(?:\d+|\$\{?\w+\}?))?\/[^\s?&]*\?(?:(?!host)\w+=[^\s&]*&)*$/;

function isUsed({ input, index }: RegExpExecArray): boolean {
  return !BROUGHT_IN.test(input) && !OWN_MACHINE.test(input.slice(0, index));
}

/** Packages of Debian, Alpine, Red Hat and SUSE that nobody signed. */
const UNSIGNED: LinePattern = {
  side: "after",
  pattern:
    /\bapt(?:-get)?\b.{0,200}--allow-(?:unauthenticated|insecure-repositories)|\bAllow(?:Unauthenticated|InsecureRepositories)\s*[= ]\s*["']?(?:true|1)|\bdeb(?:-src)?\s+\[[^\]]{0,200}trusted=yes|\bapk\b.{0,200}--allow-untrusted|\b(?:yum|dnf|zypper)\b.{0,200}--no-?gpg-?check|^\s*(?:repo_)?gpgcheck\s*[:=]\s*(?:0|no|false)/,
  why: ([what = ""]) => `takes packages that nobody signed (${shown(what)})`,
};

export const TLS_OFF: Rule = {
  id: "code/tls-verification-off",
  kind: "widening",
  asks: "block",
  when: "the other side's certificate or host key is no longer checked, or the signature of packages",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:verify\s*=\s*False\b|rejectUnauthorized["']?\s*:\s*false|InsecureSkipVerify\s*:\s*true|NODE_TLS_REJECT_UNAUTHORIZED["']?\]?\s*[:=]\s*["']?0|PYTHONHTTPSVERIFY\s*=\s*0|GIT_SSL_NO_VERIFY\s*[:=]\s*["']?(?:1|true)|http\.sslVerify\s+false|CURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*(?:false|0)|VERIFY_NONE|_create_unverified_context|CERT_NONE|danger_accept_invalid_certs\(true\)|StrictHostKeyChecking[= ]no|UserKnownHostsFile[= ]\/dev\/null|sslmode=(?:disable|allow)|trustServerCertificate["']?\s*[:=]\s*true|ssl_verify["']?\s*[:=]\s*(?:false|False|no)\b|(?:insecure_skip_verify|insecureSkipVerify|insecureSkipTLSVerify|tls_skip_verify|skip_tls_verify|skipTLSVerify|skip_ssl_validation)["']?\s*[:=]\s*["']?(?:true|True|yes)\b|(?:validate_certs|verify_ssl|tls_verify)["']?\s*[:=]\s*["']?(?:false|False|no)\b)|\bcurl\s(?:[^|;]{0,300}?\s)?(?:-k|--insecure|-[a-np-zA-Z]{0,10}k\w{0,10})(?=\s|$)|--(?:no-check-certificate|insecure-skip-tls-verify|no-verify-ssl|trusted-host)\b|ServerCertificateValidationCallback\s*[+=]+[^;]*true|ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|TrustAllCerts?/,
      where: (found) => isUsed(found),
      why: ([what = ""]) => `switches the check of the other side's certificate off (${shown(what)})`,
    },
    TLS_OFF_ELSEWHERE,
    UNSIGNED,
  ],
  reports: [
    [
      "switches the check of the other side's certificate off (`sslmode=disable`)",
      added("Makefile", "DB := postgres://localhost@db.shop.example/a?sslmode=disable\n"),
    ],
    ...["localhost:1,db.shop.example:2/a", "localhost/a?host=db.shop.example&"].map(
      (place): Example => [
        "switches the check of the other side's certificate off (`sslmode=disable`)",
        added("Makefile", `DB := postgres://${place}${place.endsWith("&") ? "" : "?"}sslmode=disable\n`),
      ],
    ),
    [
      "switches the check of the other side's certificate off (`NoopHostnameVerifier`)",
      added("src/A.java", "import static org.apache.hc.ssl.NoopHostnameVerifier.INSTANCE;\n"),
    ],
    [
      "switches the check of the other side's certificate off (`TrustSelfSignedStrategy`)",
      added("src/A.java", "load(null, new TrustSelfSignedStrategy());\n"),
    ],
    [
      "switches the check of the other side's certificate off (`InsecureSkipVerify = true`)",
      added("src/client.go", "cfg.InsecureSkipVerify = true\n"),
    ],
    [
      "switches the check of the other side's certificate off (`setHostnameVerifier((host, session) -> true`)",
      added("src/Client.java", "conn.setHostnameVerifier((host, session) -> true);\n"),
    ],
    [
      "switches the check of the other side's certificate off (`hostnameVerifier { _, _ -> true`)",
      added("src/Client.kt", "    .hostnameVerifier { _, _ -> true }\n"),
    ],
    [
      "takes packages that nobody signed (`apt-get install -y --allow-unauthenticated`)",
      added("Dockerfile", "RUN apt-get install -y --allow-unauthenticated curl\n"),
    ],
    [
      "switches the check of the other side's certificate off (`strict-ssl=false`)",
      changed(".npmrc", "strict-ssl=true\n", "strict-ssl=false\n"),
    ],
    [
      "switches the check of the other side's certificate off (`AutoAddPolicy`)",
      added("src/client.py", "client.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n"),
    ],
    [
      "switches the check of the other side's certificate off (`verify=False`)",
      changed("app/pay.py", "requests.post(url)\n", "requests.post(url, verify=False)\n"),
    ],
    [
      "switches the check of the other side's certificate off (`rejectUnauthorized: false`)",
      added("src/db.ts", "ssl: { rejectUnauthorized: false },\n"),
    ],
    [
      "switches the check of the other side's certificate off (`curl -k`)",
      added("scripts/get.sh", "curl -k https://example.com\n"),
    ],
    [
      "switches the check of the other side's certificate off (`InsecureSkipVerify: true`)",
      added("client.go", "&tls.Config{InsecureSkipVerify: true}\n"),
    ],
  ],
  ignores: [
    ["it asks for a certificate", changed("etc/ldap.conf", "TLS_REQCERT never\n", "TLS_REQCERT demand\n")],
    [
      "a name that is only brought in",
      added("src/A.java", "import org.apache.hc.ssl.TrustSelfSignedStrategy;\n"),
    ],
    [
      "a database on this machine",
      added("Makefile", "DB := postgres://me@localhost:5432/a?sslmode=disable\n"),
    ],
    ["it is switched on", added("src/db.ts", "ssl: { rejectUnauthorized: true },\n")],
    ["a test", added("test/db.test.ts", "ssl: { rejectUnauthorized: false },\n")],
    ["a comment", added("app/pay.py", "# verify=False is not allowed\n")],
    ["nothing is skipped", added("values.yaml", "insecure_skip_verify: false\n")],
  ],
};

/** Verifiers and trust managers of one's own that find nothing wrong, over several lines. */
const APPROVES =
  /\bboolean\s+verify\s*\([^)]{0,120}\)\s*\{\s*return\s+true\s*;|\bvoid\s+check(?:Server|Client)Trusted\s*\([^)]{0,160}\)\s*(?:throws\s+[\w.,\s]{1,80})?\{(?:\s|\/\/[^\n]*\n)*\}|\bgetAcceptedIssuers\s*\(\s*\)\s*\{\s*return\s+null\s*;/g;

export const APPROVES_ALL: Rule = {
  id: "code/approves-any-certificate",
  kind: "widening",
  asks: "block",
  when: "a verifier or a trust manager of its own (Java, Kotlin) finds every certificate good",
  *file({ path, after, lines, isLive }): Generator<Finding> {
    if (!isLive || typeof after !== "string" || !/\.(?:java|kt|scala|groovy)$/.test(path)) return;
    const fresh = new Set(lines.after.map(({ line }) => line));
    for (const found of after.matchAll(APPROVES)) {
      const line = after.slice(0, found.index).split("\n").length;
      const last = line + found[0].split("\n").length - 1;
      if (![...fresh].some((each) => each >= line && each <= last)) continue;
      const what = shown(found[0].split("\n")[0] ?? "");
      yield { what, file: path, line, side: "after", why: `finds every certificate good (${what})` };
    }
  },
  reports: [
    [
      "finds every certificate good (`boolean verify(String h, SSLSession s) {`)",
      added(
        "src/A.java",
        "class A {\n  public boolean verify(String h, SSLSession s) {\n    return true;\n  }\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "it looks at the name",
      added(
        "src/A.java",
        "class A {\n  public boolean verify(String h, SSLSession s) {\n    return h.equals(s.getPeerHost());\n  }\n}\n",
      ),
    ],
  ],
};
