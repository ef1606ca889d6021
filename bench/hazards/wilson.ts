const Z = 1.959963985;

/** The lower bound of the two-sided 95 % interval of a share, after Wilson. */
export function wilsonLower(right: number, all: number): number {
  const share = right / all;
  const middle = share + (Z * Z) / (2 * all);
  const spread = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all));
  return (middle - spread) / (1 + (Z * Z) / all);
}
