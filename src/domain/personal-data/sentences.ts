/** Who or what a text speaks of, told by the shape of its sentences. */
import type { PersonalData } from './index.js';
import { pattern } from './shape.js';

const number = '[NUMBER TEEN DIGIT]';
const rules: readonly (readonly [PersonalData, string])[] = [
  // "zéro six douze…": a number said digit by digit, or two by two.
  ['phone', 'ZERO COMMA? (?:[ZERO DIGIT TEEN NUMBER AND] COMMA?){5}'],

  [
    'birth-date',
    `(?<! VENTURE [^STOP]{0,3}) BIRTH [^STOP]{0,5} (?:DATE | BIRTHDAY | ${number} MONTH | MONTH ${number})`,
  ],
  ['phone', 'PHONE COLON? (?:[ZERO DIGIT TEEN AND] COMMA?){5}'],

  ['birth-date', `(?<! VENTURE [^STOP]{0,3}) BIRTH [^STOP]{0,3} ${number} [^STOP]{0,3} BIRTHYEAR`],
  ['birth-date', '[PUPIL NAME PERSON] [^STOP]{0,10} BIRTH LINK? MONTH? BIRTHYEAR | BIRTH COLON BIRTHYEAR'],
  ['birth-date', 'MONTH BIRTHYEAR COMMA? BIRTH'],
  // A day on which a pupil may be born, unless it is the day of a decree or a signature.
  [
    'birth-date',
    `(?<! [HISTORY VENTURE] [^STOP]{0,5}) (?:BIRTHDAY | (?:${number} MONTH | MONTH ${number} COMMA?) BIRTHYEAR)`,
  ],

  ['health', '(?<! TOPIC [^STOP]{0,3} | FOLKS [OTHER LINK]? ) HEALTH'],
  ['health', 'PUPIL [^STOP TOPIC]{0,6} DIFFICULTY'],
  ['health', '[NAME PERSON] [IS SUFFERS] [^STOP TOPIC]{0,4} DIFFICULTY'],
  ['health', 'DIFFICULTY [^STOP]{0,4} PUPIL'],
  ['health', `${number} PUPILS [^STOP TOPIC]{0,3} DIFFICULTY`],

  // "Mme Exemple" is the school's; a colleague is one by what is said beside, or goes by a first name.
  [
    'teacher',
    '(?<! COMPANY [^STOP]{0,2}) (?:[TITLE MRS] OF? [NAME CAPITAL ACRONYM] | MRS OTHER) (?! [^STOP]{0,4} COMPANY)',
  ],
  [
    'teacher',
    'STAFF (?:OF [OTHER ACRONYM CAPITAL])? OTHER? [COMMA COLON]? IS? (?:CAPITAL? NAME | ACRONYM CAPITAL)',
  ],
  ['teacher', 'STAFF (?:OF [OTHER ACRONYM])? CAPITAL'],
  ['teacher', 'STAFFS COLON? NAME'],
  ['teacher', 'NAME CAPITAL? (?:COMMA LINK? [OTHER CAPITAL]? | LINK? IS?) STAFF'],

  ['pupil', '[NAME CAPITAL] CAPITAL? COMMA? IS? AGE'],
  ['pupil', 'NAME CAPITAL? COMMA? IS TEEN (?= COMMA | STOP | AND | $)'],
  ['pupil', 'NAME COMMA TEEN (?= COMMA | STOP | $)'],
  ['pupil', 'AGE NAME'],
  ['pupil', '(?:PUPIL | PUPILS | LABEL) (?:OF [CLASS AGE])? (?:OTHER? COLON | COMMA)? IS? NAME'],
  ['pupil', 'PUPIL IS? CAPITAL'],
  ['pupil', 'PUPIL COLON ACRONYM CAPITAL'],
  ['pupil', '(?:LABEL OF PUPIL | PUPIL LABEL) COLON? [CAPITAL ACRONYM]'],
  ['pupil', 'KIN (?:COMMA? CAPITAL | [^STOP]{0,10} NAME)'],
  ['pupil', 'INTERNSHIP [OF FOR] NAME | NAME CAPITAL? LINK INTERNSHIP'],
  ['pupil', 'NAME CAPITAL? COMMA? IS? PUPIL'],
  ['pupil', 'NAME [CAPITAL ACRONYM]? COMMA? IS? [LINK OF]{0,2} CLASS'],
  ['pupil', 'CLASS ACRONYM? COLON NAME'],
  ['pupil', 'PARENT OF NAME'],
  ['pupil', 'NAME (?:OTHER? | COMMA [LINK OTHER]{0,3}) PARENT | PARENT NAME'],
  ['pupil', 'PARENT OF [LINK OTHER COMPANY]{1,2} COMMA NAME'],

  ['address', 'PUPIL [^STOP]{0,2} [NUMBER TEEN] [OTHER COMMA]? STREET'],
  ['address', 'HOME [^STOP]{0,6} [NUMBER TEEN] [OTHER COMMA]? STREET'],
];
const compiled = rules.map(([kind, source]) => [kind, pattern(source)] as const);

/** The kind of personal data that a text of this shape holds, or nothing. */
export const findSentences = (shape: string): PersonalData | undefined =>
  compiled.find(([, found]) => shape.search(found) >= 0)?.[0];
