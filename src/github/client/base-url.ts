export interface HostSettings {
  /** The host people see: `github.example.com`, or `acme.ghe.com` with data residency; absent for github.com. */
  readonly GHE_HOST?: string | undefined;
  /** `https` (default), or `http` for trials. */
  readonly GHE_PROTOCOL?: string | undefined;
}

const GITHUB = "https://api.github.com";

/**
 * Where REST lives. Octokit finds GraphQL from it: `…/api/v3` becomes `…/api/graphql`, and any other base gets
 * `/graphql` appended, which is right for github.com and for data residency (`https://api.SUB.ghe.com/graphql`).
 * @throws {Error} when the settings name no host
 */
export function apiBaseUrl({ GHE_HOST: host, GHE_PROTOCOL: protocol = "https" }: HostSettings): string {
  if (host === undefined || host === "") return GITHUB;
  if (!/^https?$/.test(protocol)) throw new Error(`GHE_PROTOCOL is "${protocol}"; write "https" or "http".`);
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(host))
    throw new Error(`GHE_HOST is "${host}"; write a host name alone, such as "github.example.com".`);
  const name = host.toLowerCase();
  if (name === "github.com" || name === "api.github.com") return GITHUB;
  if (name.endsWith(".ghe.com")) return `${protocol}://api.${name.replace(/^api\./, "")}`;
  return `${protocol}://${name}/api/v3`;
}

/** Where people see what the API at this address is about. */
export function pagesUrl(apiUrl: string): string {
  return apiUrl
    .replace(/\/api\/v3$/, "")
    .replace(/^(https?:\/\/)api\.(github\.com|[^/]+\.ghe\.com)$/, "$1$2");
}
