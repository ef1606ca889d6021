/** Everybody a visitor can act as: the login as pages and REST write it, and who that is. */
export const CAST = [
  { login: "kira", is: "engineer, asked Kiro" },
  { login: "olga", is: "SRE, owns infra/" },
  { login: "sam", is: "SRE, owns infra/" },
  { login: "dana", is: "data, owns db/" },
  { login: "wes", is: "web, owns the rest" },
  { login: "ines", is: "administrator, may bypass rules" },
  { login: "coderabbitai[bot]", is: "an AI reviewer" },
] as const;

export type Login = (typeof CAST)[number]["login"];

export function isLogin(text: string): text is Login {
  return CAST.some(({ login }) => login === text);
}
