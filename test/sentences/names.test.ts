import { mayNameSomebody } from '../../src/sentences/index.js';
import { readContext } from '../support/sentence-sets.js';

const known = readContext();

it.each([
  'un truc avec Zélie',
  'un truc avec zélie',
  'un truc avec Durandal',
  'un truc avec d’Artagnan',
  'un truc bientôt\nCordialement, Zélie',
  'Zélie pourrait venir',
  'a little something with Oswin',
  `un truc ${'a '.repeat(90)}`,
])('%j may name somebody', (text) => expect(mayNameSomebody(text, known)).toBe(true));

it.each([
  'on pourrait dépanner deux jeunes à Lyon',
  'Un truc à Paris. Peut-être en Île-de-France, ou au Collège Jean-Fictif',
  'un truc de RH en SNT, le Mardi 12 Mars',
  'Could we help out two youngsters in January? Or on a Tuesday',
  'will it be in may, said the guide',
])('%j names nobody', (text) => expect(mayNameSomebody(text, known)).toBe(false));

it.each([
  'un truc avec durandal',
  'Durandal pourrait venir',
])('%j is not recognised: nothing tells such a surname from a word', (text) =>
  expect(mayNameSomebody(text, known)).toBe(false));
