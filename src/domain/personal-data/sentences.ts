/** Recognises mentions of people by the shape of sentences. */
import type { PersonalDataKind } from './kinds.js';
import { compilePattern } from './shape.js';

const number = '[NUMBER TEEN DIGIT]';
const name = 'NAME [CAPITAL ACRONYM]?';
const dayAndMonth = `(?: ${number} MONTH | MONTH ${number} COMMA?)`;
const ofVenture = '(?<! VENTURE [OTHER LINK OF IS]{0,3})';
/** Anything within a sentence that mentions nobody else. */
const anythingButPeople = '[^STOP NAME PUPIL PUPILS PERSON]';
const titled = '(?: [TITLE MRS] OF? [NAME CAPITAL ACRONYM] | MRS OTHER)';
const is = '[IS AGED]?';
const betweenDigits = '[COMMA STOP AND]?';
const digits = `(?: [ZERO DIGIT TEEN NUMBER] ${betweenDigits})`;

/** The kinds, in the order in which they are reported, each with the shapes that reveal it. */
const rules: readonly (readonly [PersonalDataKind, readonly string[]])[] = [
  // "zéro six douze…": a number spelled digit by digit, or in pairs.
  [
    'phone',
    [
      `ZERO ${betweenDigits} ${digits}{5} | ZERO ${betweenDigits} DIGIT ${betweenDigits} DATE`,
      `(?= ${digits}{0,5} [ZERO DIGIT]) ${digits}{6}`,
      'PHONE COLON? (?: [ZERO DIGIT TEEN AND] COMMA?){5}',
    ],
  ],
  [
    'birth-date',
    [
      `${ofVenture} BIRTH [^STOP]{0,5} (?: DATE | BIRTHDAY | ${dayAndMonth})`,
      `${ofVenture} BIRTH [^STOP]{0,3} ${number} [^STOP]{0,3} BIRTHYEAR`,
      '[PUPIL NAME PERSON] [^STOP]{0,10} BIRTH LINK? MONTH? BIRTHYEAR',
      `${ofVenture} BIRTH LINK? MONTH BIRTHYEAR`,
      'BIRTH COLON BIRTHYEAR',
      'MONTH BIRTHYEAR COMMA? BIRTH',
      // A date on which a pupil may have been born, unless it dates a decree or a signature.
      `(?<! [HISTORY VENTURE] ${anythingButPeople}{0,5}) (?: BIRTHDAY | ${dayAndMonth} BIRTHYEAR)`,
    ],
  ],
  [
    'health',
    [
      `(?<! TOPIC ${anythingButPeople}{0,3} | FOLKS [OTHER LINK]?) HEALTH`,
      'PUPIL [^STOP TOPIC]{0,6} DIFFICULTY',
      '[NAME PERSON] [IS SUFFERS] [^STOP TOPIC]{0,4} DIFFICULTY',
      'DIFFICULTY [^STOP]{0,4} PUPIL',
      `${number} PUPILS [^STOP TOPIC]{0,3} DIFFICULTY`,
    ],
  ],
  [
    'teacher',
    [
      // "Mme Exemple" works at the school; a colleague is recognised by the words beside it, or goes by a first name.
      `(?<! COMPANY [^STOP COMMA AND]{0,2}) ${titled} (?! [^STOP STAFF]{0,4} COMPANY)`,
      'STAFF (?: OF [OTHER ACRONYM CAPITAL])? OTHER? [COMMA COLON]? IS? (?: CAPITAL? NAME | ACRONYM CAPITAL)',
      'STAFF (?: OF [OTHER ACRONYM])? CAPITAL',
      'STAFFS COLON? NAME',
      `${name} (?: COMMA LINK? [OTHER CAPITAL]? | LINK? IS?) STAFF`,
      'CAPITAL CAPITAL COMMA STAFF',
    ],
  ],
  [
    'pupil',
    [
      `[NAME CAPITAL] [CAPITAL ACRONYM]? COMMA? ${is} AGE`,
      '[NAME CAPITAL] [CAPITAL ACRONYM]? COMMA? AGED TEEN',
      `${name} COMMA? IS TEEN (?= COMMA | STOP | AND | $)`,
      'NAME COMMA TEEN (?= COMMA | STOP | $)',
      'AGE NAME',
      '[PUPIL PUPILS] (?: OF [CLASS AGE])? (?: OTHER? COLON | COMMA)? IS? NAME',
      'LABEL COLON? NAME',
      'PUPIL (?: IS? CAPITAL | COLON ACRONYM CAPITAL)',
      // "Élève : Prévoir un badge" is a heading.
      'PUPIL COLON CAPITAL{1,2} (?= COMMA | STOP | CLASS | AGE | $)',
      '(?: LABEL OF LINK? PUPIL | PUPIL LABEL) COLON? [CAPITAL ACRONYM]',
      'KIN (?: COMMA? CAPITAL | [^STOP]{0,10} NAME)',
      `INTERNSHIP [OF FOR] NAME | ${name} LINK INTERNSHIP`,
      `${name} COMMA? IS? PUPIL`,
      `${name} COMMA? IS? [LINK OF]{0,2} CLASS`,
      'CLASS ACRONYM? COLON NAME',
      'NAME (?: OTHER? | COMMA [LINK OTHER]{0,3}) PARENT',
      'PARENT (?: OF | OF [LINK OTHER COMPANY]{1,2} COMMA)? NAME',
    ],
  ],
  [
    'address',
    [
      'HOME [^STOP]{0,6} [NUMBER TEEN] [OTHER ACRONYM COMMA]{0,2} STREET',
      'HOME [LINK OF]{0,2} STREET',
      'STREET [^STOP]{0,6} HOME',
    ],
  ],
];
const compiled = rules.map(([kind, shapes]) => [kind, shapes.map(compilePattern)] as const);

/** The kind of personal data in a text of this shape; nothing if there is none. */
export const findInShape = (shape: string): PersonalDataKind | undefined =>
  compiled.find(([, shapes]) => shapes.some((found) => shape.search(found) >= 0))?.[0];
