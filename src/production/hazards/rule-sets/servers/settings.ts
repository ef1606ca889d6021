import { SERVICES_KEEPING, SERVICES_OPENING } from "./services.ts";

export const SSHD =
  /(?:^|\/)sshd_config(?:\.[\w.]+)?$|(?:^|\/)sshd_config\.d\/|(?:^|\/)ssh(?:d)?[^/]*\.conf(?:\.j2)?$/;
export const SUDOERS = /(?:^|\/)sudoers(?:[._-][\w.]+)?$|(?:^|\/)sudoers\.d\//;
export const PG_HBA = /(?:^|\/)pg_hba[^/]*\.conf(?:\.\w+)?$/;
export const WEB =
  /(?:^|\/)(?:nginx|apache2?|httpd|sites-(?:available|enabled)|conf\.d)\/|(?:nginx|httpd|apache)[^/]*\.conf|\.htaccess$|(?:^|\/)Caddyfile$/;

/** What a template fills in, by the name of the file that it becomes. */
export function servedPath(path: string): string {
  return path.replace(/\.(?:j2|jinja2?|erb|epp|tpl|tmpl|tftpl|gotmpl|template|dist|sample)$/i, "");
}

const MODSECURITY =
  /(?:^|\/)(?:nginx|apache2?|httpd|sites-(?:available|enabled)|conf\.d|modsecurity[^/]*|crs)\/|(?:nginx|httpd|apache|modsecurity|modsec|crs)[^/]*\.conf/i;

interface Setting {
  readonly file: RegExp;
  readonly pattern: RegExp;
  readonly why: string;
}

/** Lines by which a server lets in, one for each setting. */
export const OPENING: readonly Setting[] = [
  ...SERVICES_OPENING,
  { file: SSHD, pattern: /^\s*PermitRootLogin\s+yes\b/i, why: "root can sign in by SSH" },
  { file: SSHD, pattern: /^\s*PasswordAuthentication\s+yes\b/i, why: "a password opens the machine" },
  {
    file: SSHD,
    pattern: /^\s*PermitEmptyPasswords\s+yes\b/i,
    why: "accounts without a password open the machine",
  },
  {
    file: SSHD,
    pattern: /^\s*(?:StrictModes|PubkeyAuthentication|UsePAM)\s+no\b/i,
    why: "a check of those who sign in is off",
  },
  {
    file: SSHD,
    pattern: /^\s*(?:PermitUserEnvironment|HostbasedAuthentication|GatewayPorts)\s+yes\b/i,
    why: "whoever signs in gets further",
  },
  {
    file: SSHD,
    pattern:
      /^\s*(?:Ciphers|MACs|KexAlgorithms|HostKeyAlgorithms|PubkeyAccepted\w{1,30})\s+(?![-])\S*(?:-cbc|arcfour|hmac-md5|-sha1\b|ssh-dss)/i,
    why: "old and weak ways to encrypt are taken",
  },
  {
    file: SUDOERS,
    pattern: /^[^#]*\bNOPASSWD\s*:\s*ALL\b/,
    why: "it runs everything as root without a password",
  },
  {
    file: SUDOERS,
    pattern: /^\s*Defaults\b.*!(?:authenticate|requiretty)\b/,
    why: "nobody is asked for a password",
  },
  {
    file: PG_HBA,
    pattern: /^\s*(?:host\w*\s+\S+\s+\S+\s+\S+(?:\s+[\d.]+)?|local\s+\S+\s+\S+)\s+(?:trust|password)(?:\s|$)/,
    why: "the database lets in without a password, or takes it in the clear",
  },
  {
    file: PG_HBA,
    pattern: /^\s*host\w*\s+\S+\s+\S+\s+(?:0\.0\.0\.0\/0|::\/0|all)\s+(?!reject\b)\S/,
    why: "the database takes connections from everywhere",
  },
  {
    file: WEB,
    pattern: /^\s*(?:autoindex\s+on|Options\s+.*(?<!-)Indexes)\b/i,
    why: "folders are listed to whoever asks",
  },
  {
    file: WEB,
    pattern: /^\s*ssl_protocols\s+.*\b(?:SSLv[23]|TLSv1(?:\.[01])?)(?:\s|;)/i,
    why: "old versions of TLS are taken",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:auth_basic\s+off|satisfy\s+any|Require\s+all\s+granted|Allow\s+from\s+all|proxy_ssl_verify\s+off)\b/i,
    why: "whoever asks is let in",
  },
  {
    file: WEB,
    pattern: /^\s*allow\s+(?:all|0\.0\.0\.0\/0|::\/0)\s*;/i,
    why: "whoever asks is let in",
  },
  {
    file: MODSECURITY,
    pattern:
      /^\s*(?:SecRuleEngine\s+(?:Off|DetectionOnly)|modsecurity\s+off|app_protect_enable\s+off|SecRuleRemoveBy\w{1,10}\s+\S)/i,
    why: "requests that the web firewall stopped get through",
  },
  {
    file: /(?:^|\/)(?:redis|valkey)[^/]*\.conf$/,
    pattern: /^\s*(?:protected-mode\s+no|bind\s+(?:\*|0\.0\.0\.0))/,
    why: "the store takes connections from everywhere",
  },
  {
    file: /(?:^|\/)postgresql[^/]*\.conf$/,
    pattern: /^\s*(?:listen_addresses\s*=\s*'\*'|ssl\s*=\s*off|password_encryption\s*=\s*'?md5)/,
    why: "the database takes weaker connections",
  },
  {
    file: /(?:^|\/)(?:my|mysqld?)[^/]*\.cnf$/,
    pattern: /^\s*(?:skip-grant-tables|bind-address\s*=\s*(?:\*|0\.0\.0\.0))/,
    why: "the database takes connections that it did not",
  },
  {
    file: /(?:^|\/)mongod?[^/]*\.(?:conf|ya?ml)$/,
    pattern: /^\s*(?:bindIp(?:All)?:\s*(?:0\.0\.0\.0|true)|authorization:\s*disabled)/,
    why: "the database takes connections that it did not",
  },
  {
    file: /(?:^|\/)daemon\.json$/,
    pattern:
      /tcp:\/\/0\.0\.0\.0|"tlsverify"\s*:\s*false|"insecure-registries"\s*:\s*\[\s*"(?!localhost|127\.)/,
    why: "whoever reaches it is root on the machine",
  },
  {
    file: /(?:^|\/)smb[^/]*\.conf$/,
    pattern: /^\s*(?:guest ok|public)\s*=\s*yes/,
    why: "the share lets in without a password",
  },
  {
    file: /(?:^|\/)elasticsearch\.ya?ml$|(?:^|\/)opensearch\.ya?ml$/,
    pattern: /^\s*xpack\.security\.enabled:\s*false|plugins\.security\.disabled:\s*true/,
    why: "whoever reaches it reads it",
  },
];

/** Lines that kept something out, and are gone. */
export const KEEPING: readonly Setting[] = [
  ...SERVICES_KEEPING,
  {
    file: SSHD,
    pattern:
      /^\s*(?:PermitRootLogin\s+(?:no|prohibit-password)|PasswordAuthentication\s+no|AllowUsers\s+\S|AllowGroups\s+\S|DenyUsers\s+\S|MaxAuthTries\s+\d)/i,
    why: "what it kept out gets in",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:deny\s+(?:all|\S+)|Deny\s+from\s+\S+|Require\s+(?!all\s+granted)\S+|auth_basic\s+(?!off)\S|auth_request\s+\S|satisfy\s+all|ssl_verify_client\s+on|limit_req\s|modsecurity\s+on|proxy_ssl_verify\s+on)/i,
    why: "whoever asks is let in",
  },
  {
    file: WEB,
    pattern:
      /^\s*(?:add_header\s+(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options)|Header\s+(?:always\s+)?set\s+(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options))\b/i,
    why: "browsers no longer guard those who visit it",
  },
  { file: PG_HBA, pattern: /^\s*host\w*\s+.*\breject\b/, why: "the database lets in whom it refused" },
];
