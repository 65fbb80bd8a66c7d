import { findHours } from '../../src/sentences/hours.js';
import { findLevels } from '../../src/sentences/levels.js';
import { takeApart } from '../../src/sentences/parts.js';
import { tokenise } from '../../src/sentences/tokens.js';
import { understand } from '../../src/sentences/understand.js';
import { mendSpelling } from '../../src/sentences/vocabulary.js';
import { readContext } from '../support/sentence-sets.js';

const known = readContext();
const free = () => false;

describe('hours are read from', () => {
  it.each([
    ['10h-11h', { from: '10:00', until: '11:00' }],
    ['de 9h30 à 12h', { from: '09:30', until: '12:00' }],
    ['between 2pm and 4pm', { from: '14:00', until: '16:00' }],
    ['2-4pm', { from: '14:00', until: '16:00' }],
    ['3pm-4pm', { from: '15:00', until: '16:00' }],
    ['9 to 12', { from: '09:00', until: '12:00' }],
    ['9–11', { from: '09:00', until: '11:00' }],
    ['8.30 am', { from: '08:30' }],
    ['14 h 30', { from: '14:30' }],
    ['vers 10h', { from: '10:00' }],
    ['à midi', { from: '12:00' }],
    ["jusqu'à 16h", { until: '16:00' }],
    ['le matin', { halfDays: ['am'] }],
    ["l'après-midi", { halfDays: ['pm'] }],
    ['matin ou après-midi', { halfDays: ['am', 'pm'] }],
    ['toute la journée', { halfDays: ['am', 'pm'] }],
    ['all day', { halfDays: ['am', 'pm'] }],
    ['pendant 2h', {}],
    ['une intervention de 2h', {}],
    ['bonne matinée', {}],
    ['good morning', {}],
    ['25h', {}],
    ['de 11h à 10h', { from: '11:00' }],
  ])('%j', (text, expected) => expect(findHours(tokenise(text), free).hours).toEqual(expected));
});

describe('levels are read from', () => {
  it.each([
    ['3e', ['3e']],
    ['3ème', ['3e']],
    ['3eme', ['3e']],
    ['troisième', ['3e']],
    ['des secondes', ['2de']],
    ['2nde', ['2de']],
    ['une 5e et une 4e', ['5e', '4e']],
    ['3e prépa-métiers', ['3e-prepa-metiers']],
    ['3e prépa pro', ['3e-prepa-metiers']],
    ['9th graders', ['3e']],
    ['tenth grade', ['2de']],
    ['6e', [undefined]],
    ['terminale', [undefined]],
    ['2 de nos collègues', []],
    ['la seconde quinzaine', []],
    ['3 élèves', []],
  ])('%j', (text, expected) =>
    expect(findLevels(tokenise(text), free).map(({ level }) => level)).toEqual(expected));
});

describe('places are read from', () => {
  const placesIn = (text: string) => {
    const { tokens, schools, towns, academies } = takeApart(text, known);
    return {
      towns: towns.map((t) => t.text),
      schools: schools.map(({ start, end }) => text.slice(tokens[start]?.start, tokens[end - 1]?.end)),
      academies,
    };
  };
  it.each([
    ['à Lyon', ['Lyon'], [], []],
    ['a lyon', ['lyon'], [], []],
    ['à Issy', ['Issy'], [], []],
    ['Issy-les-Moulineaux', ['Issy-les-Moulineaux'], [], []],
    ['à Lyon 3e', ['Lyon 3e'], [], []],
    ['au Mans', ['Le Mans'], [], []],
    ['à Bourg-en-Bresse', ['Bourg-en-Bresse'], [], []],
    // Nobody knows a school there.
    ['à Massy', ['Massy'], [], []],
    ['nice to meet you', [], [], []],
    ['à Nice', ['Nice'], [], []],
    ['lycée Ampère de Lyon', ['Lyon'], ['lycée Ampère'], []],
    ['college jean moulin', [], ['college jean moulin'], []],
    ['collège des Tilleuls', [], ['collège des Tilleuls'], []],
    ['au lycée professionnel Exemple du Tramway en mars', [], ['lycée professionnel Exemple du Tramway'], []],
    ['collège de Meaux', ['Meaux'], [], []],
    ['lycée Ampère ou collège Jean Moulin', [], ['lycée Ampère', 'collège Jean Moulin'], []],
    ['Ampère high school', [], ['Ampère high school'], []],
    ['0929001J', [], ['0929001J'], []],
    ['au collège mardi', [], [], []],
    ['académie de Lyon', [], [], ['10']],
    ['académies de Lyon et Grenoble', [], [], ['10', '08']],
    ['the Versailles académie', [], [], ['25']],
    ['en Île-de-France', [], [], ['01', '24', '25']],
    ['dans le 92', [], [], ['25']],
    ['Hauts-de-Seine', [], [], ['25']],
  ])('%j', (text, towns, schools, academies) =>
    expect(placesIn(text)).toEqual({ towns, schools, academies }));
});

describe('numbers of places are read from', () => {
  const placesIn = (text: string) => understand(`je peux accueillir ${text}`, known).slots.places;
  it.each([
    ['2 élèves', 2],
    ['deux élèves', 2],
    ['un stagiaire', 1],
    ['une dizaine de lycéens', 10],
    ['a couple of pupils', 2],
    ['a pupil', 1],
    ["jusqu'à 4 élèves", 4],
    ['2 3e', 2],
    ['trois jeunes élèves', 3],
    ['3 places de stage', 3],
    ['un ou deux élèves', undefined],
    ['2 ou 3 élèves', undefined],
    ['des élèves', undefined],
    ['0 élève', undefined],
    ['5000 élèves', undefined],
  ])('%j', (text, expected) => expect(placesIn(text)).toBe(expected));
});

describe('typing errors', () => {
  const mended = (text: string) =>
    mendSpelling(tokenise(text))
      .map(({ word }) => word)
      .join(' ');
  it.each([
    ['acceuillir', 'accueil'],
    ['stagaire', 'stagiaire'],
    ['hots', 'host'],
    ['feburary', 'february'],
    ['janveir', 'janvier'],
    ['qatrième', 'quatrieme'],
    ['jpeux', 'je peux'],
    ['clase', 'classe'],
  ])('%j is read as %j', (typed, expected) => expect(mended(typed).startsWith(expected)).toBe(true));

  it.each(['demain', 'stade', 'chasse', 'ville', 'about', 'niveau', 'place'])('%j is none', (word) =>
    expect(mended(word)).toBe(word));

  it('names are left as they are', () => expect(mended('le collège Stagiare')).toBe('le college stagiare'));
});
