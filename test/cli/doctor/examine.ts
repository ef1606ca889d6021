import { type DoctorOptions, doctor } from "../../../src/cli/doctor/doctor.ts";
import type { GithubDouble } from "../../github-double/double.ts";
import { sink } from "../run-cli.ts";

/** The command in this process, over HTTP and with somebody's token, on 2026-11-30. */
export async function examine({ apiHost }: GithubDouble, token: string, options: DoctorOptions) {
  const stdout = sink();
  const stderr = sink();
  const code = await doctor(
    {
      repository: { owner: "acme", repo: "shop" },
      options,
      environment: { GHE_HOST: apiHost, GHE_PROTOCOL: "http", GITHUB_TOKEN: token },
    },
    {
      stdout: stdout.stream,
      stderr: stderr.stream,
      directory: "/",
      now: () => new Date("2026-11-30T00:00:00Z"),
    },
  );
  return { code, stdout: stdout.written() };
}
