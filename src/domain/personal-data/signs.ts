/**
 * What gives itself away by its digits and signs. Every repetition has a limit, so that a text takes a time in
 * proportion to its length whatever it says.
 */
import type { PersonalData } from './index.js';

const s = String.raw;
const personalHost = 'gmail|hotmail|outlook|live|yahoo|orange|free|sfr|laposte|wanadoo|icloud|proton';
/** A mailbox that several people answer, by the part before the @. */
const mailbox = [
  'contact|info|accueil|standard|secretariat|scolarite|direction|stages?|rh|hr|recrutement|jobs',
  'presse?|communication|evenements|events|forum',
].join('|');
const mailHost = s`[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}`;
/** What a purchase is filed under, and the start of its number; never what could be a mobile number. */
const filedUnder = 'facture|commande|devis|ref|reference|invoice|order|PO|EAN|ISBN|SIRE[NT]|TVA';
const fileNumber = s`(?:(?:n[o°]?|no|number)\W{1,3})?(?!0[67]\d{8})[A-Z]{0,4}\d[\w-]{4,20}`;

/** What has the same look and is nobody's; it is taken out first. */
const allowed: readonly RegExp[] = [
  // A school's functional mailbox, and the ones a company or a school answers together.
  /(?<![\w.+-])ce\.\d{7}[a-z]@ac-[a-z-]{3,20}\.fr(?![\w.@-]{0,80}\w)/gi,
  new RegExp(s`(?<![\w.+-])(?:${mailbox})(?:[.-][a-z\d]{2,20})?@(?!(?:${personalHost})\.)${mailHost}`, 'gi'),
  // Free and service numbers (0 8xx) belong to organisations; so do those of four digits, which no rule finds.
  /(?<![\d+.])0[ .-]?8\d{2}(?:[ .-]?\d){6}(?!\d)/g,
  new RegExp(s`(?<!\p{L})(?:${filedUnder})\W{1,3}${fileNumber}`, 'giu'),
  // Days from 2020 on: those of an action. With an hour behind, they have the digits of a phone number.
  /(?<!\d)\d{1,2}([ ./-])\d{1,2}(?:\1)20[2-9]\d(?!\d)/g,
];

const spelledAt = s`[\w.+-](?: ?[[({<] ?(?:at|arobase?|@) ?[\])}>] ?| arobase? )`;
const spelledDot = s`(?: ?[[({<] ?(?:dot|point|\.) ?[\])}>] ?| (?:dot|point) )`;
const phoneWord = [
  'tel|telephone|portable|port|mobile|gsm|phone|cell|whatsapp|sms|call|appele[rz]|joindre',
  'number is|(?:my|his|her|their) number',
].join('|');
const network =
  'insta|instagram|snap|snapchat|tik ?tok|discord|telegram|whatsapp|twitter|messenger|facebook|bereal|twitch';

type Rule = readonly [PersonalData, RegExp];

/** What can do without a digit and without an @, as most texts do. */
const spelled: readonly Rule[] = [
  ['email', new RegExp(s`${spelledAt}[\w-]{1,63}(?: ?\. ?|${spelledDot})[a-z]{2}`, 'i')],
  ['email', new RegExp(s`\w (?:at|@) [\w-]{1,63}${spelledDot}[a-z]{2}`, 'i')],
  ['handle', /linkedin\.com\/in\//i],
  [
    'handle',
    new RegExp(
      s`(?<!\p{L})(?:${network})(?!\p{L})[^\n]{0,15}?(?<![\w.])(?!www\.)[a-z]\w{0,30}(?:[._]\w|\d|#\d{4})`,
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

  // The number of the health insurance (NIR): sex, year, month, département, commune, order, key.
  ['nir', /(?<!\d)[12]([ .-])\d{2}\1\d{2}\1\d[\dAB]\1\d{3}\1\d{3}(?!\d)/],
  ['nir', /(?<!\d)[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{6} ?\d{2}(?!\d)/],
  ['nir', /(?:secu|securite sociale|social security|NIR)[^\d\n]{0,20}[12](?:[ .-]?\d){12}/i],

  // Typed without the accent, "né" is a word of every day.
  ['birth-date', /(?<!\p{L})ne le \d{1,2}(?: \p{L}|[./-])/iu],

  // French, two by two with one sign between, or in any grouping; then with the country code; then others.
  ['phone', /(?<!\d)[0O] ?[1-79]( ?[./_-] ?| {1,3})\d{2}(?:\1\d{2}){3}(?!\d)/],
  ['phone', /(?<![\d.,/-])[0O][ .]?[1-79](?:[ .]?\d){8,9}(?!\d)/],
  ['phone', /(?<![\d.,/-])[0O][67](?:[ .-]?\d{2}){4}(?!\d)/],
  ['phone', /(?<![\d-])\(?\d{3}\)?[ .-]{1,2}\d{3}-\d{4}(?![\d-])/],
  ['phone', /(?<!\d)(?:\+|00)[ .-]?33[ .()-]{0,4}0?[ .()-]{0,3}[1-9](?:[ .-]{0,3}\d){8}(?!\d)/],
  ['phone', /(?<!\d)33[67]\d{8}(?!\d)/],
  ['phone', /(?<![\p{L}\d])\+ ?\(?\d{1,3}\)?(?:[ .()-]{0,3}\d){7,12}(?!\d)(?! ?€)/u],
  [
    'phone',
    new RegExp(
      s`(?<!\p{L})(?:${phoneWord})(?!\p{L})[^\d\n]{0,15}(?!20\d\d-20)\d(?:[ .-]?\d){6,12}(?!\d)`,
      'iu',
    ),
  ],

  // The national pupil number (INE): ten digits and a letter, or nine and two.
  ['ine', /(?<![\p{L}\d])(?:\d{10}[a-z]|\d{9}[a-z]{2})(?![\p{L}\d])/iu],
  ['ine', /(?<![\p{L}\d])(?:\d[ .-]?){9}(?:\d[ .-]?[A-Z]|[A-Z] ?[A-Z])(?![\p{L}\d])/u],
  ['ine', /(?<!\p{L})INE\W{1,5}(?=[A-Z]{0,9}\d)[A-Z\d]{11}(?![A-Z\d])/iu],

  ['handle', /(?<![\w.])@[a-z]\w{0,30}(?:[._]\w|\d)/i],
  ['handle', new RegExp(s`\w#\d{4}(?!\d)[^\n]{0,15}(?<!\p{L})(?:${network})(?!\p{L})`, 'iu')],
  ...spelled,
];

const hasSigns = (text: string): boolean => /[\d@]/.test(text);

/** The text without the numbers and mailboxes that are nobody's. */
export const withoutAllowed = (text: string): string =>
  hasSigns(text) ? allowed.reduce((rest, pattern) => rest.replace(pattern, ' '), text) : text;

/** The kind of the first number, address or handle in a text that `withoutAllowed` has gone through. */
export const findSigns = (text: string): PersonalData | undefined =>
  (hasSigns(text) ? rules : spelled).find(([, pattern]) => pattern.test(text))?.[0];
