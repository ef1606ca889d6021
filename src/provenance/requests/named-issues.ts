const NAME = /(^|[^\w/#&.-])([\w.-]{1,100}\/[\w.-]{1,100})?#(\d{1,9})\b/g;
const ADDRESS = /\/([\w.-]{1,100}\/[\w.-]{1,100})\/issues\/(\d{1,9})\b/g;

/** The numbers of issues and pull requests of a repository (`owner/name`) that a text names, each once, in order. */
export function numbersNamedIn(text: string, repository: string): readonly number[] {
  const names = [...text.matchAll(NAME)].map(([, , place, number]) => ({ place, number }));
  const addresses = [...text.matchAll(ADDRESS)].map(([, place, number]) => ({ place, number }));
  const own = [...names, ...addresses].filter(
    ({ place }) => place === undefined || place.toLowerCase() === repository.toLowerCase(),
  );
  return [...new Set(own.map(({ number }) => Number(number)).filter((number) => number > 0))];
}
