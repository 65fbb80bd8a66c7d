/**
 * Personal data that digits and symbols reveal. Every repetition is bounded, so that matching takes time proportional
 * to the length of any text.
 */
import type { PersonalDataKind } from './kinds.js';

const s = String.raw;
const personalHost = 'gmail|hotmail|outlook|live|yahoo|orange|free|sfr|laposte|wanadoo|icloud|proton';
/** Shared mailboxes, by the part before the @. */
const mailbox = [
  'contact|info|accueil|standard|secretariat|scolarite|direction|stages?|rh|hr|recrutement|jobs',
  'presse?|communication|evenements|events|forum',
].join('|');
const mailHost = s`[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}`;
/** Labels of purchase numbers and the beginning of such a number, which never looks like a mobile phone number. */
const filedUnder = 'facture|commande|devis|ref|reference|invoice|order|PO|EAN|ISBN|SIRE[NT]|TVA';
const fileNumber = s`(?:(?:n[o°]?|no|number)\W{1,3})?(?!0[67]\d{8})[A-Z]{0,4}\d[\w-]{4,20}`;

/** Harmless text of the same form, which is removed first. */
const allowed: readonly RegExp[] = [
  // A school's functional mailbox, and shared mailboxes of companies and schools.
  /(?<![\w.+-])ce\.\d{7}[a-z]@ac-[a-z-]{3,20}\.fr(?![\w.@-]{0,80}\w)/gi,
  new RegExp(s`(?<![\w.+-])(?:${mailbox})(?:[.-][a-z\d]{2,20})?@(?!(?:${personalHost})\.)${mailHost}`, 'gi'),
  // Toll-free and service numbers (0 8xx) belong to organisations. So do four-digit numbers, which no rule matches.
  /(?<![\d+.])0[ .-]?8\d{2}(?:[ .-]?\d){6}(?!\d)/g,
  new RegExp(s`(?<!\p{L})(?:${filedUnder})\W{1,3}${fileNumber}`, 'giu'),
  // Dates from 2020 on are those of actions. Followed by an hour, they have as many digits as a phone number.
  /(?<!\d)\d{1,2}([ ./-])\d{1,2}(?:\1)20[2-9]\d(?!\d)/g,
];

const spelledAt = s`[\w.+-](?: ?[[({<] ?(?:at|arobase?|@) ?[\])}>] ?| arobase? )`;
/** An @ in letters that mean something else too: what follows has to look more like an address. */
const vagueAt = s`[\w.+-](?: ?[[({<] ?a ?[\])}>] ?|[_*-](?:at|arobase?)[_*-])`;
const spelledDot = s`(?: ?[[({<] ?(?:dot|point|\.) ?[\])}>] ?|[ _*-](?:dot|point)[ _*-])`;
const topLevel = s`(?:com|fr|net|org|eu|edu|io|me)(?!\p{L})`;
const phoneWord = [
  'tel|telephone|portable|port|mobile|gsm|phone|cell|whatsapp|sms|call|appele[rz]|joindre',
  'number is|(?:my|his|her|their) number',
].join('|');
const network =
  'insta|instagram|snap|snapchat|tik ?tok|discord|telegram|whatsapp|twitter|messenger|facebook|bereal|twitch';

type Rule = readonly [PersonalDataKind, RegExp];

/** Rules for texts without a digit or an @, which most texts are. */
const spelled: readonly Rule[] = [
  ['email', new RegExp(s`${spelledAt}[\w-]{1,63}(?: ?\. ?|${spelledDot})[a-z]{2}`, 'i')],
  ['email', new RegExp(s`\w (?:at|@) [\w-]{1,63}${spelledDot}[a-z]{2}`, 'i')],
  ['email', new RegExp(s`${vagueAt}[\w-]{1,63}(?:\.|${spelledDot})[a-z]{2}`, 'i')],
  ['email', new RegExp(s`\w (?:chez|au) (?:${personalHost}) ?\.${topLevel}`, 'iu')],
  ['email', new RegExp(s`\w (?:chez|au) [\w-]{1,63}${spelledDot}${topLevel}`, 'iu')],
  ['handle', /linkedin\.com\/in\//i],
  [
    'handle',
    new RegExp(
      s`(?<!\p{L})(?:${network})(?!\p{L})[^\n]{0,15}?(?<![\w.])(?!www\.)[a-z]\w{0,30}(?:[._]\w|\d|#\d{4})`,
      'iu',
    ),
  ],
];

const phones: readonly Rule[] = [
  // French numbers: in pairs with one separator, in any grouping; with the country code; then foreign numbers.
  ['phone', /(?<!\d)0 ?[1-79](?![,;] )([^\p{L}\p{N}]{1,3}|x)\d{2}(?:\1\d{2}){3}(?!\d)/u],
  // A list of rooms may begin like one with commas.
  ['phone', /(?<!\d)0[67], (?!0)\d{2}(?:, \d{2}){3}(?!\d)/],
  ['phone', /(?<![\d.,/-])0[ .]?[1-79](?:[ .]?\d){8,9}(?!\d)/],
  ['phone', /(?<![\d.,/-])0[67](?:[ .*_~|·•-]?\d{2}){4}(?!\d)/],
  ['phone', /(?<![\d-])\(?\d{3}\)?[ .-]{1,2}\d{3}-\d{4}(?![\d-])/],
  ['phone', /(?<!\d)(?:\+|00)[ .-]?33\W{0,4}0?\W{0,3}[1-9](?:\W{0,3}\d){8}(?!\d)/],
  ['phone', /(?<!\d)33[67]\d{8}(?!\d)/],
  ['phone', /(?<![\p{L}\d])\+ ?\(?\d{1,3}\)?(?:[ .()-]{0,3}\d){7,12}(?!\d)(?! ?€)/u],
  [
    'phone',
    new RegExp(
      s`(?<!\p{L})(?:${phoneWord})(?!\p{L})[^\d\n]{0,15}(?!20\d\d-20)\d(?:[ .-]?\d){6,12}(?!\d)`,
      'iu',
    ),
  ],
];

const rules: readonly Rule[] = [
  [
    'email',
    /[\p{L}\p{N}_.+-] {0,2}@ {0,2}[\p{L}\p{N}-]{1,63}(?: ?\. ?[\p{L}\p{N}-]{1,63}){0,4} ?\. ?\p{L}{2}/u,
  ],
  ['email', new RegExp(s`[\w.+-] {0,2}@ {0,2}(?:${personalHost})(?![\w.])`, 'i')],

  // The social security number (NIR): sex, year, month, département, commune, order, key.
  ['nir', /(?<!\d)[12]([ .-])\d{2}\1\d{2}\1\d[\dAB]\1\d{3}\1\d{3}(?!\d)/],
  ['nir', /(?<!\d)[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{6} ?\d{2}(?!\d)/],
  ['nir', /(?:secu|securite sociale|social security|NIR)[^\d\n]{0,20}[12](?:[ .-]?\d){12}/i],

  // Typed without its accent, "né" is an everyday word.
  ['birth-date', /(?<!\p{L})ne le \d{1,2}(?: \p{L}|[./-])/iu],

  // The national pupil number (INE): ten digits and a letter, or nine and two.
  ['ine', /(?<![\p{L}\d])(?:\d{10}[a-z]|\d{9}[a-z]{2})(?![\p{L}\d])/iu],
  ['ine', /(?<![\p{L}\d])(?:\d[ .-]?){9}(?:\d[ .-]?[A-Z]|[A-Z] ?[A-Z])(?![\p{L}\d])/u],
  ['ine', /(?<!\p{L})INE\W{1,5}(?=[A-Z]{0,9}\d)[A-Z\d]{11}(?![A-Z\d])/iu],

  ['handle', /(?<![\w.])@[a-z]\w{0,30}(?:[._]\w|\d)/i],
  ['handle', new RegExp(s`\w#\d{4}(?!\d)[^\n]{0,15}(?<!\p{L})(?:${network})(?!\p{L})`, 'iu')],
  ...spelled,
];

/** Digits and letters that look like them, in groups as a number has. */
const numberLike =
  /(?<![\p{L}\p{N}])[\dOoIlSBZ]{1,10}(?:[^\p{L}\p{N}]{1,3}[\dOoIlSBZ]{1,10}){0,9}(?![\p{L}\p{N}])/gu;
const digitByLetter: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  I: '1',
  l: '1',
  S: '5',
  B: '8',
  Z: '2',
};

/** A text as somebody reads it who expects a phone number: over line breaks, with "O6 l2" for "06 12". */
const readAsNumbers = (text: string): string =>
  text
    .replace(numberLike, (group) =>
      group.replace(/\D/g, '').length < 4 ? group : group.replace(/[OoIlSBZ]/g, (c) => digitByLetter[c] ?? c),
    )
    .replace(/(?<=\d) {0,5}\n\s{0,5}(?=\d)/g, ' ');

const findIn = (text: string, sought: readonly Rule[]): PersonalDataKind | undefined =>
  sought.find(([, pattern]) => pattern.test(text))?.[0];

const mayHaveSigns = (text: string): boolean => /[\d@]/.test(text);

/** Removes numbers and mailboxes that belong to organisations. */
export const removeAllowed = (text: string): string =>
  mayHaveSigns(text) ? allowed.reduce((rest, pattern) => rest.replace(pattern, ' '), text) : text;

/** The kind of the first number, address or handle in a text from `removeAllowed`. */
export const findSigns = (text: string): PersonalDataKind | undefined =>
  mayHaveSigns(text) ? (findIn(text, rules) ?? findIn(readAsNumbers(text), phones)) : findIn(text, spelled);
