/** The number of each French class by its name, folded. */
export const classNames: Readonly<Record<string, number>> = {
  sixieme: 6,
  cinquieme: 5,
  quatrieme: 4,
  troisieme: 3,
  seconde: 2,
};
export const levelNames: readonly string[] = Object.keys(classNames);
