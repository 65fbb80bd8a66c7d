/** Names of months, weekdays and numbers in French and English, folded, and how they are abbreviated. */

const byPosition = (names: string): ReadonlyMap<string, number> =>
  new Map(
    names
      .trim()
      .split('\n')
      .flatMap((line, i) =>
        line
          .trim()
          .split(' ')
          .map((name) => [name, i + 1] as const),
      ),
  );

export const months = byPosition(`
  janvier january janv jan
  fevrier february fev fevr feb
  mars march mar
  avril april avr apr
  mai may
  juin june jun
  juillet july juil jul
  aout august aug
  septembre september sept sep
  octobre october oct
  novembre november nov
  decembre december dec`);

/** Months that are also other words, and abbreviations: they are read only beside what makes them a month. */
export const doubtfulMonths: ReadonlySet<string> = new Set(
  'mar march may sep sept dec nov jan jun jul oct fev apr avr aug feb'.split(' '),
);

/** English puts a month before its day; "juin 2 semaines" is no date. */
export const englishMonths: ReadonlySet<string> = new Set(
  'january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec'.split(
    ' ',
  ),
);

/** 1 Monday to 7 Sunday. */
export const weekdays = byPosition(`
  lundi lun monday mon
  mardi tuesday tue tues
  mercredi mer merc wednesday wed
  jeudi jeu thursday thu thur thurs
  vendredi ven vend friday fri
  samedi sam saturday sat
  dimanche dim sunday sun`);

/** Abbreviations that are also other words ("mon fils"): only beside a date. */
export const doubtfulWeekdays: ReadonlySet<string> = new Set(
  'mon mer sat sun wed lun sam dim merc fri'.split(' '),
);

/** Weekdays in the plural: every week. */
export const everyWeekday: ReadonlySet<string> = new Set(
  [...weekdays.keys()].filter((name) => name.length >= 5).map((name) => `${name}s`),
);

export const numbers: ReadonlyMap<string, number> = new Map([
  ...byPosition(`
  un une one a an
  deux two couple paire pair binome
  trois three
  quatre four
  cinq five
  six
  sept seven
  huit eight
  neuf nine
  dix ten dizaine
  onze eleven
  douze twelve dozen douzaine
  treize thirteen
  quatorze fourteen
  quinze fifteen quinzaine
  seize sixteen
  dixsept seventeen
  dixhuit eighteen
  dixneuf nineteen
  vingt twenty vingtaine`),
  ['trente', 30],
  ['thirty', 30],
]);
