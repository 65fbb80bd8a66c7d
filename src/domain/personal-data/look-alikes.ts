/**
 * Letters and digits of other scripts that look like Latin ones, for texts that Unicode's own normalisation leaves as
 * they are. Source: the lists of confusable characters of Unicode Technical Standard 39, of which these are the letters
 * that somebody can type.
 */

/** A character and the one it looks like: Cyrillic, Greek, Armenian, Latin with a stroke or without a dot, small capitals. */
const pairs = `
  аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi јj ԁd ԛq ԝw һh ӏl пn гr ьb үy б6
  АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԌG ԚQ ԜW ҺH ӀI ҮY
  αa βb γy εe ηn κk ιi νv οo ρp ςc σo τt υu χx ωw
  ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX
  օo ոn սu ցg հh łl ŁL øo ØO đd ĐD ħh ŧt ıi ɑa ɡg
  ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz
`;

const latinByLetter = new Map(
  pairs
    .trim()
    .split(/\s+/)
    .map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
);

/** Letters white on black, in a circle and in a square, and the letters of flags: each a run of 26. */
for (const first of [0x1f150, 0x1f170, 0x1f1e6])
  for (let i = 0; i < 26; i++)
    latinByLetter.set(String.fromCodePoint(first + i), String.fromCharCode(0x41 + i));
latinByLetter.set('⓿', '0');
/** Digits in circles, white on black and sans-serif: each a run from 1 to 9. */
for (const first of [0x2776, 0x2780, 0x278a, 0x24f5])
  for (let i = 0; i < 9; i++) latinByLetter.set(String.fromCodePoint(first + i), String(i + 1));

const lookAlike = new RegExp(`[${[...latinByLetter.keys()].join('')}]`, 'gu');

/** The value of a decimal digit. Unicode has those of a script in a row, from 0 to 9. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (before < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before);
}

/** Replaces letters that look like Latin ones, and the digits of any script. Accents are separate characters here. */
export const toLatin = (text: string): string =>
  text
    .replace(lookAlike, (letter) => latinByLetter.get(letter) ?? letter)
    .replace(/(?![0-9])\p{Nd}/gu, digitValue);
